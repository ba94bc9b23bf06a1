"""Many digests in memory, in few bytes each (ADR 0126)."""

from collections.abc import Iterable, Iterator

import numpy
from numpy.typing import NDArray

from sync.sealing import DIGEST_SIZE

_LAST = 2**64 - 1


class Digests:
    """Each in about 25 bytes: in the order of their first halves, with a register of where to begin to look."""

    def __init__(self, digests: bytes) -> None:
        """Of different digests one after the other, in any order."""
        halves = _halves(digests)
        order = numpy.argsort(halves[:, 0])
        # One more that is never there, so that every search ends.
        self._first = numpy.append(halves[order, 0], numpy.uint64(_LAST))
        self._second = numpy.append(halves[order, 1], numpy.uint64(_LAST))
        self._there = numpy.arange(len(self._first)) < len(order)
        bits = max(1, len(order).bit_length() - 1)
        self._shift = numpy.uint64(64 - bits)
        self._begins = numpy.searchsorted(self._first, numpy.arange(1 << bits, dtype=numpy.uint64) << self._shift)

    def take(self, digests: Iterable[bytes]) -> list[bool]:
        """Whether each is there, which then is gone; one that shares its first half with another may not be found."""
        halves = _halves(b"".join(digests))
        first, second = halves[:, 0], halves[:, 1]
        at = self._begins[first >> self._shift]
        while (before := self._first[at] < first).any():
            at += before
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
