"""What lands together: records under keys that the store takes, and what is true once they are in."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from hashlib import blake2b
from typing import NamedTuple
from uuid import UUID

from connectors.contract import Record

CHUNK = 5_000
"""Records that are committed together at most. Decision 9 allows 10,000: with half of them a first load takes 15 % less
time and two thirds of the memory, since what is made of a chunk is used while it is still near the processor."""
OPEN_CHUNK = "select pg_advisory_xact_lock_shared(hashtext('helhed chunk'))"
"""Held by whoever writes what consolidation reads, from before the clock is read until the commit, so that
consolidation's watermark misses none."""
LONGEST_KEY = 1_000
"""Bytes of a key; an index takes 2,704 with all that stands beside it."""
NO_KEY = "no-key-"
"""Begins the stand-in for a key that no column takes; its record is parked."""


class Item(NamedTuple):
    """A record on its way in."""

    key: str
    """Its key in the store: with its owner in front for keyed streams."""
    record: Record
    owner: UUID | None = None

    @property
    def body(self) -> bytes:
        """What came in of it. ContractError when what was sent cannot be read."""
        return self.record.body


class Chunk(NamedTuple):
    """Records that land together, and what is true once they have."""

    items: Sequence[Item]
    cursor: str | None = None
    asked: Sequence[tuple[UUID, datetime, bool]] = ()
    """Persons that a keyed stream was asked about: when, and whether it held anything."""
    moved: Mapping[str, Sequence[str]] = {}
    """Keys of items, to those under which the same record stood before its person was joined with another."""

    def __repr__(self) -> str:
        """Without keys and persons."""
        return f"Chunk({len(self.items)} records)"


def item(record: Record, prefix: str = "", owner: UUID | None = None) -> Item:
    """The record as it goes in, under a key that the store takes."""
    return Item(prefix + storable(record.key), record, owner)


def storable(key: str) -> str:
    """The key; or a stand-in where it holds what no text column takes, or is longer than an index takes."""
    if len(key) <= LONGEST_KEY and key.isascii() and "\0" not in key:
        return key
    raw = key.encode("utf-8", "surrogatepass")
    if len(raw) <= LONGEST_KEY and "\0" not in key and not any("\ud800" <= c <= "\udfff" for c in key):
        return key
    return NO_KEY + blake2b(raw, digest_size=8).hexdigest()
