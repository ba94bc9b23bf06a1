"""Consolidate: one narrow Personopslag row a person for search, set-based and from its own watermark (decision 10)."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from helhed.settings import now
from sync.consolidated import ADDRESSES, FLAGS, NAMED, NAMES, NUMBERED, REMOVE, THESE, TOUCHED, WRITE
from sync.database import Connection, connect, one_value

MARK = "personopslag"
"""Name of the watermark."""
_ALONE = "select pg_advisory_xact_lock(hashtext('helhed consolidation'))"


def consolidate(full: bool = False) -> dict[str, int]:
    """Write Personopslag for every person touched since the watermark; how many were looked at, written and removed.

    Touched: a fact of theirs came or left, a number was joined, a fact's virkning began or ended meanwhile, or the
    rules of precedence changed. A row that would be as it was is not written. `full` looks at everybody.
    """
    with connect() as connection, connection.transaction():
        connection.execute(_ALONE)
        until = _settled()
        since = one_value(connection, "select tid from vandmaerke where navn = %s", (MARK,))
        everybody = full or since is None or until < since or _rules_changed(connection, since)
        values = {"now": until, "since": since or until, "everybody": everybody}
        connection.execute("set local jit = off")
        looked_at = 0
        for statement in (NUMBERED, TOUCHED):
            looked_at = connection.execute(statement, values).rowcount
            connection.execute(f"analyze {'cons_uuid' if statement is NUMBERED else 'cons_person'}")
        written, removed = _write(connection, values)
        connection.execute(
            "insert into vandmaerke (navn, tid) values (%s, %s) on conflict (navn) do update set tid = excluded.tid",
            (MARK, until),
        )
    return {"persons": looked_at, "written": written, "removed": removed}


def consolidate_persons(persons: Sequence[UUID]) -> int:
    """Write Personopslag for these persons alone, whatever the watermark says, and leave it; how many were written."""
    if not persons:
        return 0
    with connect() as connection, connection.transaction():
        connection.execute(_ALONE)
        connection.execute("set local jit = off")
        connection.execute(NAMED, {"persons": list(persons)})
        connection.execute(THESE)
        return _write(connection, {"now": now()})[0]


def _write(connection: Connection, values: dict[str, Any]) -> tuple[int, int]:
    for statement in (NAMES, ADDRESSES, FLAGS):
        connection.execute(statement, values)
    return connection.execute(WRITE, values).rowcount, connection.execute(REMOVE, values).rowcount


def _settled() -> datetime:
    """An instant that no chunk in flight is older than: later ones read their clock after us."""
    with connect() as connection, connection.transaction():
        connection.execute("select pg_advisory_xact_lock(hashtext('helhed chunk'))")
        return now()


def _rules_changed(connection: Connection, since: datetime) -> bool:
    return bool(
        one_value(
            connection,
            "select exists (select 1 from praecedens where kendt_fra >= %(at)s or kendt_til >= %(at)s)",
            {"at": since},
        )
    )
