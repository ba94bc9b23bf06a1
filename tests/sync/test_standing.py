"""The digests of what stands, in few bytes: each is taken once, and what is left of them did not come (ADR 0122)."""

from collections import Counter
from random import Random

import pytest

from connectors.contract import Record
from sync import sealing
from sync.chunk import Chunk, item
from sync.land import Lander
from sync.runs import Counts
from sync.standing import Standing
from tests.sync.conftest import Hub
from tests.sync.vendor import sager

WHERE = ("s", "sager")


def standing(hub: Hub, digests: list[bytes]) -> Standing:
    """As the store has it when records stand under these."""
    hub.connection.execute("delete from landed")
    with hub.connection.cursor() as cursor:
        cursor.executemany(
            "insert into landed (source, stream, key, digest, sent, landed) values ('s', 'sager', %s, %s, %s, now())",
            [(str(n), digest, digest) for n, digest in enumerate(digests)],
        )
    return Standing(hub.connection, WHERE)


@pytest.mark.parametrize("seed", range(8))
def test_each_is_taken_as_often_as_it_stands(hub: Hub, seed: int) -> None:
    """Whatever they share: their first bytes, all but one, or a part that also stands across two of them."""
    rng = Random(seed)
    heads = [rng.randbytes(2) for _ in range(3)]
    pieces = [rng.randbytes(7) for _ in range(3)]
    all_of = [head + a + b for head in heads for a in pieces for b in pieces]
    stand = rng.choices(all_of, k=20)
    asked, here = rng.choices(all_of, k=40), Counter(stand)
    held = standing(hub, stand)
    for digest in asked:
        # What lies across two others may hide one; it is then looked at in the store, and nothing is ever made up.
        (took,) = held.take([digest])
        assert not took or here[digest] > 0
        here[digest] -= took
    assert Counter(held.left()) == +here


def test_random_ones_are_all_found(hub: Hub) -> None:
    """None of a thousand is missed, and no other one is taken for it."""
    rng = Random(5)
    stand = [rng.randbytes(16) for _ in range(1_000)]
    held = standing(hub, stand)
    assert not any(held.take(rng.randbytes(16) for _ in range(1_000)))
    assert all(held.take(stand)) and not any(held.take(stand)) and not list(held.left())


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
    assert list(Standing(hub.connection, WHERE).left()) == [sent_as(good)]
    assert list(Standing(hub.connection, ("s", "noter")).left()) == []


def test_the_same_said_under_two_keys_stands_twice(hub: Hub) -> None:
    """So that the one of them that goes is the one that is closed."""
    sent_as = sealing.sent_digester(1)
    assert sent_as(Record("1", b"{}")) != sent_as(Record("2", b"{}"))
