"""Keys and values that the store cannot take, vendors that go away or answer by half: each harms itself alone."""

from dataclasses import replace
from typing import Any

import pytest
from lxml import etree

from connectors.contract import NAMELESS, Access, Ask, Shape
from connectors.errors import ContractError, TransientError
from connectors.sbsys import CONNECTOR as SBSYS
from connectors.soap_xml import Doctype, tree
from sync import pull, quarantine
from sync.night import sync_source
from tests.connectors.server import Answer, serving
from tests.sync.conftest import Hub
from tests.sync.test_night import A, case, fill
from tests.sync.vendor import Vendor, noter, personer, sager


@pytest.mark.parametrize("shape", [Shape.LISTED, Shape.CHANGED])
@pytest.mark.parametrize("key", ["a\0b", "x" * 3_000], ids=["nul", "long"])
def test_a_key_that_no_index_takes_parks_its_own_record(hub: Hub, vendor: Vendor, shape: Shape, key: str) -> None:
    """Night after night, until the vendor mends it; nothing else is held up."""
    fill(vendor, 12)
    vendor.sager[key] = case(1, id=key)
    hub.source("sag", vendor, sager(shape))
    for _ in range(2):
        result = sync_source("sag")
        assert result.state == "succeeded", result
        [parked] = quarantine.rows()
        assert parked.key.startswith("no-key-") and key not in str(parked) and parked.field == "key"
    assert hub.one("select count(*) from sag where kendt_til is null") == 12
    del vendor.sager[key]
    assert sync_source("sag").state == "succeeded" and quarantine.rows() == []


def test_a_key_that_no_index_takes_parks_its_own_keyed_record(hub: Hub, vendor: Vendor) -> None:
    """The same for what is asked for key by key."""
    vendor.sager = {"s1": case(1)}
    vendor.noter["s1"] = [{"id": "a\0b", "titel": "Note"}, {"id": "n", "titel": "Note"}]
    hub.source("sag", vendor, sager(), noter())
    for _ in range(2):
        result = sync_source("sag")
        assert (result.state, len(quarantine.rows())) == ("succeeded", 1)
    assert hub.rows("select key from landed where stream = 'noter'") == [("s1/n",)]


def test_an_indexed_text_that_is_too_long_parks_its_own_record(hub: Hub, vendor: Vendor) -> None:
    """What PostgreSQL says of an index row is about one record, not about the run."""
    import random

    noise = "".join(random.Random(1).choices("abcdefghijklmnopqrstuvwxyz0123456789", k=20_000))
    fill(vendor, 12)

    def translate(record: dict[str, Any]) -> Any:
        from canonical_model.draft import Lokal
        from canonical_model.drafts import SagDraft

        return [SagDraft(objekt=Lokal("sag", record["id"]), sagsnummer=record["titel"])]

    vendor.sager["s5"]["titel"] = noise
    hub.source("sag", vendor, sager(translate=translate))
    result = sync_source("sag")
    assert (result.state, result.streams["sager"].new, result.streams["sager"].quarantined) == ("succeeded", 11, 1)
    assert [(row.key, row.field) for row in quarantine.rows()] == [("s5", "translation")]


def test_a_record_without_a_name_stays_parked_while_the_source_has_such(hub: Hub, vendor: Vendor) -> None:
    """The list of keys makes up another key for it than the reading did."""
    fill(vendor, 20)
    vendor.sager[f"{NAMELESS}1"] = {"id": f"{NAMELESS}1", "rev": "2026-11-20"}

    def read_keys(door: Any, ask: Ask) -> Any:
        keys = door.get("keys")
        yield [f"{NAMELESS}2" if key.startswith(NAMELESS) else key for key in keys]

    hub.source("sag", vendor, sager(Shape.CHANGED, read_keys=read_keys))
    for _ in range(2):
        assert sync_source("sag").state == "succeeded"
        assert [row.key for row in quarantine.rows()] == [f"{NAMELESS}1"]
    del vendor.sager[f"{NAMELESS}1"]
    assert sync_source("sag").state == "succeeded" and quarantine.rows() == []


def test_what_only_one_reply_got_wrong_is_asked_for_again(hub: Hub, vendor: Vendor, monkeypatch: Any) -> None:
    """A changed stream is not sent again what has not changed since; each night asks for what is parked, so many."""
    fill(vendor, 20)
    whole = {key: vendor.sager[key].pop("titel") for key in ("s3", "s7", "s9")}
    hub.source("sag", vendor, sager(Shape.CHANGED))
    first = sync_source("sag").streams["sager"]
    assert (first.new, first.quarantined) == (17, 3)
    for key in ("s3", "s9"):
        vendor.sager[key]["titel"] = whole[key]
    monkeypatch.setattr(pull, "MOST_MISSED", 2)
    left = set(whole)
    for day in range(23, 40):
        hub.at(f"2026-12-{day - 22:02}T02:00:00+00:00")
        vendor.asked.clear()
        result = sync_source("sag")
        assert result.state == "succeeded" and sum("sag/" in path for path in vendor.asked) <= 2
        before, left = left, {row.key for row in quarantine.rows()}
        assert result.streams["sager"].new == len(before - left)
        if left == {"s7"}:
            break
    assert left == {"s7"} and hub.one("select count(*) from sag where kendt_til is null") == 19


def test_what_changed_while_most_was_away_is_read_when_it_is_back(hub: Hub, vendor: Vendor) -> None:
    """The guard holds what is away; what is there has moved the cursor past what changed among the others."""
    fill(vendor, 40)
    hub.source("sag", vendor, sager(Shape.CHANGED))
    assert sync_source("sag").state == "succeeded"
    away = {key: vendor.sager.pop(key) for key in list(vendor.sager)[:30]}
    key = next(iter(away))
    away[key] |= {"titel": "Ny titel", "rev": "2026-11-21"}
    vendor.sager["s39"] |= {"rev": "2026-11-22"}
    assert sync_source("sag").streams["sager"].state == "held"
    vendor.sager |= away
    assert sync_source("sag").state == "succeeded"
    assert hub.one("select count(*) from sag where titel = 'Ny titel' and kendt_til is null") == 1


def test_a_vendor_that_goes_away_is_not_asked_on(hub: Hub, vendor: Vendor) -> None:
    """One knock after the first key that fails; the streams after it are not tried either."""
    for number in range(60):
        cpr = f"{9_600_000_000 + number}"
        vendor.sager[f"s{number}"] = case(number, cpr=cpr)
        vendor.personer[cpr] = [{"id": "1", "cpr": cpr, "fornavn": "Ane", "efternavn": "Å"}]
    hub.source("sag", vendor, sager())
    hub.source("reg", vendor, personer(), noter_of_persons())
    sync_source("sag")
    vendor.after = len(vendor.asked) and 10
    vendor.asked.clear()
    result = sync_source("reg")
    states = {name: counts.state for name, counts in result.streams.items()}
    assert states == {"personer": "partial", "noter": "failed"}
    assert 0 < result.streams["personer"].new <= 10
    assert len(vendor.asked) < 40, "nobody is asked about the rest"
    vendor.after = None
    assert sync_source("reg").state == "succeeded"
    assert hub.one("select count(*) from navn where kendt_til is null") == 60


def noter_of_persons() -> Any:
    """What hangs on the persons' records."""
    from tests.sync.vendor import noter_of

    return noter_of("personer")


def test_what_hangs_on_a_stream_that_broke_is_not_read(hub: Hub, vendor: Vendor) -> None:
    """Also when it broke by something nobody thought of: its keys say nothing of what is gone."""
    vendor.sager = {f"s{n}": case(n, cpr=A) for n in range(5)}
    vendor.noter = {f"s{n}": [{"id": f"n{n}", "titel": "Note"}] for n in range(5)}
    hub.source("sag", vendor, sager(), noter())
    assert sync_source("sag").state == "succeeded"

    def broken(door: Any, ask: Ask) -> Any:
        raise ZeroDivisionError(A)

    hub.source("sag", vendor, replace(sager(), read=broken), noter())
    vendor.asked.clear()
    result = sync_source("sag")
    assert {name: counts.state for name, counts in result.streams.items()} == {"sager": "failed", "noter": "failed"}
    assert "whose keys are asked for" in str(result.streams["noter"].error) and A not in str(result)
    assert vendor.asked == [] and hub.one("select count(*) from landed where stream = 'noter'") == 5


def test_sbsys_must_say_how_many_there_are() -> None:
    """Without the total a short page could be the last."""
    for body in (b'{"Results": []}', b'{"Results": [], "TotalNumberOfResults": null}'):

        def answer(request: Any, before: int, body: bytes = body) -> Answer:
            token = b'{"access_token": "t", "expires_in": 60}'
            return Answer(body=token if "token" in request.path else body)

        with serving(answer) as (url, _):
            extra = {"grant": "password", "token_url": f"{url}/token", "client_id": "x", "client_secret": "y"}
            api = SBSYS.open(Access(url=url, login="l", password="p", extra=extra))
            with pytest.raises(ContractError, match="TotalNumberOfResults"):
                SBSYS.check(api)


def test_a_list_that_shrinks_while_it_is_read_is_read_another_time() -> None:
    """What moved up past the reader would look gone."""
    from connectors.paging import Slice, by_offset

    totals = iter([5, 4, 4])
    with pytest.raises(TransientError, match="grew shorter"):
        list(by_offset(lambda skip, size: Slice([skip, skip + 1], next(totals)), 2, "x"))


def test_a_list_in_which_one_took_anothers_place_is_read_another_time() -> None:
    """The total is as it was, nothing comes twice, and the fifth would look gone."""
    from connectors.paging import Slice, by_offset

    before, after = list(range(1, 11)), [1, 3, 4, 5, 6, 7, 8, 9, 10, 11]

    def fetch(skip: int, size: int) -> Slice:
        return Slice((after if skip else before)[skip : skip + size], 10)

    with pytest.raises(TransientError, match="moved"):
        list(by_offset(fetch, 4, "x"))


def test_more_than_the_total_is_no_total() -> None:
    """A total that is too small would end the list before its end another time."""
    from connectors.paging import Slice, by_offset

    with pytest.raises(ContractError, match="4 came where the vendor says that there are 3"):
        list(by_offset(lambda skip, size: Slice([1, 2, 3, 4][skip : skip + size], 3), 4, "x"))


def test_a_file_inside_a_reply_may_be_large_and_a_doctype_never() -> None:
    """The parser's own limit is 10 MB a text; without it, entities would have none either."""
    large = b"<a><b>" + b"QUJD" * 3_000_000 + b"</b></a>"
    assert len(tree(large)[0].text or "") == 12_000_000
    entity = b'<!DOCTYPE a [<!ENTITY x "' + b"y" * 1_000 + b'">]>'
    bomb = entity + large.replace(b"<a>", b'<a c="' + b"&x;" * 20_000 + b'">')
    for document in (entity + large, bomb, bomb.decode().encode("utf-16"), large[:-1]):
        with pytest.raises((etree.XMLSyntaxError, Doctype)):
            tree(document)
