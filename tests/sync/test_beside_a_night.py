"""Messages and nights at the same time: neither waits for the other, and an older answer never covers a newer one."""

import random
from collections.abc import Callable, Iterator, Sequence
from typing import Any
from uuid import uuid4

import pytest

from canonical_model.export import digest
from connectors.contract import Ask, Page, Record, Shape
from sync import inbox
from sync.night import sync_all, sync_source
from sync.refresh import handle_inbox
from tests.sync import vendor as wire
from tests.sync.conftest import Hub
from tests.sync.test_inbox import URN, UUID, envelope
from tests.sync.test_night import A, B, case
from tests.sync.vendor import Door, Vendor, personer, sager


class Meanwhile:
    """What happens once, at the moment that a test has chosen."""

    def __init__(self) -> None:
        self.do: Callable[[], None] | None = None

    def __call__(self) -> None:
        now, self.do = self.do, None
        if now:
            now()


@pytest.fixture
def meanwhile() -> Meanwhile:
    return Meanwhile()


def late(meanwhile: Meanwhile) -> dict[str, Any]:
    """A stream of cases whose pages and keys reach the hub after something has happened."""

    def read(door: Door, ask: Ask) -> Iterator[Page]:
        for page in wire.read(door, ask):
            meanwhile()
            yield page

    def read_keys(door: Door, ask: Ask) -> Iterator[Sequence[str]]:
        for keys in wire.read_keys(door, ask):
            meanwhile()
            yield keys

    return {"read": read, "read_keys": read_keys}


def told(*objects: str) -> None:
    """A message arrives and is handled, as beside a night that is under way."""
    assert inbox.receive(envelope(*objects))
    handled = handle_inbox()
    assert set(handled.runs.values()) == {"succeeded"}


def test_a_night_does_not_put_its_older_page_over_what_a_message_brought(
    hub: Hub, vendor: Vendor, meanwhile: Meanwhile
) -> None:
    """And what has changed after the message was handled comes too, though the cursor has passed it."""
    key = str(uuid4())
    vendor.sager = {key: case(1, titel="først") | {"id": key, "rev": "1"}}
    hub.source("sag", vendor, sager(Shape.CHANGED, **late(meanwhile)))
    sync_source("sag")
    vendor.sager[key] |= {"titel": "nattens", "rev": "2"}
    titles: list[str] = []

    def message() -> None:
        vendor.sager[key] |= {"titel": "beskedens", "rev": "3"}
        told(UUID.format(uuid=key))
        titles.append(hub.one("select titel from sag where kendt_til is null"))
        vendor.sager[key] |= {"titel": "efter beskeden", "rev": "4"}

    meanwhile.do = message
    assert sync_source("sag").state == "succeeded"
    assert titles == ["beskedens"]
    known = [row[0] for row in hub.rows("select titel from sag order by kendt_fra, id")]
    assert known == ["først", "beskedens", "efter beskeden"]
    assert hub.rows("select * from worklist") == []


def test_what_a_message_brought_is_not_gone_because_an_older_list_lacks_it(
    hub: Hub, vendor: Vendor, meanwhile: Meanwhile
) -> None:
    old, new = str(uuid4()), str(uuid4())
    vendor.sager = {old: case(1) | {"id": old, "rev": "1"}}
    hub.source("sag", vendor, sager(Shape.CHANGED, **late(meanwhile)), more="delete_share = 1.0")
    sync_source("sag")

    def message() -> None:
        vendor.sager[new] = case(2) | {"id": new, "rev": "2"}
        told(UUID.format(uuid=new))

    vendor.sager[old]["rev"] = "0"  # no page comes; the keys do
    meanwhile.do = message
    result = sync_source("sag")
    assert result.state == "succeeded" and result.streams["sager"].gone == 0
    assert hub.one("select count(*) from sag where kendt_til is null") == 2


def test_a_person_refreshed_while_everybody_is_asked_keeps_what_came(
    hub: Hub, new_vendor: Callable[[], Vendor], meanwhile: Meanwhile
) -> None:
    vendor = new_vendor()
    vendor.sager = {"s1": case(1, cpr=A), "s2": case(2, cpr=B)}
    vendor.personer = {A: [{"id": "1", "cpr": A, "fornavn": "Ane", "efternavn": "Å"}]}

    def read_one(door: Door, key: str) -> Sequence[Record]:
        found = wire._one("person")(door, key)
        if key == A:
            meanwhile()
        return list(found)

    hub.source("sag", vendor, sager())
    hub.source("reg", vendor, personer(rotation=30, read_one=read_one), more="delete_share = 1.0")
    sync_all()

    def message() -> None:
        vendor.personer[A] = [{"id": "2", "cpr": A, "fornavn": "Anna", "efternavn": "Ågård"}]
        told(URN.format(urn=f"urn:oio:cpr-nr:{A}"))

    meanwhile.do = message
    assert sync_source("reg", full=True).state == "succeeded"
    assert hub.rows("select fornavn from navn where kendt_til is null") == [("Anna",)]
    assert [key.rpartition("/")[2] for (key,) in hub.rows("select key from landed where source = 'reg'")] == ["2"]


def test_a_night_that_is_cut_off_leaves_what_must_be_read_again_to_the_next(
    hub: Hub, vendor: Vendor, meanwhile: Meanwhile
) -> None:
    key, other = str(uuid4()), str(uuid4())
    vendor.sager = {k: case(n) | {"id": k, "rev": "1"} for n, k in enumerate((key, other))}
    hub.source("sag", vendor, sager(Shape.CHANGED, **late(meanwhile)), page_size=1)
    sync_source("sag")
    vendor.sager[key] |= {"titel": "nattens", "rev": "2"}

    def message() -> None:
        told(UUID.format(uuid=key))
        vendor.sager[key] |= {"titel": "efter beskeden", "rev": "2"}
        vendor.status["/keys"] = vendor.status[f"/sag/{key}"] = 503

    meanwhile.do = message
    assert sync_source("sag").state != "succeeded"
    assert hub.rows("select key, cause from worklist") == [(key, "again")]
    vendor.sager[key]["rev"] = "0"  # the cursor has passed it
    vendor.status.clear()
    assert sync_source("sag").state == "succeeded"
    assert hub.one("select count(*) from sag where kendt_til is null and titel = 'efter beskeden'") == 1


@pytest.mark.parametrize("seed", [1, 2])
def test_messages_in_any_order_and_number_end_where_a_whole_sync_ends(hub: Hub, vendor: Vendor, seed: int) -> None:
    """Whatever is told late, twice, together or one by one: the store is the source's."""
    dice = random.Random(seed)
    keys = [str(uuid4()) for _ in range(6)]
    vendor.sager = {k: case(n, cpr=A) | {"id": k, "rev": "1"} for n, k in enumerate(keys)}
    vendor.personer = {A: [{"id": "1", "cpr": A, "fornavn": "Ane", "efternavn": "Å"}]}
    hub.source("sag", vendor, sager(Shape.CHANGED))
    hub.source("reg", vendor, personer(rotation=30))
    sync_all()
    for turn in range(2):
        bodies = []
        for key in dice.sample(keys, 4):
            vendor.sager[key] |= {"titel": f"{seed} {turn} {dice.random()}", "rev": str(turn + 2)}
            bodies.append(envelope(UUID.format(uuid=key)))
        vendor.personer[A][0]["fornavn"] = f"Ane {turn}"
        bodies.append(envelope(URN.format(urn=f"urn:oio:cpr:{A}")))
        sent = bodies * 2 + [envelope(UUID.format(uuid=dice.choice(keys)))]
        dice.shuffle(sent)
        for body in sent:
            inbox.receive(body)
            if dice.random() < 0.3:
                handle_inbox()
        handle_inbox()
        told_of = digest(current=True)
        sync_all(full=True)
        assert digest(current=True) == told_of
