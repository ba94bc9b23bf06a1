"""Many digests in memory, in few bytes each (ADR 0126)."""

from collections.abc import Iterable, Iterator

import numpy
from numpy.typing import NDArray

from sync.sealing import DIGEST_SIZE


class Digests:
    """Each in 17 bytes: they stand in the order of their first halves, and one is found as in a dictionary on paper."""

    def __init__(self, digests: bytes) -> None:
        """Of different digests one after the other, in any order."""
        halves = _halves(digests)
        order = numpy.argsort(halves[:, 0])
        self._first, self._second = halves[order, 0], halves[order, 1]
        self._there = numpy.ones(len(order), bool)

    def take(self, digests: Iterable[bytes]) -> list[bool]:
        """Whether each is there, which then is gone; one that shares its first half with another may not be found."""
        halves = _halves(b"".join(digests))
        if not self._there.size:
            return [False] * len(halves)
        first, second = halves[:, 0], halves[:, 1]
        at = numpy.searchsorted(self._first, first)
        at[at == len(self._first)] = 0
        found = (self._first[at] == first) & (self._second[at] == second) & self._there[at]
        self._there[at[found]] = False
        return found.tolist()  # type: ignore[no-any-return]

    def __iter__(self) -> Iterator[bytes]:
        """Those that are there."""
        return split(numpy.stack([self._first[self._there], self._second[self._there]], axis=1).tobytes())

    def __bool__(self) -> bool:
        """Whether any is."""
        return bool(self._there.any())


def split(digests: bytes) -> Iterator[bytes]:
    """Each of those that stand one after the other."""
    return (digests[at : at + DIGEST_SIZE] for at in range(0, len(digests), DIGEST_SIZE))


def _halves(digests: bytes) -> NDArray[numpy.uint64]:
    return numpy.frombuffer(digests, numpy.uint64).reshape(-1, 2)
