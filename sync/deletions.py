"""What a source no longer holds: closed in the last commit of a complete read, and never more than the guard allows."""

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from connectors.contract import Shape, Stream
from helhed.settings import Source, now
from sync.database import Connection, all_rows, one_value
from sync.land import OPEN_CHUNK
from sync.place import Placer
from sync.refreshed import Refreshed
from sync.runs import Counts

_SEEN = "create temp table if not exists deletion_seen (key text) on commit preserve rows"
_SEEN_KEY = "create index if not exists deletion_seen_key on deletion_seen (key)"
_ABSENT = """
    select l.key from landed l where l.source = %s and l.stream = %s
      and not exists (select 1 from deletion_seen s where s.key = l.key)
"""
_PARKED_ABSENT = """
    delete from quarantine q where q.source = %s and q.stream = %s
      and not exists (select 1 from deletion_seen s where s.key = q.key)
      and not exists (select 1 from refreshed r where (r.source, r.stream, r.key) = (q.source, q.stream, q.key))
"""
_OF_OWNERS = "select key from landed where source = %s and stream = %s and owner = any(%s)"
_FORGET = "delete from landed where source = %s and stream = %s and key = any(%s)"
_UNPARK = "delete from quarantine where source = %s and stream = %s and key = any(%s)"


def allowed(of: int, share: float, shape: Shape, approved: int | None = None) -> int:
    """How many records may leave a stream that holds `of`, without anybody's approval.

    The share of the source file (5 %), and always one; but never all that a listed or changed stream holds, since a
    source that answers with nothing is broken more often than empty. An approval is a ceiling: one more is too many.
    """
    if approved is not None:
        return approved
    ceiling = max(1, int(of * share))
    return ceiling if shape is Shape.KEYED else min(ceiling, max(0, of - 1))


class Deletions:
    """Removes from one stream what its source no longer holds."""

    def __init__(
        self, connection: Connection, source: Source, stream: Stream[Any], counts: Counts, approved: int | None = None
    ) -> None:
        self.connection, self.source, self.stream, self.counts = connection, source, stream, counts
        self.approved = approved
        self.where = (source.id, stream.name)
        self.refreshed = Refreshed(connection, source.id, stream)

    def absent(self, seen: Collection[str], complete_as_of: datetime) -> None:
        """After a complete read: what is landed and was not seen is gone."""
        connection = self.connection
        connection.execute(_SEEN)
        connection.execute(_SEEN_KEY)
        connection.execute("truncate deletion_seen")
        with connection.cursor().copy("copy deletion_seen from stdin (format binary)") as copy:
            copy.set_types(["text"])
            for key in seen:
                copy.write_row((key,))
        connection.execute("analyze deletion_seen")
        gone = [row[0] for row in all_rows(connection, _ABSENT, self.where)]
        of = int(one_value(connection, "select count(*) from landed where source = %s and stream = %s", self.where))
        self._remove(gone, of, complete_as_of, everything=True)

    def of_owners(self, owners: Collection[UUID], seen: Collection[str], complete_as_of: datetime | None) -> None:
        """After a keyed stream was asked: what these persons had and no longer have is gone."""
        held = [row[0] for row in all_rows(self.connection, _OF_OWNERS, (*self.where, list(owners)))]
        self._remove([key for key in held if key not in seen], len(held), complete_as_of)

    def of_keys(self, held: Collection[str], seen: Collection[str], complete_as_of: datetime | None) -> None:
        """After a keyed stream was asked for another stream's keys: `held` is what they gave before."""
        self._remove([key for key in held if key not in seen], len(held), complete_as_of)

    def _remove(self, gone: list[str], of: int, complete_as_of: datetime | None, everything: bool = False) -> None:
        """The last commit of a stream: what is gone is closed, and the stream is complete as of its beginning."""
        ceiling = allowed(of, self.source.delete_share, self.stream.shape, self.approved)
        connection = self.connection
        gone = self._not_newer(gone)
        if len(gone) > ceiling:
            self.counts.state, self.counts.held = "held", len(gone)
            self.counts.error = (
                f"{len(gone)} of {of} records would be deleted, {ceiling} are allowed; nothing was deleted. "
                f"Ask the system's owner, then: helhed deletions approve {self.source.id} {self.stream.name} "
                f"--at-most {len(gone)}"
            )
            return
        placer = Placer(connection, self.source.id, self.stream.name)
        with connection.transaction():
            self.refreshed.lock()
            gone = self._not_newer(gone)
            connection.execute(OPEN_CHUNK)
            if gone:
                placer.write({}, gone, now())
                connection.execute(_FORGET, (*self.where, gone))
                connection.execute(_UNPARK, (*self.where, gone))
            if everything:
                connection.execute(_PARKED_ABSENT, self.where)
            if complete_as_of is not None:
                connection.execute(
                    "update stream_state set complete_as_of = greatest(complete_as_of, %s)"
                    " where source = %s and stream = %s",
                    (complete_as_of, *self.where),
                )
        self.counts.gone += len(gone)

    def _not_newer(self, gone: list[str]) -> list[str]:
        """Without what was refreshed meanwhile: it was not there, or was another, when the night looked."""
        newer = self.refreshed.since()
        return [key for key in gone if self.refreshed.of(key) not in newer] if newer else gone
