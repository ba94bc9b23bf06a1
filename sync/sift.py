"""What comes in the bytes that it came in before needs no place in a chunk: a night lands what changed (ADR 0119)."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from connectors.closed import chosen
from connectors.contract import Record
from sync.burst import burst
from sync.chunk import CHUNK, Item, item
from sync.standing import Standing

MOST_READ = 100_000
"""Records that are gone through before what differs of them lands, however little that is."""


class Sifted(NamedTuple):
    """A part of a list that has been gone through."""

    others: list[Item]
    """Those that may be new, changed or parked, were sent in other bytes, or were refreshed meanwhile; in order."""
    same: int
    """How many the rest are."""

    def __repr__(self) -> str:
        """Without keys."""
        return f"Sifted({len(self.others)} others, {self.same} the same)"


def sifted(
    read: Iterable[Sequence[Record]],
    standing: Standing,
    newer: Callable[[], set[str]],
    look: Callable[[Sequence[Record]], None],
) -> Iterator[Sifted]:
    """Goes through a list that is read whole, in a thread beside the one that lands what differs (ADR 0123).

    `newer` tells which keys have been refreshed since the night began; `look` is shown what is the same. At most CHUNK
    others come together. When the source fails midway, what had come of it comes too, and then its failure is raised.
    """
    others, same = list[Item](), 0
    failure: Exception | None = None
    try:
        for records in read:
            with burst():
                stand = standing.passes(records, newer())
                passed = chosen(records, stand)
                look(passed)
                same += len(passed)
                # Alone, so that a reply is not kept for the few of it that differ.
                others += [item(record.alone()) for record in chosen(records, [not stood for stood in stand])]
            while len(others) >= CHUNK or same >= MOST_READ:
                yield Sifted(others[:CHUNK], same)
                others, same = others[CHUNK:], 0
    except Exception as error:
        failure = error
    yield Sifted(others, same)
    if failure is not None:
        raise failure
