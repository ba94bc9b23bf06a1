"""Write: what a chunk brings, in one transaction: bodies, digests, quarantine, facts, and the cursor."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any, Generic, NamedTuple, TypeVar

from connectors.contract import Stream
from connectors.errors import RecordError
from helhed.private import mask
from helhed.settings import now
from sync.chunk import OPEN_CHUNK, Chunk, Item
from sync.database import Connection, all_rows
from sync.known import Arrived, stood
from sync.place import Looked, Placer, Staged
from sync.refreshed import Refreshed
from sync.said import differing, said
from sync.sealing import sealer, unseal

_NEW = """
    create temp table if not exists land_new
      (key text, owner uuid, body bytea, digest bytea, sent bytea, unknown text[], said bytea) on commit delete rows
"""
_LANDED = """
    insert into landed (source, stream, key, owner, digest, sent, unknown, said, body, landed)
    select %s, %s, key, owner, digest, sent, unknown, said, body, %s from land_new
    on conflict (source, stream, key) do update
    set owner = excluded.owner, digest = excluded.digest, sent = excluded.sent, unknown = excluded.unknown,
      said = excluded.said, body = excluded.body, landed = excluded.landed
"""
_LEAD = {"source": "text", "stream": "text", "landed": "timestamptz"}
LANDED = {
    "key": "text", "owner": "uuid", "body": "bytea", "digest": "bytea", "sent": "bytea", "unknown": "text[]",
    "said": "bytea",
}  # fmt: skip
"""Columns of landed after those and their types, as COPY is told of them."""
_RESENT = """
    update landed l set sent = n.sent, unknown = n.unknown from land_new n
    where l.source = %s and l.stream = %s and l.key = n.key and l.digest = n.digest
"""
_NEVER_SENT = "update landed set sent = null where source = %s and stream = %s and key = any(%s)"
"""What is parked must be looked at again in whatever bytes it comes."""
_PARKED = """
    insert into quarantine (source, stream, key, field, reason, since, body, owner)
    select %s, %s, key, field, reason, %s, body, owner
    from unnest(%s::text[], %s::text[], %s::text[], %s::bytea[], %s::uuid[]) as n(key, field, reason, body, owner)
    on conflict (source, stream, key) do update
    set field = excluded.field, reason = excluded.reason, body = excluded.body, owner = excluded.owner
"""
_PARKED_AS = "select key, field, reason, body from quarantine where source = %s and stream = %s and key = any(%s)"
_CLEARED = "delete from quarantine where source = %s and stream = %s and key = any(%s)"
_FORGET = "delete from landed where source = %s and stream = %s and key = any(%s)"
_CURSOR = "update stream_state set cursor = %s where source = %s and stream = %s"


Rows = TypeVar("Rows")


class Ready(NamedTuple, Generic[Rows]):
    """A chunk that needs no more than to be written."""

    chunk: Chunk
    came: Arrived
    rows: Rows
    refused: dict[str, RecordError]
    """Keys of those that go to quarantine, and why."""

    def __repr__(self) -> str:
        """Without what it says of anybody."""
        return f"Ready({len(self.chunk.items)} records)"


class Writer:
    """Writes the chunks of one stream."""

    def __init__(self, connection: Connection, source: str, stream: Stream[Any]) -> None:
        self.connection, self.source, self.stream = connection, source, stream
        self.placer = Placer(connection, source, stream.name, stream.partial)
        self.refreshed = Refreshed(connection, source, stream)

    def write(self, ready: Ready[Staged]) -> None:
        """Let the store say what the chunk says. What another has read alone meanwhile stays as it is.

        Raises what the driver raises (`sync.land.UNSTORABLE`) for a value that fits no column; nothing is written then.
        """
        where = (self.source, self.stream.name)
        chunk, came, staged, refused = ready
        connection, latest, good = self.connection, came.latest, came.good(refused)
        # A vendor known to stamp its replies sends nothing twice in the same bytes.
        resent = [] if self.stream.volatile else came.resent
        with connection.transaction():
            self.refreshed.lock()
            if newer := self.refreshed.since():
                # Read alone while this chunk was under way: what stands is at least as new.
                stale = {key for key in latest if self.refreshed.of(key) in newer}
                self.refreshed.leave(stale)
                good = [item for item in good if item.key not in stale]
                refused = {key: error for key, error in refused.items() if key not in stale}
                latest = {key: item for key, item in latest.items() if key not in stale}
                staged = {key: rows for key, rows in staged.items() if key not in stale}
                resent = [key for key in resent if key not in stale]
                chunk = chunk._replace(asked=[a for a in chunk.asked if str(a[0]) not in newer])
            left = [
                former
                for key, formers in chunk.moved.items()
                if key in latest and key not in refused
                for former in formers
            ]
            connection.execute(OPEN_CHUNK)
            at = now()
            before = stood(connection, where, list(staged))
            told = self.told(came, staged)
            if left:
                connection.execute(_FORGET, (*where, left))
                connection.execute(_CLEARED, (*where, left))
            again = [item for item in good if item.key in before]
            if len(again) < len(good):
                unheard = (item for item in good if item.key not in before)
                lead = (*where, at)
                self._copy("landed", _LEAD | LANDED, (lead + row for row in landed_rows(came, unheard, told)))
            if again:
                self._stage(landed_rows(came, again, told))
                connection.execute(_LANDED, (*where, at))
                connection.execute(_CLEARED, (*where, [item.key for item in again]))
            if resent:
                self._stage((key, None, None, *_sent(came, key), None) for key in resent)
                connection.execute(_RESENT, where)
            if good or left:
                looked = {key: self._looked(before[key], told.get(key)) for key in staged.keys() & before.keys()}
                self.placer.write(staged, left, at, looked)
            if chunk.asked:
                connection.execute(
                    "insert into asked (source, stream, objekt, asked, found)"
                    " select %s, %s, * from unnest(%s::uuid[], %s::timestamptz[], %s::bool[])"
                    " on conflict (source, stream, objekt) do update"
                    " set asked = excluded.asked, found = excluded.found",
                    (*where, [a[0] for a in chunk.asked], [a[1] for a in chunk.asked], [a[2] for a in chunk.asked]),
                )
            self.settle(refused, latest, at, chunk.cursor)

    def told(self, came: Arrived, staged: Staged) -> dict[str, bytes]:
        """What each record says, as landed.said has it; none for a partial stream: what it sends is not all."""
        if self.stream.partial:
            return {}
        return {key: said(self.stream.version, came.digests[key], rows) for key, rows in staged.items()}

    def _looked(self, before: tuple[bytes | None, bytes | None], now: bytes | None) -> Looked:
        return differing(before[0], self.stream.version, before[1], now) if now is not None else None

    def settle(
        self, refused: dict[str, RecordError], latest: dict[str, Item], at: datetime, cursor: str | None
    ) -> None:
        """Park what is refused, and let the cursor say how far the source has been read. In a chunk's transaction."""
        connection, where, seal = self.connection, (self.source, self.stream.name), sealer()
        if refused:
            connection.execute(_NEVER_SENT, (*where, list(refused)))
        if keys := self._newly_parked(refused, latest):
            connection.execute(
                _PARKED,
                (*where, at, keys, [mask(refused[k].field) for k in keys], [mask(refused[k].reason) for k in keys],
                 [seal(latest[k].body) for k in keys], [latest[k].owner for k in keys]),
            )  # fmt: skip
        if cursor is not None:
            connection.execute(_CURSOR, (cursor, *where))

    def _newly_parked(self, refused: dict[str, RecordError], latest: dict[str, Item]) -> list[str]:
        """The refused keys that are not parked already, for the same reason and with the same body."""
        rows = all_rows(self.connection, _PARKED_AS, (self.source, self.stream.name, list(refused))) if refused else []
        parked = {key: (field, reason, unseal(bytes(body))) for key, field, reason, body in rows}
        return [k for k, e in refused.items() if parked.get(k) != (e.field, e.reason, latest[k].body)]

    def _stage(self, rows: Iterable[tuple[Any, ...]]) -> None:
        """Rows as `landed_rows` gives them, where one statement can take them."""
        self.connection.execute(_NEW)
        self.connection.execute("truncate land_new")
        self._copy("land_new", LANDED, rows)

    def _copy(self, table: str, columns: dict[str, str], rows: Iterable[tuple[Any, ...]]) -> None:
        statement = f"copy {table} ({', '.join(columns)}) from stdin (format binary)"
        with self.connection.cursor().copy(statement) as copy:
            copy.set_types(list(columns.values()))
            for row in rows:
                copy.write_row(row)


def landed_rows(came: Arrived, items: Iterable[Item], told: Mapping[str, bytes]) -> Iterator[tuple[Any, ...]]:
    """What is landed of each, by the columns of LANDED: bodies sealed, and what it says, where that is told."""
    seal = sealer()
    for item in items:
        yield (item.key, item.owner, seal(item.body), *_sent(came, item.key), told.get(item.key))


def _sent(came: Arrived, key: str) -> tuple[bytes, bytes, list[str] | None]:
    names = came.unknown.get(key)
    return came.digests[key], came.sent[key], list(names) if names else None


__all__ = ["LANDED", "Ready", "Writer", "landed_rows"]
