"""What a source no longer holds: closed in the last commit of a complete read, and never more than the guard allows."""

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from connectors.contract import Stream
from helhed.settings import Source, now
from sync import seen
from sync.chunk import OPEN_CHUNK
from sync.database import Connection, all_rows, one_value
from sync.guard import Guard, Verdict
from sync.place import Placer
from sync.refreshed import Refreshed
from sync.runs import Counts
from sync.standing import NOT_STOOD, Standing

_ABSENT = """
    select key from landed l where source = %s and stream = %s
      and not exists (select 1 from deletion_seen s where s.key = l.key)
"""
_PARKED_ABSENT = """
    delete from quarantine q where q.source = %s and q.stream = %s
      and not exists (select 1 from deletion_seen s where s.key = q.key)
      and not exists (select 1 from refreshed r where (r.source, r.stream, r.key) = (q.source, q.stream, q.key))
"""
_OF_OWNERS = "select key from landed where source = %s and stream = %s and owner = any(%s)"
_OWNERS_OF = (
    "select distinct owner from landed where source = %s and stream = %s and key = any(%s) and owner is not null"
)
_FORGET = "delete from landed where source = %s and stream = %s and key = any(%s)"
_UNPARK = "delete from quarantine where source = %s and stream = %s and key = any(%s)"
_ERASE_LATER = """
    insert into gone (source, stream, key, since) select %s, %s, key, %s from unnest(%s::text[]) as n(key)
    on conflict (source, stream, key) do update set since = excluded.since
"""
_ASK_AGAIN = """
    insert into worklist (source, stream, key, since, cause) select %s, %s, key, %s, 'held'
    from unnest(%s::text[]) as n(key) on conflict (source, stream, key) do update set cause = excluded.cause
"""


def remove(connection: Connection, placer: Placer, gone: list[str], at: datetime) -> None:
    """Close all that these records said, and write down that it is to be erased. In a transaction of its own."""
    where = (placer.source, placer.stream)
    placer.write({}, gone, at, {})
    connection.execute(_FORGET, (*where, gone))
    connection.execute(_UNPARK, (*where, gone))
    connection.execute(_ERASE_LATER, (*where, at, gone))


class Deletions:
    """Removes from one stream what its source no longer holds."""

    def __init__(
        self,
        connection: Connection,
        source: Source,
        stream: Stream[Any],
        counts: Counts,
        run: int = 0,
        whole: bool = True,
        waits: bool = False,
    ) -> None:
        """`waits`: deletions of the stream whose keys this one is asked for wait, and so do these."""
        self.connection, self.source, self.stream, self.counts = connection, source, stream, counts
        self.guard = Guard(connection, source, stream, run, whole)
        self.waits = waits
        self.where = (source.id, stream.name)
        self.refreshed = Refreshed(connection, source.id, stream)
        self.ask_again: set[UUID] = set()
        """Persons whose records wait: they stay on the work list, so that a rotating stream does not forget them."""

    def absent(self, complete_as_of: datetime, standing: Standing | None = None) -> None:
        """After a complete read: what is landed and was not seen (sync.seen) is gone; `standing` when it was asked."""
        connection = self.connection
        connection.execute("analyze deletion_seen")
        if standing is None:
            gone = [key for (key,) in all_rows(connection, _ABSENT, self.where)]
        elif standing.all_came():
            gone = []
        else:
            seen.leave(connection, standing.left())
            gone = [key for (key,) in all_rows(connection, f"{_ABSENT} and {NOT_STOOD}", self.where)]
        of = int(one_value(connection, "select count(*) from landed where source = %s and stream = %s", self.where))
        self._remove(gone, of, complete_as_of, everything=True)

    def of_owners(
        self,
        owners: Collection[UUID],
        met: Collection[str],
        complete_as_of: datetime | None,
        unanswered: Collection[UUID] = (),
    ) -> None:
        """After a keyed stream was asked: what these persons had and no longer have is gone."""
        held = [row[0] for row in all_rows(self.connection, _OF_OWNERS, (*self.where, list(owners)))]
        doubtful = all_rows(self.connection, _OF_OWNERS, (*self.where, list(unanswered))) if unanswered else []
        self._remove([key for key in held if key not in met], len(held), complete_as_of, len(doubtful))

    def of_keys(
        self, held: Collection[str], met: Collection[str], complete_as_of: datetime | None, unanswered: int = 0
    ) -> None:
        """After a keyed stream was asked for another stream's keys: `held` is what they gave before."""
        self._remove([key for key in held if key not in met], len(held), complete_as_of, unanswered)

    def _remove(
        self, gone: list[str], of: int, complete_as_of: datetime | None, unanswered: int = 0, everything: bool = False
    ) -> None:
        """The last commit of a stream: what is gone is closed, and the stream is complete as of its beginning."""
        connection = self.connection
        gone = self._not_newer(gone)
        if gone and self.waits:
            self.counts.state, self.counts.held = "held", len(gone)
            self.counts.error = f"{len(gone)} deletions wait for those of {self.stream.asks}, whose keys are asked for."
            return
        placer = Placer(connection, self.source.id, self.stream.name)
        with connection.transaction():
            self.refreshed.lock()
            gone = self._not_newer(gone)
            connection.execute(OPEN_CHUNK)
            verdict = self.guard.judge(len(gone), of, unanswered)
            if not verdict.may:
                self._hold(verdict, gone, of)
                return
            at = now()
            if gone:
                remove(connection, placer, gone, at)
            if everything:
                connection.execute(_PARKED_ABSENT, self.where)
            if complete_as_of is not None:
                connection.execute(
                    "update stream_state set complete_as_of = greatest(complete_as_of, %s)"
                    " where source = %s and stream = %s",
                    (complete_as_of, *self.where),
                )
            self.guard.release(verdict, len(gone))
        self.counts.gone += len(gone)

    def _not_newer(self, gone: list[str]) -> list[str]:
        """Without what was refreshed meanwhile: it was not there, or was another, when the night looked."""
        newer = self.refreshed.since()
        return [key for key in gone if self.refreshed.of(key) not in newer] if newer else gone

    def _hold(self, verdict: Verdict, gone: list[str], of: int) -> None:
        """Nothing goes; a run that reads only a part leaves the decision to the next that reads it all."""
        self.counts.state, self.counts.held, self.counts.may_retry = "held", len(gone), False
        if self.stream.by_number:
            self.ask_again = {row[0] for row in all_rows(self.connection, _OWNERS_OF, (*self.where, gone))}
            people = [str(person) for person in self.ask_again]
            self.connection.execute(_ASK_AGAIN, (*self.where, now(), people))
        if not self.guard.whole:
            self.counts.error = f"{len(gone)} of {of} records would be deleted; the next whole run decides."
            return
        self.guard.hold(verdict, gone, of)
        limit = f"{verdict.ceiling} are allowed"
        if verdict.at_most is not None:
            limit = f"{verdict.at_most} were approved"
        elif len(gone) <= verdict.ceiling:
            limit = "they have waited since the guard stopped them"
        self.counts.error = (
            f"{len(gone)} of {of} records would be deleted, {limit}; nothing was deleted. "
            f"Ask the system's owner, then: helhed deletions approve {self.source.id} {self.stream.name} "
            f"--at-most {len(gone)}"
        )
