"""A first load is made ready beside what is being written: the store says the same as when it is landed in turn."""

import itertools
import json
from collections.abc import Iterator, Sequence
from threading import Thread
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tenacity import Retrying, retry_if_result, stop_after_delay, wait_fixed

from connectors.contract import Record, Shape, Stream
from connectors.errors import TransientError
from sync import seen
from sync.chunk import Chunk, Item, item
from sync.database import connect, one_value
from sync.first import load
from sync.land import Lander
from sync.refreshed import Refreshed
from sync.runs import Counts
from tests.sync.conftest import Hub
from tests.sync.vendor import personer, sager

FACTS = """
    select 'sag', key, titel, kendt_til is null from sag where source = %(source)s
    union all select 'part', key, fuldt_navn, kendt_til is null from sagspart where source = %(source)s
    union all select 'navn', key, fornavn, kendt_til is null from navn where source = %(source)s
    union all select 'parked', key, reason, true from quarantine where source = %(source)s
    union all select 'landed', key, encode(digest, 'hex'), true from landed where source = %(source)s
    order by 1, 2, 3, 4
"""


def case(key: str, titel: Any, cpr: str = "9300000001", zone: str = "Z") -> Item:
    """A case as it comes. No column takes a title that holds NUL, and an instant without zone is none."""
    fremdrift = [{"status": "Opstaaet", "fra": f"2026-01-01T00:00:00{zone}"}]
    body = {"id": key, "titel": titel, "cpr": cpr, "navn": "Ane Aagaard", "fremdrift": fremdrift}
    return item(Record(key, json.dumps(body).encode()))


CASES = st.builds(
    case,
    st.sampled_from([f"s{n}" for n in range(8)]),
    st.sampled_from(["før", "nu", 7, "nul\x00"]),
    st.sampled_from(["9300000001", "9300000002"]),
    st.sampled_from(["Z", "Z", ""]),
)


_runs = itertools.count()


def both(hub: Hub, chunks: Sequence[Sequence[Item]], stream: Stream[Any]) -> tuple[Lander, Lander]:
    """The same chunks landed in turn, and as a first load, each for a source of its own."""
    run = next(_runs)
    in_turn = Lander(hub.connection, f"turn{run}", stream, Counts())
    at_first = Lander(hub.connection, f"first{run}", stream, Counts())
    for chunk in chunks:
        in_turn.land(Chunk(chunk))
    load([Chunk(chunk) for chunk in chunks], at_first)
    return in_turn, at_first


def said(hub: Hub, lander: Lander) -> list[tuple[Any, ...]]:
    """All that the store says of what one of them landed."""
    return hub.rows(FACTS, {"source": lander.source})


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.lists(CASES, min_size=1, max_size=6), max_size=5))
def test_the_store_and_the_counts_are_as_if_landed_in_turn(hub: Hub, chunks: list[list[Item]]) -> None:
    """Whatever comes twice, is refused, or fits no column."""
    in_turn, at_first = both(hub, chunks, sager())
    assert at_first.counts.as_dict() == in_turn.counts.as_dict()
    assert said(hub, at_first) == said(hub, in_turn)


def test_persons_who_are_one_are_joined_on_the_way(hub: Hub) -> None:
    """As in turn: from the chunk that says it on, their records are of the one who survives."""
    one, other = "9300000001", "9300000002"

    def person(key: str, cpr: str, *former: str) -> Item:
        """A person and the numbers they had."""
        body = {"id": key, "cpr": cpr, "fornavn": "Ane", "efternavn": "Aagaard", "tidligere": list(former)}
        return item(Record(key, json.dumps(body).encode()))

    chunks = [
        Chunk([person("a", one), person("b", other)]),
        Chunk([person("c", one, other)]),
        Chunk([person("d", other)]),
    ]
    load(chunks, Lander(hub.connection, "reg", personer(), Counts()))
    who = dict(hub.rows("select key, objekt from navn where source = 'reg' and kendt_til is null"))
    survivor = hub.one("select objekt from identitet where nummer = %s and kendt_til is null", (other,))
    assert who["a"] == who["c"] == who["d"] == survivor
    assert who["b"] != survivor


def test_what_was_parked_by_a_load_that_broke_off_is_mended(hub: Hub) -> None:
    """Nothing was landed then, and yet the record is not new."""
    lander = Lander(hub.connection, "s", sager(), Counts())
    lander.land(Chunk([item(Record("07", b'{"id": "07"}'))]))
    assert hub.one("select count(*) from quarantine where source = 's'") == 1
    load([Chunk([case("07", "nu"), case("08", "nu")])], lander)
    assert hub.one("select count(*) from quarantine where source = 's'") == 0
    assert hub.one("select count(*) from sag where source = 's' and kendt_til is null") == 2


def test_what_a_refresh_read_meanwhile_stands(hub: Hub) -> None:
    """The first load's answer may be the older one."""
    stream = sager(Shape.CHANGED)
    lander = Lander(hub.connection, "s", stream, Counts())

    def chunks() -> Iterator[Chunk]:
        """A page; while it was on its way, somebody read one of its records alone."""
        with Refreshed(hub.connection, "s", stream).reading(["07"]):
            lander.land(Chunk([case("07", "nyest")]))
        yield Chunk([case("07", "før"), case("08", "før")])

    load(list(chunks()), lander)
    open_ones = "select key, titel from sag where source = 's' and kendt_til is null"
    assert dict(hub.rows(open_ones)) == {"07": "nyest", "08": "før"}


def test_what_a_refresh_found_to_be_gone_meanwhile_is_left_alone(hub: Hub) -> None:
    """It landed nothing that stands in the way, and yet the first load's answer is the older one."""
    stream = sager(Shape.CHANGED)
    lander = Lander(hub.connection, "s", stream, Counts())

    def chunks() -> Iterator[Chunk]:
        """A page; while it was on its way, somebody asked for one of its records and was told that it is no more."""
        with Refreshed(hub.connection, "s", stream).reading(["07"]):
            pass
        yield Chunk([case("07", "før"), case("08", "før")])

    load(list(chunks()), lander)
    assert hub.rows("select key from sag where source = 's'") == [("08",)]
    assert hub.rows("select key, cause from worklist where source = 's'") == [("07", "again")]


def test_a_chunk_waits_for_the_refresh_that_is_under_way(hub: Hub) -> None:
    """Its mark is there, and what it reads is about to be."""
    stream = sager(Shape.CHANGED)
    lander = Lander(hub.connection, "s", stream, Counts())
    waiting = "select count(*) from pg_locks where locktype = 'advisory' and not granted"
    with connect() as beside:
        with Refreshed(beside, "s", stream).reading(["07"]):
            loading = Thread(target=load, args=([Chunk([case("07", "før")])], lander))
            loading.start()
            waits = retry_if_result(lambda many: many != 1)
            Retrying(retry=waits, wait=wait_fixed(0.02), stop=stop_after_delay(30))(one_value, beside, waiting)
            Lander(beside, "s", stream, Counts()).land(Chunk([case("07", "nyest")]))
        loading.join()
    assert hub.rows("select titel from sag where source = 's'") == [("nyest",)]


def test_what_comes_twice_and_says_less_is_closed(hub: Hub) -> None:
    """Its party was placed by this very load."""
    lander = Lander(hub.connection, "s", sager(), Counts())
    alone = item(Record("07", b'{"id": "07", "titel": "nu"}'))
    load([Chunk([case("07", "nu")]), Chunk([alone])], lander)
    assert hub.one("select count(*) from sagspart where source = 's'") == 1
    assert hub.one("select count(*) from sagspart where source = 's' and kendt_til is null") == 0


def test_what_came_before_a_failure_goes_in(hub: Hub) -> None:
    """And then the failure is raised."""

    def failing() -> Iterator[Chunk]:
        """A page, then nothing."""
        yield Chunk([case("07", "nu")])
        raise TransientError("the vendor is away")

    with pytest.raises(TransientError):
        load(failing(), Lander(hub.connection, "s", sager(), Counts()))
    assert hub.one("select titel from sag where source = 's'") == "nu"


def test_every_key_that_came_is_remembered(hub: Hub) -> None:
    """Those in chunks that went in as made ready, and those that went the usual way."""
    seen.begin(hub.connection)
    lander = Lander(hub.connection, "s", sager(), Counts(), remember=True)
    load([Chunk([case("06", "nu"), case("07", "nu")]), Chunk([case("07", "nu"), case("08", "nu")])], lander)
    assert {key for (key,) in hub.rows("select key from deletion_seen")} == {"06", "07", "08"}
