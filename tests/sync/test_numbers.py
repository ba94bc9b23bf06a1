"""A replaced CPR number: a vendor that still goes by the old one, and records that change hands when persons join."""

import threading
import time

import pytest

from sync import quarantine
from sync.approvals import approve
from sync.database import connect
from sync.night import sync_source
from sync.population import numbers_of
from tests.sync.conftest import Hub
from tests.sync.test_night import A, B, case
from tests.sync.test_persons import C, land, person
from tests.sync.vendor import Vendor, noter_of, personer, sager


def at_care(number: str, key: str = "borger", **more: object) -> dict[str, object]:
    """A record that the care system holds, under a key that is the same whatever the number."""
    return {"id": key, "cpr": number, "fornavn": "Ane", "efternavn": "Ågård"} | more


def replaced(hub: Hub, vendor: Vendor) -> None:
    """CPR says that A was replaced by B; the case goes by B from now on."""
    vendor.sager = {"s1": case(1, cpr=B)}
    land(hub, "reg", person(B, tidligere=[A]))
    sync_source("sag")


def open_names(hub: Hub) -> int:
    """Names that the care system says now."""
    return int(hub.one("select count(*) from navn where source = 'care' and kendt_til is null"))


@pytest.fixture
def care(hub: Hub, vendor: Vendor) -> Vendor:
    """A care system that knows one citizen, of whom there is a case."""
    vendor.sager = {"s1": case(1, cpr=A)}
    vendor.personer = {A: [at_care(A), at_care(A, "anden")]}
    vendor.noter = {"borger": [{"id": "n", "titel": "Note"}]}
    hub.source("sag", vendor, sager())
    hub.source("care", vendor, personer(), noter_of("personer"))
    sync_source("sag")
    sync_source("care")
    assert open_names(hub) == 2
    return vendor


def test_a_vendor_that_still_has_the_old_number_loses_nobody(hub: Hub, care: Vendor) -> None:
    """Some nights under the old number, then under the new one: the facts stand throughout, and nothing is held."""
    replaced(hub, care)
    for night in range(3):
        care.asked.clear()
        result = sync_source("care")
        assert (result.state, open_names(hub)) == ("succeeded", 2), night
        assert [path for path in care.asked if path.startswith("/person")] == [f"/person/{B}", f"/person/{A}"]
        counts = {name: (c.gone, c.held, c.new) for name, c in result.streams.items()}
        assert counts == {"personer": (0, 0, 0), "noter": (0, 0, 0)}
    care.personer = {B: [at_care(B), at_care(B, "anden")]}
    result = sync_source("care")
    assert (result.state, open_names(hub), result.streams["personer"].gone) == ("succeeded", 2, 0)
    assert hub.one("select found from asked where source = 'care' order by asked desc limit 1")
    [person_] = {key.partition("/")[0] for (key,) in hub.rows("select key from landed where source = 'care'")}
    assert person_ == str(hub.one("select objekt from identitet where nummer = %s and kendt_til is null", (B,)))


def test_only_when_every_number_is_empty_are_the_facts_gone(hub: Hub, care: Vendor) -> None:
    """Nor is anybody else's number asked for."""
    replaced(hub, care)
    sync_source("care")
    care.sager["s2"] = case(2, cpr=C)
    sync_source("sag")
    care.personer = {}
    assert sync_source("care").streams["personer"].held == 2
    care.asked.clear()
    result = approve("care", "personer", 2, "Grethe Holm")
    assert result.streams["personer"].gone == 2 and open_names(hub) == 0
    paths = [path for path in care.asked if path.startswith("/person")]
    assert sorted(paths) == sorted([f"/person/{B}", f"/person/{A}", f"/person/{C}"])


def test_a_record_that_moves_and_is_malformed_keeps_what_it_said(hub: Hub, care: Vendor) -> None:
    """The parked version does not push the former facts out; mended, it takes their place."""
    replaced(hub, care)
    care.personer = {B: [at_care(B), {"id": "anden", "cpr": B}]}
    counts = sync_source("care").streams["personer"]
    assert (counts.quarantined, counts.gone, open_names(hub)) == (1, 0, 2)
    care.personer = {B: [at_care(B), at_care(B, "anden")]}
    counts = sync_source("care").streams["personer"]
    assert (counts.quarantined, counts.gone, open_names(hub)) == (0, 0, 2)
    assert quarantine.rows() == [] and hub.one("select count(*) from landed where source = 'care'") == 3


def test_a_parked_record_leaves_with_the_record(hub: Hub, care: Vendor) -> None:
    """Of persons, and of what hangs on their records."""
    care.personer[A] += [{"id": "ny", "cpr": A}]
    care.noter["borger"] += [{"id": "m"}]
    result = sync_source("care")
    assert [result.streams[name].quarantined for name in ("personer", "noter")] == [1, 1]
    care.personer[A].pop()
    care.noter["borger"].pop()
    sync_source("care")
    assert quarantine.rows() == []


def test_a_person_listed_under_a_former_uuid_leaves_the_work_list(hub: Hub, care: Vendor) -> None:
    """Whoever was named before the numbers met is asked once, not every night."""
    former = next(iter(numbers_of(hub.connection, [hub.one("select objekt from identitet")])))
    replaced(hub, care)
    hub.connection.execute(
        "insert into worklist (source, stream, key, since, cause)"
        " values ('care', 'personer', %s, '2026-01-01', 'message')",
        (str(former),),
    )
    assert former not in numbers_of(hub.connection, [former]), "joined with another"
    sync_source("care")
    assert hub.rows("select * from worklist") == []


def test_a_join_is_known_from_when_consolidation_may_see_it(hub: Hub) -> None:
    """It waits for consolidation to read its clock, and reads its own after that."""
    land(hub, "reg", person(A))
    hub.at("2026-11-20T01:00:00+01:00")
    with connect() as consolidating:
        consolidating.execute("select pg_advisory_lock(hashtext('helhed chunk'))")
        joining = threading.Thread(target=_join)
        joining.start()
        _until_somebody_waits(hub)
        later = hub.at("2026-11-20T02:00:00+01:00")
        consolidating.execute("select pg_advisory_unlock(hashtext('helhed chunk'))")
        joining.join(30)
    assert hub.rows("select distinct kendt_fra from identitet where virkning_til is not null") == [(later,)]


def _join() -> None:
    from canonical_model.draft import Nummer
    from canonical_model.drafts.person import IdentitetDraft
    from helhed.settings import now
    from sync.identity import join_persons
    from sync.resolve import resolve

    new = Nummer("cpr", B)
    with connect() as connection:
        found = resolve(connection, "reg", [new, Nummer("cpr", A)], now())
        join_persons(connection, "reg", [IdentitetDraft(objekt=new, art="cpr", nummer=A)], found)


def _until_somebody_waits(hub: Hub) -> None:
    end = time.monotonic() + 20
    while not hub.one("select count(*) from pg_locks where locktype = 'advisory' and not granted"):
        assert time.monotonic() < end, "nobody waits for consolidation's clock"
