"""Models and migrations say the same, and the roles may do what they should and no more."""

import subprocess

import psycopg
import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlmodel import SQLModel

from canonical_model import store as door
from canonical_model import tables
from helhed import database

CLOSED = ("landed", "quarantine", "worklist", "inbox", "vandmaerke", "gone", "field_seen", "refreshed")
KEPT = ("opslag", "opslagsblok", "deletion_approval", "erasure")
"""What even sync cannot delete from."""


def _schema(url: str) -> str:
    """The schema as pg_dump writes it, without the random words newer versions put in."""
    dump = database.binaries() / "pg_dump"
    address = url.replace("+psycopg", "")
    text = subprocess.run([dump, "--schema-only", address], capture_output=True, text=True, check=True).stdout
    return "\n".join(line for line in text.splitlines() if not line.startswith("\\"))


def test_models_and_migrations_agree(store: dict[str, str]) -> None:
    with door.engine("owner").connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, SQLModel.metadata) == []


def test_every_index_of_the_models_is_in_the_store(store: dict[str, str]) -> None:
    wanted = {index.name for table in SQLModel.metadata.tables.values() for index in table.indexes}
    with door.connect("owner") as connection:
        there = {row[0] for row in connection.execute("select indexname from pg_indexes where schemaname = 'public'")}
    assert wanted <= there
    assert {f"{name}_aktuel" for name in tables.FACT_TABLES} <= there


def test_up_down_up_ends_where_it_began(store: dict[str, str]) -> None:
    before = _schema(store["owner"])
    door.run_alembic(lambda config: command.downgrade(config, "base"))
    assert "CREATE TABLE public.person" not in _schema(store["owner"])
    door.migrate()
    assert _schema(store["owner"]) == before


@pytest.mark.parametrize("table", CLOSED)
def test_the_view_cannot_read_what_came_in(store: dict[str, str], table: str) -> None:
    with door.connect("view") as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
        connection.execute(f"select 1 from {table}")


@pytest.mark.parametrize("role", ["view", "sync"])
@pytest.mark.parametrize("statement", ["update opslag set formaal = ''", "delete from opslag", "truncate opslag"])
def test_the_log_is_append_only(store: dict[str, str], role: door.Role, statement: str) -> None:
    with door.connect(role) as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
        connection.execute(statement)


def test_the_view_reads_the_words_and_writes_the_log(store: dict[str, str]) -> None:
    with door.connect("view") as connection:
        for table in sorted({*SQLModel.metadata.tables} - {*CLOSED}):
            connection.execute(f"select * from {table} limit 0")
        connection.execute(
            "insert into opslag (uid, tid, bruger, brugernavn, enhed, handling, objekter, formaal, kanal, resultat,"
            " hidden) values (gen_random_uuid(), now(), gen_random_uuid(), '', '', 'open', 0, '', 'web', 'shown', 0)"
        )
        connection.execute(
            "insert into anmodning (uid, slags, objekt, bruger, formaal, noegle, oprettet)"
            " values (gen_random_uuid(), 'hent_igen', gen_random_uuid(), gen_random_uuid(), '', 'a', now())"
        )
    with door.connect("view") as connection:
        for table in tables.FACT_TABLES:
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute(f"delete from {table}")
            connection.rollback()


def test_sync_writes_everything_else_and_seals(store: dict[str, str]) -> None:
    with door.connect("sync") as connection:
        for table in sorted({*SQLModel.metadata.tables} - {*KEPT}):
            connection.execute(f"delete from {table} where false")
        connection.execute("insert into opslagsblok (fra, til, lukket, forrige, digest) values (1, 2, now(), '', '')")
        connection.execute("create temporary table arrived (like person including defaults) on commit drop")
        connection.execute("analyze arrived")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("create table more (id int)")


def test_none_of_the_roles_is_a_superuser(store: dict[str, str]) -> None:
    with door.connect("owner") as connection:
        rows = connection.execute(
            "select rolname from pg_roles where rolname like 'helhed_%' and rolname <> 'helhed_admin'"
            " and (rolsuper or rolcreaterole or rolcreatedb or rolbypassrls)"
        ).fetchall()
    assert rows == []


def test_the_view_asks_but_never_answers(store: dict[str, str]) -> None:
    """What became of a request is written by the worker alone."""
    for statement in (
        "update anmodning set tilstand = 'succeeded'",
        "delete from anmodning",
        "insert into anmodning (uid, slags, objekt, bruger, formaal, noegle, oprettet, svar)"
        " values (gen_random_uuid(), 'hent_igen', gen_random_uuid(), gen_random_uuid(), '', 'a', now(), '{}')",
    ):
        with door.connect("view") as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute(statement)
