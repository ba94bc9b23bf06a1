"""A night's list is gone through beside what lands of it, and only what differs lands (ADR 0119, 0123)."""

import json
from collections.abc import Iterable, Iterator
from random import Random
from typing import Any

import pytest

from connectors.contract import Record, Shape, Stream
from connectors.errors import TransientError
from sync import sift
from sync.chunk import Chunk, item
from sync.differing import land_what_differs
from sync.land import Lander
from sync.refreshed import Refreshed
from sync.runs import Counts
from tests.sync.conftest import Hub
from tests.sync.vendor import sager


def case(key: str, titel: str) -> Record:
    """A case as it comes."""
    return Record(key, json.dumps({"id": key, "titel": titel}).encode())


def night(hub: Hub, pages: Iterable[list[Record]]) -> tuple[Counts, list[int]]:
    """Land a list; the counts, and how many records each chunk that was landed held."""
    landed = landing(hub, sager(), pages)
    return landed.counts, [len(chunk.items) for chunk in landed.chunks]


class Landing(Lander):
    """Lands as ever, and remembers what."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.chunks: list[Chunk] = []

    def land(self, chunk: Chunk, again: bool = False) -> set[str]:
        """Land it."""
        self.chunks.append(chunk)
        return super().land(chunk, again)


def landing(hub: Hub, stream: Stream[Any], pages: Iterable[list[Record]]) -> Landing:
    """What landed a list."""
    lander = Landing(hub.connection, "s", stream, Counts())
    land_what_differs(pages, lander)
    return lander


def titles(hub: Hub) -> dict[str, str]:
    """What the store says now."""
    return dict(hub.rows("select key, titel from sag where source = 's' and kendt_til is null"))


@pytest.fixture
def landed(hub: Hub) -> Hub:
    """A store that holds sixty cases."""
    Lander(hub.connection, "s", sager(), Counts()).land(Chunk([item(case(f"{n:02}", "før")) for n in range(60)]))
    return hub


def test_what_changed_lands_together(landed: Hub) -> None:
    """Of six pages, one record each: six records in one chunk, and everything is counted once."""
    lists = [[case(f"{n:02}", "ny" if n % 10 == 0 else "før") for n in range(k, k + 10)] for k in range(0, 60, 10)]
    counts, sizes = night(landed, lists)
    assert sizes == [6]
    assert (counts.read, counts.unchanged, counts.changed, counts.new) == (60, 54, 6, 0)
    assert sorted(key for key, titel in titles(landed).items() if titel == "ny") == [
        f"{n:02}" for n in range(0, 60, 10)
    ]


def test_more_than_a_chunk_holds_goes_in_before_the_end(landed: Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    """Memory holds no more of a list than a chunk, however much of it changed."""
    monkeypatch.setattr(sift, "CHUNK", 8)
    counts, sizes = night(landed, [[case(f"{n:02}", "ny") for n in range(k, k + 20)] for k in (0, 20, 40)])
    assert sizes == [8] * 7 + [4]
    assert (counts.read, counts.changed) == (60, 60)


@pytest.mark.parametrize("last", ["før", "nyest"])
def test_the_last_of_a_record_counts(landed: Hub, last: str) -> None:
    """Also when it is as it was landed, while what came of it before still waits."""
    counts, _ = night(landed, [[case("07", "ny"), case("08", "før")], [case("07", last)]])
    assert titles(landed)["07"] == last
    assert counts.read == 3 == counts.unchanged + counts.changed + counts.new


@pytest.mark.parametrize("seed", range(24))
def test_whatever_comes_twice_the_last_one_stands(landed: Hub, seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Up to three versions of each case, some of them twice, in any order, on any pages, however little waits; each is
    counted once."""
    rng = Random(seed)
    monkeypatch.setattr(sift, "CHUNK", rng.choice([1, 3, 8]))
    came = rng.choices([(f"{n:02}", titel) for n in range(12) for titel in ("før", "før", "ny", "nyest")], k=30)
    rng.shuffle(came)
    size = rng.choice([1, 4, 40])
    counts, _ = night(landed, [[case(*one) for one in came[at : at + size]] for at in range(0, len(came), size)])
    said = titles(landed)
    assert {key: said[key] for key in dict(came)} == dict(came)
    assert counts.read == len(came) == counts.unchanged + counts.changed + counts.new


def test_what_came_before_a_failure_goes_in(landed: Hub) -> None:
    """And then the failure is raised."""

    def failing() -> Iterator[list[Record]]:
        """A page, then nothing."""
        yield [case("07", "ny")]
        raise TransientError("the vendor is away")

    with pytest.raises(TransientError):
        night(landed, failing())
    assert titles(landed)["07"] == "ny"


def test_what_is_parked_is_always_looked_at_again(landed: Hub) -> None:
    """In whatever bytes it comes."""
    broken = Record("99", b'{"id": "99"}')
    for _ in range(2):
        counts, sizes = night(landed, [[case("07", "før"), broken]])
        assert (sizes, counts.read, counts.unchanged, counts.quarantined) == ([1], 2, 1, 1)


def test_what_a_refresh_read_meanwhile_is_left_to_the_refresh(landed: Hub) -> None:
    """Also when the list holds it as it was landed: the night's answer may be the older one."""
    stream = sager(Shape.CHANGED)
    with Refreshed(landed.connection, "s", stream).reading(["07"]):
        pass
    (chunk,) = landing(landed, stream, [[case("07", "før"), case("08", "før")]]).chunks
    assert [item.key for item in chunk.items] == ["07"]


def test_names_that_nobody_knows_are_told_of_every_version(landed: Hub) -> None:
    """Of one that another version of the same page took the place of, too."""
    odd = Record("07", b'{"id": "07", "titel": "ny"}', ("zz",))
    counts, sizes = night(landed, [[odd, case("07", "før")]])
    assert (sizes, counts.read, counts.unchanged, dict(counts.unknown_fields)) == ([2], 2, 2, {"zz": 1})


def test_what_a_vendor_stamps_on_its_replies_is_no_change(hub: Hub) -> None:
    """Though it never comes in the same bytes twice."""
    stream = sager(volatile=frozenset({"stempel"}))

    def stamped(titel: str, stamp: int) -> Record:
        """A case as it comes, with a stamp of its own."""
        return Record("07", json.dumps({"id": "07", "titel": titel, "stempel": stamp}).encode())

    Lander(hub.connection, "s", stream, Counts()).land(Chunk([item(stamped("før", 1))]))
    counts = landing(hub, stream, [[stamped("før", 2)]]).counts
    assert (counts.read, counts.unchanged, counts.changed) == (1, 1, 0)
    counts = landing(hub, stream, [[stamped("nu", 3)]]).counts
    assert (counts.read, counts.unchanged, counts.changed) == (1, 0, 1)
