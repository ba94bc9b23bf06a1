"""Which keys a complete read has met: in a table of the connection's own, since a stream has more than memory holds."""

from collections.abc import Iterable

from sync.database import Connection

TABLE = "create temp table if not exists deletion_seen (key text) on commit preserve rows"
FROM_CHUNK = "insert into deletion_seen select key from land_sent"
"""Those of the chunk that is being looked at (sync.known)."""


def begin(connection: Connection) -> None:
    """None yet."""
    connection.execute(TABLE)
    connection.execute("truncate deletion_seen")


def add(connection: Connection, keys: Iterable[str]) -> None:
    """These too."""
    with connection.cursor().copy("copy deletion_seen from stdin (format binary)") as copy:
        copy.set_types(["text"])
        for key in keys:
            copy.write_row((key,))
