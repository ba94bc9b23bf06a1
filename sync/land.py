"""Land: sealed bodies, digests and quarantine, a chunk a transaction, with the facts and the cursor that go with it."""

import struct
from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

import psycopg

from canonical_model.drafts.person import IdentitetDraft
from connectors import soap_xml
from connectors.contract import Stream
from connectors.errors import RecordError
from helhed.private import mask
from helhed.settings import now
from sync.chunk import CHUNK, OPEN_CHUNK, Chunk, Item
from sync.database import Connection, all_rows
from sync.identity import join_persons
from sync.known import Arrived, look, stood
from sync.place import Placer
from sync.refreshed import Refreshed
from sync.resolve import resolve
from sync.runs import Counts
from sync.sealing import digester, sealer, sent_digester, unseal
from sync.translate import Said, translated

_NEW = """
    create temp table if not exists land_new
      (key text, owner uuid, body bytea, digest bytea, sent bytea, unknown text[]) on commit delete rows
"""
_LANDED = """
    insert into landed (source, stream, key, owner, digest, sent, unknown, body, landed)
    select %s, %s, key, owner, digest, sent, unknown, body, %s from land_new
    on conflict (source, stream, key) do update
    set owner = excluded.owner, digest = excluded.digest, sent = excluded.sent, unknown = excluded.unknown,
      body = excluded.body, landed = excluded.landed
"""
_LEAD, _LEAD_TYPES = ("source", "stream", "landed"), ("text", "text", "timestamptz")
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

UNSTORABLE = (
    psycopg.DataError, psycopg.IntegrityError, psycopg.errors.ProgramLimitExceeded, struct.error, OverflowError,
    ValueError, TypeError, AttributeError,
)  # fmt: skip
"""What a value that fits no column raises, here or in the database: one record's fault, not the run's."""


class Lander:
    """Lands the records of one stream in one run."""

    def __init__(
        self, connection: Connection, source: str, stream: Stream[Any], counts: Counts, remember: bool = False
    ) -> None:
        """`remember` every key that comes, for `sync.seen`."""
        self.remember = remember
        self.connection, self.source, self.stream, self.counts = connection, source, stream, counts
        self.placer = Placer(connection, source, stream.name, stream.partial)
        self.digest = digester(stream.version, stream.volatile)
        self.sent_as = sent_digester(stream.version)
        self.refreshed = Refreshed(connection, source, stream)
        self._said: Said = {}
        """What `joined` has translated and `land` is about to."""

    def land(self, chunk: Chunk, again: bool = False) -> set[str]:
        """Land a chunk in one transaction; the keys that are now in quarantine.

        Unchanged records are skipped, one in quarantine never is. `again` counts only what it mends.
        """
        came = self.look(chunk.items)
        latest, fresh = came.latest, came.fresh
        drafts, refused = translated(self.stream, fresh, chunk.said or self._said)
        at = now()
        try:
            staged, unplaced = self.placer.stage(drafts, at)
            refused |= unplaced
            self._write([i for i in fresh if i.key not in refused], staged, came, refused, chunk)
        except UNSTORABLE as error:
            if len(fresh) > 1:
                return self._in_halves(chunk, fresh, again)
            if not fresh or refused:
                raise
            refused = {fresh[0].key: RecordError("translation", f"the store refuses it: {type(error).__name__}")}
            self._write([], {}, came, refused, chunk)
        if not again:
            self.counts.read += len(chunk.items)
            self.sample(chunk.items)
            self.counts.unchanged += len(chunk.items) - len(fresh)
            self.counts.quarantined += len(refused)
        placed = [item.key for item in fresh if item.key not in refused]
        changed = sum(key in came.known or key in chunk.moved for key in placed)
        self.counts.changed += changed
        self.counts.new += len(placed) - changed
        for names in came.unknown.values():
            self.counts.unknown_fields.update(names)
        if len(latest) < len(chunk.items):
            for item in chunk.items:
                if latest[item.key] is not item:
                    self.counts.unknown_fields.update(item.record.unknown)
        if self.counts.tell:
            self.counts.tell(self.counts)
        return set(refused)

    def joined(self, items: Sequence[Item]) -> dict[UUID, UUID]:
        """Join the persons that these records say are one; former UUID to surviving. Not in a transaction.

        A record that is as it was has been joined before.
        """
        fresh = self.look(items).fresh
        told = translated(self.stream, fresh, {})[0]
        bodies = {item.key: item.body for item in fresh}
        self._said = {bodies[key]: drafts for key, drafts in told}
        joins = [draft for _, drafts in told for draft in drafts if isinstance(draft, IdentitetDraft)]
        if not joins:
            return {}
        found = resolve(self.connection, self.source, [draft.objekt for draft in joins], now())
        return join_persons(self.connection, self.source, joins, found)

    def _in_halves(self, chunk: Chunk, fresh: Sequence[Item], again: bool) -> set[str]:
        """Find the record that the store refuses; the cursor moves with the last half only."""
        changed = {item.key for item in fresh}
        same = [item for item in chunk.items if item.key not in changed]
        half = max(1, len(fresh) // 2)
        refused: set[str] = set()
        for part in (same, fresh[:half]):
            if part:
                refused |= self.land(Chunk(part, moved=chunk.moved), again)
        return refused | self.land(chunk._replace(items=fresh[half:]), again)

    def look(self, items: Sequence[Item]) -> Arrived:
        """Compare records with what is landed of them. Not in a transaction."""
        return look(self.connection, (self.source, self.stream.name), items, self.sent_as, self.digest, self.remember)

    def sample(self, items: Sequence[Item]) -> None:
        """Count which fields records have, for those that the sample takes."""
        self.counts.fields.look([item.record for item in items], self.stream.parse is soap_xml.parse)

    def _newly_parked(self, refused: dict[str, RecordError], latest: dict[str, Item]) -> list[str]:
        """The refused keys that are not parked already, for the same reason and with the same body."""
        rows = all_rows(self.connection, _PARKED_AS, (self.source, self.stream.name, list(refused))) if refused else []
        parked = {key: (field, reason, unseal(bytes(body))) for key, field, reason, body in rows}
        return [k for k, e in refused.items() if parked.get(k) != (e.field, e.reason, latest[k].body)]

    def _stage(self, came: Arrived, rows: Iterable[tuple[str, UUID | None, bytes | None]]) -> None:
        """Key, owner and sealed body, with their digests and unknown names, where one statement can take them."""
        self.connection.execute(_NEW)
        self.connection.execute("truncate land_new")
        self._copy("land_new", (), came, rows)

    def _copy(
        self, table: str, lead: tuple[Any, ...], came: Arrived, rows: Iterable[tuple[str, UUID | None, bytes | None]]
    ) -> None:
        columns = ", ".join((*_LEAD[: len(lead)], "key, owner, body, digest, sent, unknown"))
        with self.connection.cursor().copy(f"copy {table} ({columns}) from stdin (format binary)") as copy:
            copy.set_types([*_LEAD_TYPES[: len(lead)], "text", "uuid", "bytea", "bytea", "bytea", "text[]"])
            for key, owner, body in rows:
                names = came.unknown.get(key)
                digests = (came.digests[key], came.sent[key], list(names) if names else None)
                copy.write_row((*lead, key, owner, body, *digests))

    def _write(
        self,
        good: Sequence[Item],
        staged: dict[str, Any],
        came: Arrived,
        refused: dict[str, RecordError],
        chunk: Chunk,
    ) -> None:
        where = (self.source, self.stream.name)
        connection, seal, latest = self.connection, sealer(), came.latest
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
            if left:
                connection.execute(_FORGET, (*where, left))
                connection.execute(_CLEARED, (*where, left))
            again = [item for item in good if item.key in before]
            if len(again) < len(good):
                unheard = (item for item in good if item.key not in before)
                rows = ((item.key, item.owner, seal(item.body)) for item in unheard)
                self._copy("landed", (*where, at), came, rows)
            if again:
                self._stage(came, ((item.key, item.owner, seal(item.body)) for item in again))
                connection.execute(_LANDED, (*where, at))
                connection.execute(_CLEARED, (*where, [item.key for item in again]))
            if resent:
                self._stage(came, ((key, None, None) for key in resent))
                connection.execute(_RESENT, where)
            if good or left:
                placed = {key: rows for key, rows in staged.items() if key not in refused}
                self.placer.write(placed, left, at, placed.keys() - before)
            if refused:
                connection.execute(_NEVER_SENT, (*where, list(refused)))
            if keys := self._newly_parked(refused, latest):
                connection.execute(
                    _PARKED,
                    (*where, at, keys, [mask(refused[k].field) for k in keys], [mask(refused[k].reason) for k in keys],
                     [seal(latest[k].body) for k in keys], [latest[k].owner for k in keys]),
                )  # fmt: skip
            if chunk.asked:
                connection.execute(
                    "insert into asked (source, stream, objekt, asked, found)"
                    " select %s, %s, * from unnest(%s::uuid[], %s::timestamptz[], %s::bool[])"
                    " on conflict (source, stream, objekt) do update"
                    " set asked = excluded.asked, found = excluded.found",
                    (*where, [a[0] for a in chunk.asked], [a[1] for a in chunk.asked], [a[2] for a in chunk.asked]),
                )
            if chunk.cursor is not None:
                connection.execute(_CURSOR, (chunk.cursor, *where))


__all__ = ["CHUNK", "OPEN_CHUNK", "UNSTORABLE", "Chunk", "Item", "Lander"]
