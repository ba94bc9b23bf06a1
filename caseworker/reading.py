"""How the view reads: one snapshot a page, as role `view`, and facts as the hub knew them."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from functools import cache, lru_cache
from typing import Any, TypeAlias
from uuid import UUID

import psycopg
import sqlalchemy
from psycopg import IsolationLevel, RawCursor
from psycopg.rows import dict_row
from sqlalchemy.dialects import postgresql

from canonical_model.store import engine
from canonical_model.tables import FACT_TABLES
from caseworker.tid import Tid

Connection: TypeAlias = psycopg.Connection[Any]
"""Straight to the driver: a page is many small statements, and what stands between costs more than they do."""
Row: TypeAlias = Mapping[str, Any]
DIALECT = postgresql.dialect(paramstyle="numeric_dollar")  # type: ignore[no-untyped-call]


@contextmanager
def reading() -> Iterator[Connection]:
    """A connection whose statements all see the same moment, and can write nothing."""
    with _pooled() as connection:
        try:
            connection.isolation_level, connection.read_only = IsolationLevel.REPEATABLE_READ, True
            yield connection
            connection.commit()  # not rolled back: after that the driver would have every statement planned again
        finally:
            try:
                connection.rollback()
                connection.isolation_level = connection.read_only = None
            except psycopg.Error:
                connection.close()  # the pool throws it away


@contextmanager
def writing() -> Iterator[Connection]:
    """A connection whose statements are committed together when all went well."""
    with _pooled() as connection:
        yield connection
        connection.commit()


@contextmanager
def _pooled() -> Iterator[Connection]:
    """The driver's connection behind one of the view's pool, without what SQLAlchemy would put around it."""
    with closing(engine("view").raw_connection()) as pooled:
        found = pooled.driver_connection
        assert isinstance(found, psycopg.Connection)
        yield found


def rows(connection: Connection, sql: str, params: Mapping[str, Any]) -> list[Row]:
    """The rows of a statement as mappings. Parameters are named as in `:kendt`."""
    text, names = _numbered(sql)
    with RawCursor(connection, row_factory=dict_row) as cursor:
        return list(cursor.execute(text, [params[name] for name in names], prepare=True).fetchall())


def write(connection: Connection, sql: str, params: Mapping[str, Any]) -> None:
    """Run a statement that gives no rows."""
    text, names = _numbered(sql)
    with RawCursor(connection) as cursor:
        cursor.execute(text, [params[name] for name in names])


@lru_cache(maxsize=1_000)
def _numbered(sql: str) -> tuple[bytes, list[str]]:
    """The statement as the server takes it, and the parameters in its order."""
    compiled = sqlalchemy.text(sql).compile(dialect=DIALECT)
    return str(compiled).encode(), compiled.positiontup or []


def known(alias: str) -> str:
    """SQL: the hub held the fact at :kendt, and the source had not replaced it in its own history."""
    return (
        f"({alias}.kendt_fra <= :kendt and ({alias}.kendt_til is null or {alias}.kendt_til > :kendt)"
        f" and {alias}.registreret_til is null)"
    )


def in_force(alias: str, at: str = "sand") -> str:
    """SQL: the fact's virkning contains the instant named by the parameter."""
    return (
        f"(({alias}.virkning_fra is null or {alias}.virkning_fra <= :{at})"
        f" and ({alias}.virkning_til is null or {alias}.virkning_til > :{at}))"
    )


def facts(
    connection: Connection,
    table: str,
    ids: Iterable[UUID] | Iterable[str],
    tid: Tid,
    column: str = "objekt",
    limit: int | None = None,
) -> list[Row]:
    """All facts of a table known at tid.kendt whose column is one of ids, whatever their virkning, oldest first."""
    assert table in FACT_TABLES and column in FACT_TABLES[table].model_fields
    wanted = list(ids)
    if not wanted:
        return []
    sql = (
        f"select t.* from {table} t where t.{column} = any(:ids) and {known('t')}"
        " order by t.virkning_fra nulls first, t.registreret nulls first, t.id"
    )
    return rows(connection, sql + (f" limit {limit}" if limit else ""), {"ids": wanted, **tid.params()})


def facts_of(
    connection: Connection, tables: tuple[str, ...], ids: Iterable[UUID], tid: Tid, column: str = "objekt"
) -> dict[str, list[Row]]:
    """What `facts` gives, of several tables in one statement; a row has the columns of all of them."""
    found: dict[str, list[Row]] = {table: [] for table in tables}
    wanted = list(ids)
    if wanted:
        for row in rows(connection, _together(tables, column), {"ids": wanted, **tid.params()}):
            found[row["tabel"]].append(row)
    return found


@cache
def _together(tables: tuple[str, ...], column: str) -> str:
    columns: dict[str, str] = {}
    for table in tables:
        for name, found in FACT_TABLES[table].__table__.columns.items():  # type: ignore[attr-defined]
            columns.setdefault(name, found.type.compile(dialect=DIALECT))
    parts = []
    for table in tables:
        own = FACT_TABLES[table].model_fields
        said = ", ".join(f"t.{n}" if n in own else f"cast(null as {columns[n]}) as {n}" for n in columns)
        parts.append(f"select '{table}' as tabel, {said} from {table} t where t.{column} = any(:ids) and {known('t')}")
    order = [1 + list(columns).index(name) + 1 for name in ("virkning_fra", "registreret", "id")]
    return " union all ".join(parts) + f" order by {order[0]} nulls first, {order[1]} nulls first, {order[2]}"


def is_true(row: Row, tid: Tid) -> bool:
    """Whether a fact's virkning contains tid.sand."""
    fra, til = row["virkning_fra"], row["virkning_til"]
    return (fra is None or fra <= tid.sand) and (til is None or til > tid.sand)
