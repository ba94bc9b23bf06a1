"""Rows packed as COPY takes them before it is known when the store comes to know them (ADR 0124)."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from io import BytesIO
from struct import pack
from typing import Any

from psycopg import Copy
from psycopg.copy import FileWriter

from sync.database import Connection

_LEAD = {"source": "text", "stream": "text"}
_SOME_TIME = datetime(1, 1, 1, tzinfo=UTC)
"""Stands in each row until the time is known. A lead with it occurs nowhere else: no text holds a NUL."""
_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
"""From which PostgreSQL counts (its manual, 53.2: microseconds in 8 bytes)."""


class Packed:
    """The rows of some tables, of one source and stream, that nothing in the store stands in the way of."""

    def __init__(self, connection: Connection, where: tuple[str, str]) -> None:
        """`connection` gives the types their form; nothing is sent over it."""
        self._connection, self._where = connection, where
        self._rows: dict[str, tuple[str, bytes]] = {}

    def add(self, table: str, known: str, columns: dict[str, str], rows: Iterable[tuple[Any, ...]]) -> None:
        """Pack rows of a table: its columns and their types, and the column `known` of the time that is not known yet.

        Raises what the driver raises for a value that fits no column.
        """
        columns, out, lead = _LEAD | {known: "timestamptz"} | columns, BytesIO(), (*self._where, _SOME_TIME)
        with Copy(self._connection.cursor(), binary=True, writer=FileWriter(out)) as copy:
            copy.set_types(list(columns.values()))
            for row in rows:
                copy.write_row(lead + row)
        self._rows[table] = f"copy {table} ({', '.join(columns)}) from stdin (format binary)", out.getvalue()

    def write(self, connection: Connection, at: datetime) -> None:
        """Copy them into their tables: known from `at` on."""
        before, then = self._lead(_SOME_TIME), self._lead(at)
        for statement, rows in self._rows.values():
            with connection.cursor().copy(statement) as copy:
                copy.write(rows.replace(before, then))

    @property
    def tables(self) -> set[str]:
        """Those that have rows."""
        return set(self._rows)

    def _lead(self, at: datetime) -> bytes:
        """What each row begins with: each value after its length."""
        since = pack("!q", (at - _EPOCH) // timedelta(microseconds=1))
        return b"".join(pack("!i", len(value)) + value for value in (*map(str.encode, self._where), since))
