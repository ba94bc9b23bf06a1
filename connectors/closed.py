"""Records of one reply that nobody has looked into: columns, of which a record is made when somebody takes it out."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import compress, repeat
from typing import Any, overload

from connectors.record import Door, Record, closed


class Closed(Sequence[Record]):
    """As many as there are keys."""

    def __init__(self, keys: list[str], sent: list[Any], door: Door) -> None:
        """`sent`: the bytes of each as they came; `door`: what all of them go in by."""
        self.keys, self.sent, self.door = keys, sent, door

    def __len__(self) -> int:
        return len(self.keys)

    @overload
    def __getitem__(self, at: int) -> Record: ...
    @overload
    def __getitem__(self, at: slice) -> "Closed": ...
    def __getitem__(self, at: int | slice) -> "Record | Closed":
        if isinstance(at, slice):
            return Closed(self.keys[at], self.sent[at], self.door)
        return closed(self.keys[at], self.sent[at], self.door)

    def __iter__(self) -> Iterator[Record]:
        return map(closed, self.keys, self.sent, repeat(self.door))


def keys_of(records: Sequence[Record]) -> list[str]:
    """The key of each."""
    return records.keys if isinstance(records, Closed) else [record.key for record in records]


def as_sent(records: Iterable[Record]) -> Iterable[tuple[str, Any, Door | None]]:
    """Of each its key, what was sent, and what it goes in by."""
    if isinstance(records, Closed):
        return zip(records.keys, records.sent, repeat(records.door))
    return ((record.key, record.sent, record.door) for record in records)


def chosen(records: Sequence[Record], which: Sequence[bool]) -> Sequence[Record]:
    """Those of which it is true."""
    if isinstance(records, Closed):
        return Closed(list(compress(records.keys, which)), list(compress(records.sent, which)), records.door)
    return list(compress(records, which))


__all__ = ["Closed", "as_sent", "chosen", "keys_of"]
