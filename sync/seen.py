"""What a complete read has met: in tables of the connection's own, since a stream has more than memory holds."""

from collections.abc import Iterable

from sync.database import Connection

TABLES = """
    create temp table if not exists deletion_seen (key text) on commit preserve rows;
    create temp table if not exists deletion_left (sent bytea) on commit preserve rows;
    truncate deletion_seen, deletion_left
"""
FROM_CHUNK = "insert into deletion_seen select key from land_sent"
"""Those of the chunk that is being looked at (sync.known)."""


def begin(connection: Connection) -> None:
    """None yet."""
    connection.execute(TABLES)


def add(connection: Connection, keys: Iterable[str]) -> None:
    """These too."""
    with connection.cursor().copy("copy deletion_seen from stdin (format binary)") as copy:
        copy.set_types(["text"])
        for key in keys:
            copy.write_row((key,))


def leave(connection: Connection, digests: Iterable[bytes]) -> None:
    """Nothing came in the bytes of these (sync.standing); what stood under the others came."""
    with connection.cursor().copy("copy deletion_left from stdin (format binary)") as copy:
        copy.set_types(["bytea"])
        for digest in digests:
            copy.write_row((digest,))
    connection.execute("analyze deletion_left")
