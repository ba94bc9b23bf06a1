"""The guard: how many records may leave a stream by themselves, what waits when there are more, and approvals of it."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, NamedTuple

from psycopg.types.json import Jsonb

from connectors.contract import Connector, Shape, Stream
from helhed.settings import SettingsError, Source, now
from sync.concerned import concerned
from sync.database import Connection, all_rows

_WAITS = "select held from held_deletion where source = %s and stream = %s for update"
_APPROVAL = "select id, at_most from deletion_approval where source = %s and stream = %s and used is null for update"
_HOLD = """
    insert into held_deletion (source, stream, since, held, of, ceiling, run, kinds, citizens)
    values (%s, %s, %s, %s, %s, %s, %s, %s, %s)
    on conflict (source, stream) do update set held = excluded.held, of = excluded.of, ceiling = excluded.ceiling,
      run = excluded.run, kinds = excluded.kinds, citizens = excluded.citizens
"""
_RELEASE = "delete from held_deletion where source = %s and stream = %s"
_USED = "update deletion_approval set used = %s, run = %s, deleted = %s where id = %s"


def allowed(of: int, share: float, number: int | None, shape: Shape) -> int:
    """How many records may leave a stream that holds `of`, without anybody's approval.

    The share, and always one unless share or number say none; never more than the number; and never all that a
    listed or changed stream holds, since a source that answers with nothing is broken more often than empty.
    """
    ceiling = max(1, int(of * share)) if share else 0
    if number is not None:
        ceiling = min(ceiling, number)
    return ceiling if shape is Shape.KEYED else min(ceiling, max(0, of - 1))


def guards_fit(source: Source, connector: Connector[Any]) -> None:
    """SettingsError when the source's file guards a stream that its connector does not have."""
    names = [stream.name for stream in connector.streams]
    for name in source.guard:
        if name not in names:
            raise SettingsError(
                f"sources/{source.id}.toml: [guard.{name}] guards no stream; there are: {', '.join(names)}. Mend it."
            )


class Verdict(NamedTuple):
    """Whether what is gone may be deleted."""

    may: bool
    ceiling: int
    waits: bool
    """Deletions of the stream were waiting before."""
    approval: int | None = None
    """The id of the approval that decided it."""
    at_most: int | None = None


@dataclass
class Guard:
    """Decides for one stream in one run. Every method within the transaction that deletes, or does not."""

    connection: Connection
    source: Source
    stream: Stream[Any]
    run: int
    whole: bool
    """The run reads whole streams; one that refreshes single persons or objects leaves doubt to the next night."""

    @property
    def where(self) -> tuple[str, str]:
        """The stream."""
        return self.source.id, self.stream.name

    def judge(self, gone: int, of: int, unanswered: int) -> Verdict:
        """May so many of `of` go, while so many more could not be asked about?

        What waits goes by an approval of at least as many, or when the source is mended: fewer are gone than waited,
        and no more than may go by themselves, whatever those say that could not be asked.
        """
        share, number = self.source.guard_of(self.stream.name)
        ceiling = allowed(of, share, number, self.stream.shape)
        rows = all_rows(self.connection, _WAITS, self.where)
        if not rows:
            return Verdict(gone <= ceiling, ceiling, False)
        if not self.whole:
            return Verdict(gone == 0, ceiling, True)
        if approvals := all_rows(self.connection, _APPROVAL, self.where):
            id_, at_most = approvals[0]
            return Verdict(gone <= at_most, ceiling, True, id_, at_most)
        return Verdict(gone < rows[0][0] and gone + unanswered <= ceiling, ceiling, True)

    def release(self, verdict: Verdict, deleted: int) -> None:
        """Nothing waits any more; the approval that let it go has been used."""
        if verdict.waits and self.whole:
            self._use(verdict, deleted)
            self.connection.execute(_RELEASE, self.where)

    def hold(self, verdict: Verdict, gone: Collection[str], of: int) -> None:
        """They wait, for a person or for the source to be mended; an approval of fewer has been used for nothing."""
        self._use(verdict, 0)
        kinds, citizens = concerned(self.connection, *self.where, gone)
        values = (now(), len(gone), of, verdict.ceiling, self.run, Jsonb(kinds), citizens)
        self.connection.execute(_HOLD, (*self.where, *values))

    def _use(self, verdict: Verdict, deleted: int) -> None:
        if verdict.approval is not None:
            self.connection.execute(_USED, (now(), self.run, deleted, verdict.approval))
