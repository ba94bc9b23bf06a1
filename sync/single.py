"""Single keys of one source: what a message named, what concerns some persons, what a night left as it was."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from connectors.contract import Shape, Stream
from connectors.errors import TransientError
from helhed.settings import Source, now
from sync.asking import Asker
from sync.chunk import CHUNK, Chunk, Item, item
from sync.database import Connection
from sync.keyed import keys_of
from sync.land import Lander
from sync.pace import Pace
from sync.population import every_uuid, numbers_of
from sync.refreshed import AGAIN, Refreshed
from sync.runs import Counts

AT_ONCE = 100
"""Keys that one refresh takes from a work list, so that what arrives meanwhile waits for no more than these."""


class Single:
    """What a run reads of one source by single keys."""

    def __init__(self, connection: Connection, source: Source, pace: Pace, open_door: Callable[[], Any]) -> None:
        self.connection, self.source, self.pace, self.open_door = connection, source, pace, open_door

    def listed(self, stream: Stream[Any], cause: str | None = None) -> list[str]:
        """The keys that the stream's work list holds, longest waiting first; of one cause all, else the first:
        but not those whose records wait to be deleted, which a night decides."""
        rows = self.connection.execute(
            "select key from worklist where source = %(source)s and stream = %(stream)s"
            " and (%(cause)s::text is null and cause <> 'held' or cause = %(cause)s::text)"
            " order by since, key limit %(most)s",
            {"source": self.source.id, "stream": stream.name, "cause": cause, "most": None if cause else AT_ONCE},
        )
        return [str(row[0]) for row in rows.fetchall()]

    def concerning(self, stream: Stream[Any], persons: Sequence[UUID]) -> list[str]:
        """What the stream would be asked about these persons, as the store calls it; a person by every UUID."""
        if stream.by_number:
            now_called = numbers_of(self.connection, persons, stream.asks)
            return sorted(str(person) for person in every_uuid(self.connection, [*persons, *now_called]))
        return sorted(keys_of(self.connection, self.source.id, stream.asks or stream.name, persons))

    def read(self, stream: Stream[Any], keys: Sequence[str], counts: Counts) -> None:
        """Objects of a changed stream by their keys; those that were read leave the work list."""
        began = now()
        lander = Lander(self.connection, self.source.id, stream, counts)
        asker = Asker(stream, self.open_door, self.source.concurrency, self.pace)
        items: list[Item] = []
        answered = []
        for reply in asker.ask((key, [key]) for key in keys):
            if reply.error is not None:
                counts.fail(reply.error, "partial")
                continue
            answered.append(reply.key)
            items += [item(record) for record in reply.records]
            if len(items) >= CHUNK:
                lander.land(Chunk(items))
                items = []
        if items:
            lander.land(Chunk(items))
        self.connection.execute(
            "delete from worklist where source = %s and stream = %s and key = any(%s) and since <= %s",
            (self.source.id, stream.name, answered, began),
        )

    def again(self, stream: Stream[Any], counts: Counts) -> None:
        """Read what a night has left as it was; TransientError when some of it could not be read.

        A night moves its cursor beyond them, so that only this brings what changed since they were refreshed.
        """
        if stream.shape is not Shape.CHANGED or stream.read_one is None or counts.state != "succeeded":
            return
        if keys := self.listed(stream, AGAIN):
            with Refreshed(self.connection, self.source.id, stream).reading(keys):
                self.read(stream, keys, counts)
            if counts.error:
                raise TransientError(f"{stream.name}: {counts.error}")

    def forget(self, stream: Stream[Any], began: datetime) -> None:
        """What messages named before the stream was read has come with it."""
        self.connection.execute(
            "delete from worklist where source = %s and stream = %s and since < %s and cause <> %s",
            (self.source.id, stream.name, began, AGAIN),
        )
