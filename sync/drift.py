"""Drift: fields of a stream that are new, gone, renamed or of another type, noticed after a whole read (ADR 0033)."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from difflib import SequenceMatcher
from typing import Any, NamedTuple

from connectors.contract import Shape, Stream
from helhed.private import mask
from sync.database import Connection, all_rows
from sync.fields import FieldSample, parent_of
from sync.runs import Counts

LEARNT = 20
"""Sampled records before anything is usual."""
NEARLY_ALL = 0.98
"""Share of the records in which a field is usual, so that its absence says something."""
ABSENT = 10
"""Sampled records in a row without a usual field, before it is missing."""
QUIET = timedelta(days=7)
"""After so long an unknown field of a stream that does not hand over everything has gone again."""

_SEEN = "select field, version, seen, of, types, absent, absent_since from field_seen where source = %s and stream = %s"
_OPEN = (
    "select field, kind, became, last_seen from drift where source = %s and stream = %s and closed is null for update"
)
_LEARN = """
    insert into field_seen (source, stream, field, version, seen, of, types, absent, absent_since)
    values (%s, %s, %s, %s, %s, %s, %s, %s, %s)
    on conflict (source, stream, field) do update set version = excluded.version, seen = excluded.seen,
      of = excluded.of, types = excluded.types, absent = excluded.absent, absent_since = excluded.absent_since
"""
_SAY = """
    insert into drift (source, stream, field, kind, became, since, last_seen, records)
    values (%s, %s, %s, %s, %s, %s, %s, %s)
    on conflict (source, stream, field, kind) where closed is null do update
    set last_seen = excluded.last_seen, records = drift.records + excluded.records,
      became = coalesce(excluded.became, drift.became)
"""
_CLOSE = """
    update drift set closed = %s
    where source = %s and stream = %s and field = any(%s) and kind = any(%s) and closed is null
"""
GONE = ("missing", "renamed")


class Usual(NamedTuple):
    """How a field usually comes."""

    seen: int
    of: int
    types: frozenset[str]
    absent: int = 0
    absent_since: datetime | None = None

    @property
    def expected(self) -> bool:
        """Whether nearly all records have it."""
        return self.of >= LEARNT and self.seen >= NEARLY_ALL * self.of


class Found(NamedTuple):
    """One field that is not as it was."""

    field: str
    kind: str
    became: str | None
    records: int


def review(connection: Connection, source: str, stream: Stream[Any], counts: Counts, at: datetime) -> None:
    """Compare what a run read with what is usual; open, extend and close rows of `drift`, and learn. Commits."""
    where, sample = (source, stream.name), counts.fields
    if not sample.taken and not counts.unknown_fields:
        return
    with connection.transaction():
        open_now = {(f, k): (became, last) for f, k, became, last in all_rows(connection, _OPEN, where)}
        rows = all_rows(connection, _SEEN, where)
        if any(row[1] != stream.version for row in rows):
            # A new translation knows the record as it is now.
            connection.execute("delete from field_seen where source = %s and stream = %s", where)
            connection.execute(_CLOSE, (at, *where, [f for f, _ in open_now], [*GONE, "retyped"]))
            rows, open_now = [], {pair: said for pair, said in open_now.items() if pair[1] == "unknown"}
        usual = {f: Usual(seen, of, frozenset(types), absent, since) for f, _, seen, of, types, absent, since in rows}
        learnt, found, mended = compare(usual, sample, stream.partial)
        found = [_as_object(row, usual, counts) for row in found]
        found, unknown = _renamed(found, counts, {f: became for (f, k), (became, _) in open_now.items() if k in GONE})
        found += unknown
        _learn(connection, where, stream.version, {f: row for f, row in learnt.items() if row != usual.get(f)}, at)
        for field, kind, became, records in found:
            connection.execute(_SAY, (*where, mask(field), kind, became, at, at, records))
        connection.execute(_CLOSE, (at, *where, [f for f, k in mended if k in GONE], list(GONE)))
        connection.execute(_CLOSE, (at, *where, [f for f, k in mended if k == "retyped"], ["retyped"]))
        said = {row.field for row in unknown}
        whole = stream.shape is Shape.LISTED and counts.state in ("succeeded", "held")
        over = [
            field for (field, kind), (_, last) in open_now.items()
            if kind == "unknown" and field not in said and (whole or field in sample.seen or at - last > QUIET)
        ]  # fmt: skip
        connection.execute(_CLOSE, (at, *where, over, ["unknown"]))


def compare(
    usual: dict[str, Usual], sample: FieldSample, partial: bool = False
) -> tuple[dict[str, Usual], list[Found], list[tuple[str, str]]]:
    """What is usual after this sample, the fields that are missing or of another type, and those that are mended.

    A field is measured against the records that have what it stands in. One that is missing is not unlearnt, nor is
    a type that changed: both are over when the field comes again as it did.
    """
    learnt, found, mended = dict(usual), list[Found](), list[tuple[str, str]]()
    scale = sample.read / max(1, sample.taken)
    for field, was in usual.items():
        of, seen = sample.of[parent_of(field)], sample.seen[field]
        if seen:
            mended.append((field, "missing"))
            types = frozenset(sample.types[field])
            other = types - was.types
            if was.seen >= LEARNT and other and (not sample.soap or not types & was.types):
                became = f"{', '.join(sorted(was.types))} -> {', '.join(sorted(other))}"
                many = max(sample.types[field][name] for name in other)
                found.append(Found(field, "retyped", became, round(many * scale)))
                learnt[field] = was._replace(absent=0, absent_since=None)
            else:
                mended.append((field, "retyped"))
                learnt[field] = Usual(was.seen + seen, was.of + of, was.types | types)
        elif of and was.expected and not partial:
            absent = was.absent + of
            learnt[field] = was._replace(absent=absent)
            if absent >= ABSENT:
                found.append(Found(field, "missing", None, round((absent if was.absent < ABSENT else of) * scale)))
        elif of:
            learnt[field] = was._replace(of=was.of + of)
    for field, seen in sample.seen.items():
        if field not in usual:
            learnt[field] = Usual(seen, max(seen, sample.of[parent_of(field)]), frozenset(sample.types[field]))
    return learnt, found, mended


def _as_object(row: Found, usual: dict[str, Usual], counts: Counts) -> Found:
    """A field that is missing while unknown ones stand in it has become an object, of which the door kept nothing."""
    if row.kind == "missing" and any(parent_of(name) == row.field for name in counts.unknown_fields):
        return row._replace(kind="retyped", became=f"{', '.join(sorted(usual[row.field].types))} -> object")
    return row


def _renamed(found: list[Found], counts: Counts, gone: dict[str, str | None]) -> tuple[list[Found], list[Found]]:
    """Pair what went missing with what came unknown in the same object, the most alike first; and the rest unknown."""
    unknown = {mask(name): many for name, many in counts.unknown_fields.items()}
    objects = {row.field for row in found if row.kind == "retyped"}
    taken = {became for became in gone.values() if became} | {name for name in unknown if parent_of(name) in objects}
    named: dict[str, str] = {f: became for f, became in gone.items() if became}
    fresh = [row.field for row in found if row.kind == "missing" and row.field not in gone]
    pairs = [
        (SequenceMatcher(None, field.lower(), name.lower()).ratio(), field, name)
        for field in fresh for name in unknown
        if name not in taken and parent_of(field) == parent_of(name)
    ]  # fmt: skip
    for _, field, name in sorted(pairs, reverse=True):
        if field not in named and name not in taken:
            named[field] = name
            taken.add(name)
    rows = [
        row._replace(kind="renamed", became=named[row.field]) if row.kind == "missing" and row.field in named else row
        for row in found
    ]
    return rows, [Found(name, "unknown", None, many) for name, many in unknown.items() if name not in taken]


def _learn(connection: Connection, where: tuple[str, str], version: int, rows: dict[str, Usual], at: datetime) -> None:
    values: Iterable[tuple[Any, ...]] = [
        (*where, field, version, row.seen, row.of, sorted(row.types), row.absent,
         (row.absent_since or at) if row.absent else None)
        for field, row in rows.items()
    ]  # fmt: skip
    if rows:
        with connection.cursor() as cursor:
            cursor.executemany(_LEARN, values)
