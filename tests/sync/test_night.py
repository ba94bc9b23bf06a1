"""Whole nights against a vendor over HTTP: what changed is written, and nothing else."""

from collections.abc import Callable

import pytest

from connectors.contract import Shape
from helhed.settings import SettingsError
from sync.night import sync_all, sync_source
from tests.sync.conftest import Hub
from tests.sync.vendor import Vendor, noter, personer, sager

A, B = "0704614009", "2305726009"
"""Two numbers that fail modulus 11, so that nobody can have them."""


def case(number: int, **more: object) -> dict[str, object]:
    """One case of the vendor's."""
    return {"id": f"s{number}", "titel": f"Sag {number}", "rev": f"2026-11-{1 + number % 20:02}T10:00:00+00:00"} | more


def test_an_object_that_its_index_showed_late_is_read_all_the_same(hub: Hub, vendor: Vendor) -> None:
    """Its time of change lies behind the cursor, so that only the list of keys tells of it."""
    fill(vendor)
    hub.source("sag", vendor, sager(Shape.CHANGED))
    sync_source("sag")
    vendor.sager["late"] = case(1, id="late", rev="2026-10-01T10:00:00+00:00")
    counts = sync_source("sag").streams["sager"]
    assert (counts.state, counts.new, counts.gone) == ("succeeded", 1, 0)
    assert hub.rows("select titel from sag where key = 'late'") == [("Sag 1",)]


def fill(vendor: Vendor, many: int = 50) -> None:
    """Give the vendor cases, half of them with a party."""
    for number in range(many):
        vendor.sager[f"s{number}"] = case(number, cpr=A if number % 2 else B, navn="Ane Aa")


@pytest.mark.parametrize("shape", [Shape.LISTED, Shape.CHANGED])
def test_second_night_writes_what_changed_and_nothing_else(hub: Hub, vendor: Vendor, shape: Shape) -> None:
    """First load, an unchanged night, then one of each kind of change."""
    fill(vendor)
    hub.source("sag", vendor, sager(shape), page_size=7)
    hub.at("2026-11-21T01:00:00+01:00")
    first = sync_source("sag")
    assert first.state == "succeeded" and first.streams["sager"].new == 50
    assert hub.one("select count(*) from sag where kendt_til is null") == 50
    before = hub.rows("select count(*), max(id), max(kendt_til) from sagspart"), hub.rows("select * from landed")

    hub.at("2026-11-22T01:00:00+01:00")
    second = sync_source("sag").streams["sager"]
    assert (second.new, second.changed, second.gone) == (0, 0, 0)
    assert (
        hub.rows("select count(*), max(id), max(kendt_til) from sagspart"),
        hub.rows("select * from landed"),
    ) == before

    hub.at("2026-11-23T01:00:00+01:00")
    vendor.sager["s3"] |= {"titel": "Ny titel", "rev": "2026-11-22T10:00:00+00:00"}
    vendor.sager["s99"] = case(99, rev="2026-11-22T11:00:00+00:00")
    del vendor.sager["s4"]
    third = sync_source("sag").streams["sager"]
    assert (third.new, third.changed, third.gone) == (1, 1, 1)
    known = "select count(*) from sag where kendt_fra <= %(t)s and (kendt_til is null or kendt_til > %(t)s)"
    assert hub.one(known, {"t": "2026-11-22T12:00:00+01:00"}) == 50
    assert hub.rows("select titel from sag where key = 's3' and kendt_til is null") == [("Ny titel",)]
    assert hub.rows("select count(*) from sag where key = 's4' and kendt_til is null") == [(0,)]
    assert hub.one("select count(*) from sag") == 52, "only the fact that differs is closed and opened"
    state = hub.rows("select complete_as_of, failing_since, error from stream_state")
    assert state[0][0].isoformat() == "2026-11-23T00:00:00+00:00" and state[0][1:] == (None, None)


def test_persons_are_asked_for_and_their_numbers_are_no_keys(hub: Hub, vendor: Vendor) -> None:
    """The population is who has a live case; keys of what is landed hold the person's UUID."""
    fill(vendor, 4)
    vendor.personer[A] = [{"id": "1", "cpr": A, "fornavn": "Ane", "efternavn": "Aa", "vej": "Algade"}]
    vendor.noter["s1"] = [{"id": "n/1", "titel": "Note"}]
    hub.source("reg", vendor, personer())
    hub.source("sag", vendor, sager(), noter())
    results = {result.source: result for result in sync_all()}
    assert [r.state for r in results.values()] == ["succeeded", "succeeded"]
    assert list(results) == ["sag", "reg"], "who tells whom to ask about comes first"
    assert results["reg"].streams["personer"].new == 1
    assert hub.one("select count(*) from asked where source = 'reg'") == 2
    assert hub.one("select found from asked a join identitet i using (objekt) where i.nummer = %s", (B,)) is False
    [(key,)] = hub.rows("select key from landed where stream = 'noter'")
    assert key == "s1/n%2F1"
    for (key,) in hub.rows("select key from landed union select key from navn union select fact from sagspart"):
        assert A not in key and B not in key
    assert hub.one("select complete_as_of from stream_state where source = 'reg'") is not None
    del vendor.noter["s1"]
    assert sync_source("sag").streams["noter"].gone == 1
    assert "/person/s1" not in vendor.asked and "/noter/s1" in vendor.asked


def test_rotation_asks_new_and_listed_persons_first_and_everybody_in_time(hub: Hub, vendor: Vendor) -> None:
    """Over as many nights as the rotation has, everyone is asked again; a person on the work list at once."""
    numbers = [f"{day:02}0461400{digit}" for day in range(1, 29) for digit in (8, 9)]
    for place, number in enumerate(numbers):
        vendor.sager[f"s{place}"] = case(place, cpr=number)
    hub.source("sag", vendor, sager())
    hub.source("reg", vendor, personer(rotation=7))
    hub.at("2026-11-01T01:00:00+01:00")
    sync_source("sag")
    sync_source("reg")
    assert len([path for path in vendor.asked if path.startswith("/person/")]) == len(numbers)
    again: set[str] = set()
    for day in range(2, 9):
        hub.at(f"2026-11-{day:02}T01:00:00+01:00")
        vendor.asked.clear()
        sync_source("reg")
        tonight = {path for path in vendor.asked if path.startswith("/person/")}
        assert len(tonight) < len(numbers)
        again |= tonight
    assert len(again) == len(numbers)
    oldest = hub.one("select complete_as_of from stream_state where source = 'reg'")
    assert oldest.isoformat() == "2026-11-02T00:00:00+00:00"
    person = hub.one("select objekt from identitet where nummer = %s", (numbers[0],))
    vendor.asked.clear()
    result = sync_source("reg", persons=[person])
    assert [path for path in vendor.asked if path.startswith("/person/")] == [f"/person/{numbers[0]}"]
    assert result.state == "succeeded"


def test_one_vendor_away_never_stops_the_others(hub: Hub, new_vendor: Callable[[], Vendor]) -> None:
    """The failed source says since when and why; the other is fresh."""
    here, away = new_vendor(), new_vendor()
    fill(here)
    hub.source("away", away, sager(), noter())
    hub.source("here", here, sager())
    away.close()
    hub.at("2026-11-21T01:00:00+01:00")
    results = {r.source: r for r in sync_all()}
    assert results["here"].state == "succeeded"
    assert results["away"].state == "failed" and results["away"].may_retry
    assert "hangs up" in str(results["away"].error)
    hub.at("2026-11-22T01:00:00+01:00")
    sync_all()
    failing = hub.rows("select failing_since, error from stream_state where source = 'away'")
    assert {row[0].isoformat() for row in failing} == {"2026-11-21T00:00:00+00:00"} and len(failing) == 2


def test_some_keys_failing_makes_the_stream_partial_and_they_come_first_next_time(hub: Hub, vendor: Vendor) -> None:
    """One person's failure is not everybody's, and not silent."""
    fill(vendor, 4)
    vendor.personer[A] = [{"id": "1", "cpr": A, "fornavn": "Ane", "efternavn": "Aa"}]
    vendor.status[f"/person/{B}"] = 500
    hub.source("sag", vendor, sager())
    hub.source("reg", vendor, personer(rotation=30))
    sync_source("sag")
    result = sync_source("reg")
    assert result.state == "partial" and result.streams["personer"].new == 1
    assert B not in str(result) and hub.one("select cause from worklist") == "failed"
    assert hub.one("select complete_as_of from stream_state where source = 'reg'") is None
    vendor.status.clear()
    assert sync_source("reg").state == "succeeded"
    assert hub.rows("select * from worklist") == []


def test_refused_login_stops_at_once_and_is_not_tried_again(hub: Hub, vendor: Vendor) -> None:
    """A person must act: asking on would only lock the account."""
    fill(vendor, 4)
    hub.source("sag", vendor, sager())
    hub.source("reg", vendor, personer())
    sync_source("sag")
    vendor.status["/person"] = 401
    result = sync_source("reg")
    assert result.state == "failed" and not result.may_retry and "renew it" in str(result.error)


def test_wrong_source_file_and_missing_endpoint_are_one_line_each(hub: Hub, vendor: Vendor) -> None:
    """The two first mistakes of a new engineer stop their own source only."""
    fill(vendor, 2)
    hub.source("sag", vendor, sager())
    hub.source("typo", vendor, sager(), more='kontkat = "x"\n')
    hub.source("lost", vendor, sager())
    hub.patch.delenv("AIRFLOW_CONN_LOST")
    with pytest.raises(SettingsError, match="unknown key 'kontkat'"):
        sync_source("typo")
    results = {r.source: r for r in sync_all()}
    assert results["sag"].state == "succeeded" and results["lost"].state == "failed"
    assert "AIRFLOW_CONN_LOST" in str(results["lost"].error) and "\n" not in str(results["lost"].error)


def test_unknown_fields_and_counts_reach_the_run(hub: Hub, vendor: Vendor) -> None:
    """`helhed runs` has what it shows."""
    vendor.sager["s1"] = case(1, farve="blå")
    hub.source("sag", vendor, sager())
    sync_source("sag")
    row = hub.rows("select state, read, new, unknown_fields from run_stream")
    assert row == [("succeeded", 1, 1, ["farve"])]
    assert hub.rows("select state, cause from run") == [("succeeded", "night")]
