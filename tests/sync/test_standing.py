"""The digests of what stands, in few bytes: each is taken once, and what is left of them did not come (ADR 0122)."""

from random import Random

import pytest

from connectors.contract import Record
from sync import sealing
from sync.chunk import Chunk, item
from sync.digests import Digests
from sync.land import Lander
from sync.runs import Counts
from sync.standing import Standing
from tests.sync.conftest import Hub
from tests.sync.vendor import sager

WHERE = ("s", "sager")


@pytest.mark.parametrize("seed", range(8))
def test_each_is_taken_once(seed: int) -> None:
    """Whatever halves they share; with another one's first half, one may have to be asked about."""
    rng = Random(seed)
    halves = [rng.randbytes(8) for _ in range(6)]
    all_of = [first + second for first in halves for second in halves]
    stand = rng.sample(all_of, 12)
    asked, here = rng.choices(all_of, k=40), set(stand)
    held = Digests(b"".join(stand))
    assert set(held) == here
    for digest in asked:
        (took,) = held.take([digest])
        alone = sum(one[:8] == digest[:8] for one in stand) == 1
        assert took == (digest in here) or (not took and not alone)
        here -= {digest} if took else set()
        assert set(held) == here and bool(held) == bool(here)


def test_random_ones_are_all_found() -> None:
    """None of a thousand is missed, and no other one is taken for it; nothing is found of none."""
    rng = Random(5)
    stand = [rng.randbytes(16) for _ in range(1_000)]
    held = Digests(b"".join(stand))
    assert not any(held.take([*(rng.randbytes(16) for _ in range(1_000)), b"\0" * 16, b"\xff" * 16]))
    assert all(held.take(reversed(stand))) and not any(held.take(stand)) and not list(held) and not held
    nothing = Digests(b"")
    assert nothing.take(stand[:2]) == [False, False] and nothing.take([]) == [] and not list(nothing) and not nothing


def test_nothing_stands_of_other_streams_nor_of_what_must_be_looked_at(hub: Hub) -> None:
    """What is parked, has names that nobody knows, is another stream's, or is under what is no digest of ours."""
    good, odd = Record("1", b'{"id": "1", "titel": "a"}'), Record("2", b'{"id": "2", "titel": "b"}', ("zz",))
    hub.connection.execute(
        "insert into landed (source, stream, key, digest, sent, landed) values ('s', 'sager', '4', 'd', 'short', now())"
    )
    for titel in ("c", None):
        mended = b'{"id": "3"}' if titel is None else b'{"id": "3", "titel": "c"}'
        Lander(hub.connection, "s", sager(), Counts()).land(Chunk([item(r) for r in (good, odd, Record("3", mended))]))
    sent_as = sealing.sent_digester(sager().version)
    standing = Standing(hub.connection, WHERE, sent_as)
    assert list(standing.left()) == sent_as([good])
    assert standing.passes([good, odd], set()) == [True, False] and not standing.all_came()
    assert Standing(hub.connection, ("s", "noter"), sent_as).all_came()


@pytest.mark.parametrize(
    ("sent", "unknown"),
    [(None, None), (b"short", None), (b"16 bytes of text", ["zz"]), (b"short", ["zz"]), (None, ["zz"])],
)
def test_not_all_came_while_one_is_not_told_by_its_digest(
    hub: Hub, sent: bytes | None, unknown: list[str] | None
) -> None:
    """Though all others came: whether it is gone has to be asked."""
    good = Record("1", b'{"id": "1", "titel": "a"}')
    Lander(hub.connection, "s", sager(), Counts()).land(Chunk([item(good)]))
    hub.connection.execute(
        "insert into landed (source, stream, key, digest, sent, unknown, landed)"
        " values ('s', 'sager', '2', 'd', %s, %s, now())",
        (sent, unknown),
    )
    sent_as = sealing.sent_digester(sager().version)
    standing = Standing(hub.connection, WHERE, sent_as)
    assert list(standing.left()) == sent_as([good])
    assert standing.passes([good], set()) == [True] and not list(standing.left()) and not standing.all_came()


def test_the_same_said_under_two_keys_stands_twice(hub: Hub) -> None:
    """So that the one of them that goes is the one that is closed."""
    sent_as = sealing.sent_digester(1)
    assert len({*sent_as([Record("1", b"{}"), Record("2", b"{}")])}) == 2


def test_one_that_comes_as_it_stands_behind_another_version_goes_the_same_way(hub: Hub) -> None:
    """Until the store has been asked about that one; the last of them counts."""
    sent_as = sealing.sent_digester(sager().version)
    before, after = Record("1", b'{"id": "1", "titel": "a"}'), Record("1", b'{"id": "1", "titel": "b"}')
    lander = Lander(hub.connection, "s", sager(), Counts())
    lander.land(Chunk([item(before)]))
    standing = Standing(hub.connection, WHERE, sent_as)
    assert standing.passes([after, before], set()) == [False, False]
    lander.standing = standing
    lander.look([item(after), item(before)])
    assert standing.all_came() and standing.passes([before], set()) == [False]


def test_what_is_newer_in_the_store_is_not_passed_by(hub: Hub) -> None:
    """Though it came, and so is not gone."""
    good = Record("1", b'{"id": "1", "titel": "a"}')
    Lander(hub.connection, "s", sager(), Counts()).land(Chunk([item(good)]))
    standing = Standing(hub.connection, WHERE, sealing.sent_digester(sager().version))
    assert standing.passes([good], {"1"}) == [False] and standing.all_came()
