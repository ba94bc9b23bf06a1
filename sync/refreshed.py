"""Nights and refreshes of one stream at the same time: a slower, older answer is never put over a newer one.

A refresh (messages, one citizen) says which keys it reads before it asks, and holds the stream's lock until what it
read is in. A night clears those marks when it begins, holds the lock while it writes a chunk, and leaves every key that
has been marked since as it is: the refresh asked later than the night began, and perhaps later than the night asked.
What was left is put on the work list, to be read again.
"""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from typing import Any

import psycopg

from connectors.contract import Shape, Stream
from helhed.settings import now
from sync.database import Connection, all_rows
from sync.runs import BusyError

PATIENCE = 60
"""Seconds that a refresh waits for another of the same stream, or for a night to have written its chunk."""
AGAIN = "again"
"""Cause of a work list row: a night met the key in an answer that may be older than what the store holds."""

_NAME = "hashtextextended('helhed stream ' || %s::text || '/' || %s::text, 0)"
_MARK = "insert into refreshed (source, stream, key) select %s, %s, unnest(%s::text[]) on conflict do nothing"
_SINCE = """
    select key from refreshed where source = %s and stream = %s
      and coalesce(current_setting('helhed.refreshing', true), '') <> %s
"""
_AGAIN = """
    insert into worklist (source, stream, key, since, cause) select %s, %s, unnest(%s::text[]), %s, %s
    on conflict do nothing
"""


class Refreshed:
    """What a writer of one stream must know of the refreshes beside it."""

    def __init__(self, connection: Connection, source: str, stream: Stream[Any]) -> None:
        self.connection, self.where = connection, (source, stream.name)
        self.keyed, self.possible = stream.shape is Shape.KEYED, stream.read_one is not None

    def begin(self) -> None:
        """A night begins: it reads everything later than whatever has been refreshed until now."""
        with self.connection.transaction():
            self.lock()
            self.connection.execute("delete from refreshed where source = %s and stream = %s", self.where)

    @contextmanager
    def reading(self, keys: Collection[str]) -> Iterator[None]:
        """Read these keys alone and let it stand; BusyError when the stream is written by others for too long."""
        connection = self.connection
        connection.execute(f"set lock_timeout = '{PATIENCE}s'")
        try:
            connection.execute(f"select pg_advisory_lock({_NAME})", self.where)
        except psycopg.errors.LockNotAvailable:
            raise BusyError(f"{'/'.join(self.where)}: it is being written for too long; try again later.") from None
        finally:
            connection.execute("reset lock_timeout")
        try:
            connection.execute(_MARK, (*self.where, list(keys)))
            connection.execute("select set_config('helhed.refreshing', %s, false)", ("/".join(self.where),))
            yield
        finally:
            if not connection.closed and not connection.broken:
                connection.execute("reset helhed.refreshing")
                connection.execute(f"select pg_advisory_unlock({_NAME})", self.where)

    def lock(self) -> None:
        """Write alone until the transaction ends. Before the chunk's own lock, so that nobody waits for a vendor."""
        if self.possible:
            self.connection.execute(f"select pg_advisory_xact_lock({_NAME})", self.where)

    def since(self) -> set[str]:
        """Keys that others have refreshed since the night began, to be left alone; none for a refresh itself."""
        if not self.possible:
            return set()
        return {row[0] for row in all_rows(self.connection, _SINCE, (*self.where, "/".join(self.where)))}

    def of(self, key: str) -> str:
        """What a record of this key was asked for."""
        return key.rpartition("/")[0] if self.keyed else key

    def leave(self, keys: Collection[str]) -> None:
        """Put on the work list what the night has left as it was."""
        self.connection.execute(_AGAIN, (*self.where, sorted({self.of(key) for key in keys}), now(), AGAIN))
