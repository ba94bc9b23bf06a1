"""What a record says, in a few bytes a fact: of one that changed, only the tables that say something else are asked."""

from collections.abc import Iterable
from hashlib import blake2b

from canonical_model.tables import FACT_TABLES
from sync.layout import Row
from sync.rows import LEAD

_FORM = b"\1"
"""Another one when what follows is written in another way."""
_VERSION, _MARK, _MANY, _EACH = 4, 2, 4, 8
"""Bytes of the version; then of a table, of how long its facts are, and of each of them and of the record's digest."""
_MARKS = {table: blake2b(table.encode(), digest_size=_MARK).digest() for table in FACT_TABLES}
_TABLES = {mark: table for table, mark in _MARKS.items()}
_FACT, _DIGEST, _REPLACED = map(LEAD.index, ("fact", "digest", "registreret_til"))


def said(version: int, digest: bytes, rows: Iterable[tuple[str, Row]]) -> bytes:
    """What these rows of one record say, table by table, behind what it is true of: this translation's version, and
    the record of this digest."""
    by_table: dict[str, bytes] = {}
    for table, row in rows:
        # When it was registered is no part of a fact's digest, but tells those apart that the source has replaced.
        told = row[_DIGEST] if row[_REPLACED] is None else blake2b(row[_DIGEST] + row[_FACT].encode()).digest()
        by_table[table] = by_table.get(table, b"") + told[:_EACH]
    told_of = [_MARKS[table] + len(told).to_bytes(_MANY) + told for table, told in by_table.items()]
    return _begin(version, digest) + b"".join(told_of)


def differing(before: bytes | None, version: int, digest: bytes | None, now: bytes) -> set[str] | None:
    """The tables in which what was said before is not what is said now; None when that is not known.

    It is not when what was said is not of the record that is landed under this `digest`: somebody landed it who did not
    write down what it says. Nor is it of another version of the translation, which so mends what was lost.
    """
    if before is None or digest is None or not before.startswith(_begin(version, digest)):
        return None
    former, present = dict(_parts(before)), dict(_parts(now))
    return {table for mark, table in _TABLES.items() if former.get(mark) != present.get(mark)}


def _begin(version: int, digest: bytes) -> bytes:
    return _FORM + version.to_bytes(_VERSION) + digest[:_EACH]


def _parts(told: bytes) -> Iterable[tuple[bytes, bytes]]:
    at = len(_FORM) + _VERSION + _EACH
    while at < len(told):
        begin = at + _MARK + _MANY
        end = begin + int.from_bytes(told[at + _MARK : begin])
        yield told[at : at + _MARK], told[begin:end]
        at = end


__all__ = ["differing", "said"]
