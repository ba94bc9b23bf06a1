"""Land: records that came, compared, translated, placed and written, a chunk a transaction."""

import struct
from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

import psycopg

from canonical_model.drafts.person import IdentitetDraft
from connectors import soap_xml
from connectors.contract import Record, Stream
from connectors.errors import RecordError
from helhed.settings import now
from sync.chunk import CHUNK, Chunk, Item
from sync.database import Connection
from sync.identity import join_persons
from sync.known import Arrived, look
from sync.resolve import resolve
from sync.runs import Counts
from sync.sealing import digester, sent_digester
from sync.standing import Standing
from sync.translate import Said, translated
from sync.write import Ready, Writer

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
        self.standing: Standing | None = None
        """What is told of all that comes here, when a list is gone through beside."""
        self.connection, self.source, self.stream, self.counts = connection, source, stream, counts
        self.writer = Writer(connection, source, stream)
        self.placer, self.refreshed = self.writer.placer, self.writer.refreshed
        self.digest = digester(stream.version, stream.volatile)
        self.sent_as = sent_digester(stream.version)
        self._said: Said = {}
        """What `joined` has translated and `land` is about to."""

    def land(self, chunk: Chunk, again: bool = False) -> set[str]:
        """Land a chunk in one transaction; the keys that are now in quarantine.

        Unchanged records are skipped, one in quarantine never is. `again` counts only what it mends.
        """
        came = self.look(chunk.items)
        drafts, refused = translated(self.stream, came.fresh, self._said)
        try:
            staged, unplaced = self.placer.stage(drafts, now())
            refused |= unplaced
            ready = Ready(chunk, came, staged, refused)
            self.writer.write(ready)
        except UNSTORABLE as error:
            if len(came.fresh) > 1:
                return self._in_halves(chunk, came.fresh, again)
            if not came.fresh or refused:
                raise
            told = RecordError("translation", f"the store refuses it: {type(error).__name__}")
            ready = Ready(chunk, came, {}, {came.fresh[0].key: told})
            self.writer.write(ready)
        self.count(chunk, came, ready.refused, again)
        return set(ready.refused)

    def count(self, chunk: Chunk, came: Arrived, refused: Collection[str], again: bool = False) -> None:
        """What landing the chunk came to; `again` counts only what it mended."""
        counts = self.counts
        if not again:
            counts.read += len(chunk.items)
            self.sample([item.record for item in chunk.items])
            counts.unchanged += len(chunk.items) - len(came.fresh)
            counts.quarantined += len(refused)
        placed = came.good(refused)
        changed = sum(item.key in came.known or item.key in chunk.moved for item in placed)
        counts.changed += changed
        counts.new += len(placed) - changed
        for names in came.unknown.values():
            counts.unknown_fields.update(names)
        if len(came.latest) < len(chunk.items):
            for item in chunk.items:
                if came.latest[item.key] is not item:
                    counts.unknown_fields.update(item.record.unknown)
        if counts.tell:
            counts.tell(counts)

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
        half = max(1, len(fresh) // 2)
        first, rest = ({item.key for item in part} for part in (fresh[:half], fresh[half:]))
        others = [item for item in chunk.items if item.key not in first | rest]
        refused: set[str] = set()
        for part in (others, [item for item in chunk.items if item.key in first]):
            if part:
                refused |= self.land(Chunk(part, moved=chunk.moved), again)
        return refused | self.land(chunk._replace(items=[item for item in chunk.items if item.key in rest]), again)

    def look(self, items: Sequence[Item]) -> Arrived:
        """Compare records with what is landed of them. Not in a transaction."""
        where = (self.source, self.stream.name)
        came = look(self.connection, where, items, self.sent_as, self.digest, self.remember)
        if self.standing is not None:
            self.standing.met((item.record.key for item in items), came.former.values())
        return came

    def sample(self, records: Sequence[Record]) -> None:
        """Count which fields records have, for those that the sample takes."""
        self.counts.fields.look(records, self.stream.parse is soap_xml.parse)


__all__ = ["CHUNK", "UNSTORABLE", "Chunk", "Item", "Lander"]
