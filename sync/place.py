"""Place: drafts become facts. What a record no longer says is closed, what it newly says inserted, a set at a time."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from itertools import chain
from typing import Any, TypeAlias
from uuid import UUID

from canonical_model.draft import Draft, Nummer
from canonical_model.drafts.person import IdentitetDraft
from canonical_model.tables import FACT_TABLES
from connectors.errors import RecordError
from sync.database import STEADY, Connection, all_rows
from sync.identity import join_persons
from sync.layout import Row, layout
from sync.resolve import Resolved, resolve
from sync.rows import Former, columns_of, named, rows_of

Staged: TypeAlias = dict[str, list[tuple[str, Row]]]
"""Keys of records to their rows, each with its table."""
_ByTable: TypeAlias = dict[str, list[Row]]
Looked: TypeAlias = Collection[str] | None
"""Tables in which a record may say something else than it said; None: in any."""
_Place: TypeAlias = tuple[str, str | None]
"""Key of a record, and a table to look into; None: any."""

CLOSE = """
    update {table} set kendt_til = greatest(%(now)s, kendt_fra) where id = any (array (
      select o.id from place_keys k cross join lateral (
        select t.id, t.key, t.fact, t.digest from {table} t
        where t.source = %(source)s::text and t.stream = %(stream)s::text and t.key = k.key and t.kendt_til is null
        offset 0) o
      where (k.place is null or k.place = '{table}')
        and (k.whole or exists (select 1 from place_{table} p where p.key = k.key offset 0))
        and not exists (
          select 1 from place_{table} s where s.key = o.key and s.fact = o.fact and s.digest = o.digest offset 0)))
"""
INSERT = """
    insert into {table} (source, stream, kendt_fra, {columns})
    select %(source)s::text, %(stream)s::text, %(now)s, {columns} from place_{table} s
    where not exists (
      select 1 from {table} t where t.source = %(source)s::text and t.stream = %(stream)s::text and t.key = s.key
        and t.fact = s.fact and t.kendt_til is null offset 0)
"""
"""`offset 0` fences: each staged row looks its own facts up. A planner that thinks a table which is being filled still
empty would else read all of it for each staged row, and the second chunk would cost the square of the first."""
_KEPT = """
    select key, objekt, coalesce(withheld, '{{}}'), {columns} from {table}
    where source = %s and stream = %s and key = any(%s) and kendt_til is null and registreret_til is null
    order by virkning_fra nulls first, id
"""


class Placer:
    """Places the records of one stream; knows which tables the stream has facts in."""

    def __init__(self, connection: Connection, source: str, stream: str, partial: bool = False) -> None:
        self.connection, self.source, self.stream, self.partial = connection, source, stream, partial
        self.tables = _tables_of(connection, source, stream)

    def stage(
        self, records: Iterable[tuple[str, Sequence[Draft]]], now: datetime
    ) -> tuple[Staged, dict[str, RecordError]]:
        """Each record's rows, its references resolved and its persons joined; and those that cannot become rows.

        Must not be in a transaction.
        """
        items = list(records)
        refs, joins = named(chain.from_iterable(drafts for _, drafts in items))
        found = resolve(self.connection, self.source, refs, now)
        moved = join_persons(self.connection, self.source, joins, found)
        if moved:
            found = {ref: moved.get(u, u) if isinstance(ref, Nummer) else u for ref, u in found.items()}
        former = self._former(items, found) if self.partial else None
        staged: Staged = {}
        refused: dict[str, RecordError] = {}
        for key, drafts in items:
            try:
                staged[key] = rows_of(key, drafts, found, former)
            except RecordError as error:
                refused[key] = error
            except Exception as error:
                refused[key] = RecordError("translation", type(error).__name__)
        return staged, refused

    def write(self, staged: Staged, gone: Sequence[str], now: datetime, stood: Mapping[str, Looked]) -> None:
        """Make the store say what the staged records say, and nothing of those gone.

        Records that have not `stood` have nothing to close, and are copied straight in; of the others only those tables
        are looked into and written. Once in a transaction of its own, begun by the caller, who has made sure that
        nobody else lands the stream's records meanwhile.
        """
        first, again = _ByTable(), _ByTable()
        places: list[_Place] = [(key, None) for key in gone]
        for key, rows in staged.items():
            tables = stood.get(key)
            if key in stood:
                places += [(key, None)] if tables is None else [(key, table) for table in tables]
            into = again if key in stood else first
            for table, row in rows:
                if tables is None or table in tables:
                    into.setdefault(table, []).append(row)
        for table in sorted(first):
            _copy_in(self.connection, table, (self.source, self.stream, now), first[table])
        self.tables |= first.keys()
        if places:
            self._replace(again, places, set(gone), now)

    def _replace(self, by_table: _ByTable, places: Sequence[_Place], gone: set[str], now: datetime) -> None:
        """Close what records that stood before no longer say, and insert what they newly say."""
        self.tables |= by_table.keys()
        looked = {table for _, table in places}
        self.connection.execute(STEADY)
        self._stage_keys(places, gone)
        values = {"source": self.source, "stream": self.stream, "now": now}
        for table in sorted(self.tables if None in looked else self.tables & looked):
            rows = by_table.get(table, [])
            _copy(self.connection, table, rows)
            self.connection.execute(CLOSE.format(table=table), values)
            if rows:
                columns = ", ".join(columns_of(table))
                self.connection.execute(INSERT.format(table=table, columns=columns), values)

    def _stage_keys(self, places: Sequence[_Place], gone: set[str]) -> None:
        self.connection.execute(
            "create temp table if not exists place_keys (key text, place text, whole bool) on commit delete rows"
        )
        with self.connection.cursor().copy("copy place_keys from stdin (format binary)") as copy:
            copy.set_types(["text", "text", "bool"])
            for key, table in places:
                copy.write_row((key, table, not self.partial or key in gone))
        self.connection.execute("analyze place_keys")

    def _former(self, items: Sequence[tuple[str, Sequence[Draft]]], found: Resolved) -> Former:
        kept: dict[tuple[str, str, UUID, str], tuple[Sequence[Any], Sequence[str]]] = {}
        keys = [key for key, _ in items]
        for kind in {type(draft) for _, drafts in items for draft in drafts if not isinstance(draft, IdentitetDraft)}:
            plan = layout(kind)
            statement = _KEPT.format(table=plan.table, columns=", ".join(plan.domain))
            for key, objekt, withheld, *values in all_rows(
                self.connection, statement, (self.source, self.stream, keys)
            ):
                said = dict(zip(plan.domain, values, strict=True))
                stem = "|".join("" if said[name] is None else str(said[name]) for name in plan.keys)
                kept[plan.table, key, objekt, stem] = (values, withheld)
        return kept


def _tables_of(connection: Connection, source: str, stream: str) -> set[str]:
    parts = [
        f"select '{table}' where exists (select 1 from {table}"
        " where source = %(source)s::text and stream = %(stream)s::text"
        " and kendt_til is null)"
        for table in FACT_TABLES
    ]
    with connection.transaction():
        connection.execute(STEADY)
        rows = connection.execute(" union all ".join(parts), {"source": source, "stream": stream}).fetchall()
    return {str(row[0]) for row in rows}


def _copy_in(connection: Connection, table: str, lead: tuple[str, str, datetime], rows: Sequence[Row]) -> None:
    """Copy rows that nothing stands in the way of into their table."""
    columns = {"source": "text", "stream": "text", "kendt_fra": "timestamptz"} | columns_of(table)
    with connection.cursor().copy(f"copy {table} ({', '.join(columns)}) from stdin (format binary)") as copy:
        copy.set_types(list(columns.values()))
        for row in rows:
            copy.write_row(lead + row)


def _copy(connection: Connection, table: str, rows: Sequence[Row]) -> None:
    """Stage the rows in a temporary table that lives as long as the connection and empties at each commit."""
    types = columns_of(table)
    columns = ", ".join(types)
    connection.execute(
        f"create temp table if not exists place_{table} on commit delete rows"
        f" as select {columns} from {table} with no data"
    )
    connection.execute(f"create index if not exists place_{table}_fact on place_{table} (key, fact)")
    if not rows:
        return
    with connection.cursor().copy(f"copy place_{table} ({columns}) from stdin (format binary)") as copy:
        copy.set_types(list(types.values()))
        for row in rows:
            copy.write_row(row)
    connection.execute(f"analyze place_{table}")
