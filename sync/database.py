"""The raw connection that loading uses: every transaction is a block that says so, and rows are plain tuples."""

from collections.abc import Sequence
from typing import Any, TypeAlias

import psycopg
from psycopg.types.string import BytesBinaryDumper

from canonical_model import store

Connection: TypeAlias = psycopg.Connection[tuple[Any, ...]]

STEADY = "; ".join(
    f"set local {setting} = off" for setting in ("enable_seqscan", "enable_hashjoin", "enable_mergejoin", "jit")
)
"""Loading always goes by index, whatever the statistics of a table that is being filled say (a test explains it)."""


_VANISHED = """
    set tcp_keepalives_idle = 20; set tcp_keepalives_interval = 10; set tcp_keepalives_count = 3
"""


def connect() -> Connection:
    """A connection as helhed_sync. Statements outside a transaction block commit at once."""
    connection: Connection = store.connect("sync")
    connection.autocommit = True
    # Should this machine vanish without a word, the database lets go of its locks within a minute, not in two hours.
    connection.execute(_VANISHED)
    # The driver's own choice for bytes looks at each of them twice, for the wrapper that the DB-API has.
    connection.adapters.register_dumper(bytes, BytesBinaryDumper)
    return connection


def all_rows(
    connection: Connection, statement: str, values: Sequence[Any] | dict[str, Any] = ()
) -> list[tuple[Any, ...]]:
    """Every row of a query that has values in it, never an outer text; numbers come as binary."""
    return connection.cursor(binary=True).execute(statement, values).fetchall()


def one_value(connection: Connection, statement: str, values: Sequence[Any] | dict[str, Any] = ()) -> Any:
    """The first value of the first row; None when there is no row."""
    row = connection.execute(statement, values).fetchone()
    return row[0] if row else None
