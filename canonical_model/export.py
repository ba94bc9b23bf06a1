"""The canonical content as lines of JSON that two databases can be compared by (decision 18).

Every id that the hub gave at random is replaced by what it was given for: the smallest national number of the
person or company, or source, kind and key. Hub times, run ids, serial ids, the log and Anmodning are left out;
that a row is no longer known stays, as `lukket`. The lines hold national numbers: they go to nobody's log.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from uuid import UUID

import psycopg
from psycopg import sql
from sqlalchemy import Table, Uuid

from canonical_model.store import connect
from canonical_model.tables import FACT_TABLES

BATCH = 5_000
"""Lines fetched at a time."""

LEFT_OUT = frozenset({"id", "digest", "kendt_fra", "kendt_til"})
"""Columns that say how and when the hub came to a row, not what the row says."""

# Persons that ever shared a number are one person, so the smallest number is taken over all of them.
GIVEN = """
create temporary table given on commit drop as
    select objekt, min(art || ':' || nummer collate "C") as name from identitet group by objekt;
create unique index on pg_temp.given (objekt);
do $$
begin
    loop
        update pg_temp.given g set name = least.name
        from (
            select mine.objekt, min(theirs.name collate "C") as name
            from identitet mine
            join identitet shared on (shared.art, shared.nummer) = (mine.art, mine.nummer)
            join pg_temp.given theirs on theirs.objekt = shared.objekt
            group by mine.objekt
        ) least
        where least.objekt = g.objekt and least.name collate "C" < g.name collate "C";
        exit when not found;
    end loop;
end $$;
create function pg_temp.named(words text) returns text language plpgsql stable as $$
declare
    seen text;
    told text;
begin
    if words !~ '[0-9a-f]{8}-' then
        return words;
    end if;
    if words ~ '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/[^-]*$' then
        select name into told from pg_temp.given where objekt = left(words, 36)::uuid;
        return case when found then told || substr(words, 37) else words end;
    end if;
    for seen in
        select distinct m[1]
        from regexp_matches(words, '([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})', 'g') m
    loop
        select name into told from pg_temp.given where objekt = seen::uuid;
        if found then
            words := replace(words, seen, told);
        end if;
    end loop;
    return words;
end $$;
insert into pg_temp.given
    select objekt, source || '/' || art || '/' || pg_temp.named(key) from objekt
    on conflict (objekt) do nothing;
analyze pg_temp.given;
"""

IDENTITET = """
select jsonb_build_object(
    'art', t.art, 'nummer', t.nummer, 'objekt', g.name, 'virkning_fra', t.virkning_fra,
    'virkning_til', t.virkning_til, 'lukket', t.kendt_til is not null)::text
from identitet t join pg_temp.given g using (objekt)
"""

OBJEKT = """
select jsonb_build_object('source', source, 'art', art, 'key', pg_temp.named(key))::text from objekt
"""


@dataclass(frozen=True)
class Digest:
    """What the content hashes to, in all and table by table."""

    sha256: str
    rows: int
    tables: dict[str, str] = field(default_factory=dict)
    """Digest of each table that has rows, to find where two databases part."""


def lines(current: bool = False) -> Iterator[tuple[str, str]]:
    """Table and line of JSON, in an order that the content alone decides; one snapshot of the database.

    `current`: only what is known now, without the times of registration.
    """
    with connect("sync") as connection:
        connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        connection.execute(GIVEN)
        for name, statement in _statements(current):
            with connection.cursor(name="export") as cursor:
                cursor.itersize = BATCH
                cursor.execute(statement)
                for row in cursor:
                    yield name, str(row[0])
        connection.rollback()


def digest(current: bool = False) -> Digest:
    """The hash of all lines. Two databases with the same content have the same, whatever ids they gave."""
    whole, rows, tables = hashlib.sha256(), 0, dict[str, "hashlib._Hash"]()
    for name, line in lines(current):
        said = f"{name} {line}\n".encode()
        whole.update(said)
        tables.setdefault(name, hashlib.sha256()).update(said)
        rows += 1
    return Digest(whole.hexdigest(), rows, {name: part.hexdigest() for name, part in tables.items()})


def _statements(current: bool) -> Iterator[tuple[str, sql.Composed]]:
    yield "identitet", _ordered(sql.SQL(IDENTITET + (" where t.kendt_til is null" if current else "")))
    if not current:
        yield "objekt", _ordered(sql.SQL(OBJEKT))
    for name in sorted(FACT_TABLES):
        yield name, _ordered(_facts(name, current))


def _facts(name: str, current: bool) -> sql.Composed:
    """Select the rows of one table of facts, each as one JSON text without its empty columns."""
    table: Table = FACT_TABLES[name].__table__  # type: ignore[attr-defined]
    values: list[sql.Composable] = []
    joins: list[sql.Composable] = []
    for column in table.columns:
        here = sql.Identifier("t", column.name)
        if column.name in LEFT_OUT or (current and column.name == "sts_tidspunkt"):
            continue
        value: sql.Composable = here
        if column.name in ("key", "fact"):
            value = sql.SQL("pg_temp.named({})").format(here)
        elif isinstance(column.type, Uuid) or column.type.python_type is UUID:
            given = sql.Identifier(f"given_{column.name}")
            joins.append(sql.SQL(" left join pg_temp.given {} on {}.objekt = {}").format(given, given, here))
            value = sql.SQL("coalesce({}.name, {}::text)").format(given, here)
        elif current and column.name == "registreret":
            value = sql.SQL("case when t.registreret_til is not null then {} end").format(here)
        values.append(sql.SQL("{}, {}").format(sql.Literal(column.name), value))
    if not current:
        values.append(sql.SQL("'lukket', t.kendt_til is not null"))
    return sql.SQL("select jsonb_strip_nulls(jsonb_build_object({})) ::text from {} t{}{}").format(
        sql.SQL(", ").join(values),
        sql.Identifier(name),
        sql.SQL("").join(joins),
        sql.SQL(" where t.kendt_til is null" if current else ""),
    )


def _ordered(statement: sql.Composable) -> sql.Composed:
    # Without offset 0 the planner makes each line twice, once to sort by and once to give.
    return sql.SQL('select line from ({} offset 0) as said (line) order by line collate "C"').format(statement)
