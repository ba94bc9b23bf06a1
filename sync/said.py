"""What a record says, in a few bytes a fact: of one that changed, only the tables that say something else are asked."""

from collections.abc import Iterable
from hashlib import blake2b

from canonical_model.tables import FACT_TABLES
from sync.layout import Row
from sync.rows import LEAD

_MARK, _MANY, _EACH = 2, 4, 8
"""Bytes that tell a table, how many facts it has of the record, and each of them."""
_MARKS = {table: blake2b(table.encode(), digest_size=_MARK).digest() for table in FACT_TABLES}
_TABLES = {mark: table for table, mark in _MARKS.items()}
_FACT, _DIGEST, _REPLACED = map(LEAD.index, ("fact", "digest", "registreret_til"))


def said(rows: Iterable[tuple[str, Row]]) -> bytes:
    """What these rows of one record say, table by table."""
    by_table: dict[str, bytes] = {}
    for table, row in rows:
        # When it was registered is no part of a fact's digest, but tells those apart that the source has replaced.
        told = row[_DIGEST] if row[_REPLACED] is None else blake2b(row[_DIGEST] + row[_FACT].encode()).digest()
        by_table[table] = by_table.get(table, b"") + told[:_EACH]
    return b"".join([_MARKS[table] + len(told).to_bytes(_MANY) + told for table, told in by_table.items()])


def differing(before: bytes, now: bytes) -> set[str]:
    """The tables in which what was said before is not what is said now."""
    former, present = dict(_parts(before)), dict(_parts(now))
    return {table for mark, table in _TABLES.items() if former.get(mark) != present.get(mark)}


def _parts(told: bytes) -> Iterable[tuple[bytes, bytes]]:
    at = 0
    while at < len(told):
        begin = at + _MARK + _MANY
        end = begin + int.from_bytes(told[at + _MARK : begin])
        yield told[at : at + _MARK], told[begin:end]
        at = end


__all__ = ["differing", "said"]
