"""How the view reads: one snapshot a page, as role `view`, and facts as the hub knew them."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, TypeAlias
from uuid import UUID

from sqlalchemy import Connection, text

from canonical_model.store import engine
from canonical_model.tables import FACT_TABLES
from caseworker.tid import Tid

Row: TypeAlias = Mapping[str, Any]


@contextmanager
def reading() -> Iterator[Connection]:
    """A connection whose statements all see the same moment, and can write nothing."""
    options = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
    with engine("view").connect().execution_options(**options) as connection:
        yield connection


def rows(connection: Connection, sql: str, params: Mapping[str, Any]) -> list[Row]:
    """The rows of a statement as mappings."""
    return [dict(row) for row in connection.execute(text(sql), dict(params)).mappings()]


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


def is_true(row: Row, tid: Tid) -> bool:
    """Whether a fact's virkning contains tid.sand."""
    fra, til = row["virkning_fra"], row["virkning_til"]
    return (fra is None or fra <= tid.sand) and (til is None or til > tid.sand)
