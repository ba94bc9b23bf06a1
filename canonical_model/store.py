"""The door to the database: an engine or a raw connection for each role, and the schema brought up to date."""

import os
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Literal

import psycopg
from alembic import command
from alembic.config import Config
from sqlalchemy import Engine, create_engine
from sqlalchemy.exc import ProgrammingError

from canonical_model.pool import Rest
from helhed.settings import database_url

Role = Literal["owner", "sync", "view"]

MIGRATIONS = Path(__file__).parent / "migrations"
"""Alembic's folder."""
PLANNED_ONCE = "-c plan_cache_mode=force_generic_plan -c jit=off"
"""The view asks the same few statements again and again, and planning the predicate takes longer than running it."""


class StoreError(Exception):
    """The database cannot be reached or changed; the text is one line that says what to do."""


def engine(role: Role) -> Engine:
    """The SQLAlchemy engine of a role: one a process and address. Its errors do not carry parameters."""
    return _engine(database_url(role), role, os.getpid())


def connect(role: Role) -> psycopg.Connection[tuple[object, ...]]:
    """A raw psycopg connection of a role, for COPY and set-based statements; in UTC, not autocommitting."""
    return _connect(database_url(role), role)


def migrate(revision: str = "head") -> None:
    """Bring the schema to a revision, as helhed_owner. Two at once wait for each other."""
    run_alembic(lambda config: command.upgrade(config, revision))


def run_alembic(do: Callable[[Config], None]) -> None:
    """Run one Alembic command in one transaction of the owner, alone."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with engine("owner").begin() as connection:
        connection.exec_driver_sql("select pg_advisory_xact_lock(hashtext('helhed migrations'))")
        config.attributes["connection"] = connection
        try:
            do(config)
        except ProgrammingError as error:
            if getattr(error.orig, "sqlstate", "") == "42501":
                raise StoreError(
                    "The database refuses the migration: let a database administrator create the roles helhed_sync "
                    "and helhed_view, and make the user of HELHED_OWNER_DATABASE_URL the owner of the database."
                ) from None
            raise


@lru_cache
def _engine(url: str, role: Role, _process: int) -> Engine:
    made = create_engine(
        url, creator=lambda: _connect(url, role), hide_parameters=True, pool_size=20, max_overflow=20
    )  # fmt: skip
    Rest(made)
    return made


def _connect(url: str, role: Role) -> psycopg.Connection[tuple[object, ...]]:
    address = url.replace("postgresql+psycopg://", "postgresql://", 1)
    options = "-c timezone=UTC" + (f" {PLANNED_ONCE}" if role == "view" else "")
    try:
        found = psycopg.connect(address, connect_timeout=10, application_name=f"helhed {role}", options=options)
        if role == "view":
            found.prepared_max = None
        return found
    except psycopg.ProgrammingError:
        raise StoreError(f"The database address of role '{role}' cannot be read: postgresql+psycopg://...") from None
    except psycopg.OperationalError as error:
        refused = "password" in str(error) or "role" in str(error)
        remedy = (
            "the login is refused; check its user and password"
            if refused
            else "nothing answers; start the embedded server with 'helhed db up', or check the address"
        )
        raise StoreError(f"No database for role '{role}': {remedy}.") from None
