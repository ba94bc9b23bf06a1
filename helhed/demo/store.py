"""The store for the demo: the embedded server, migrated, and the register filled in."""

from collections.abc import Callable

from helhed import database


def start(say: Callable[[str], None]) -> None:
    """Start the embedded PostgreSQL and bring the schema up to date."""
    from canonical_model.store import migrate

    say("PostgreSQL: starting the embedded server ...")
    database.up()
    migrate()
    say("PostgreSQL is up, the schema is migrated")


def stop() -> None:
    """Stop the embedded server."""
    database.down()
