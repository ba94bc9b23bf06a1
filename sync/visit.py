"""One run's visit to one source: its door opened, its streams in order, each failing for itself."""

import logging
import os
import traceback
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

import psycopg

from connectors import registry
from connectors.contract import Access, Connector, Shape, Stream
from connectors.errors import AccessError, ConnectorError, ContractError
from helhed.settings import SettingsError, Source, now
from helhed.settings import connection as endpoint
from sync import drift
from sync.asking import Asker
from sync.database import Connection
from sync.deletions import Deletions
from sync.guard import guards_fit
from sync.keyed import Keyed
from sync.land import Lander
from sync.pace import Pace
from sync.pull import pull
from sync.quarantine import mend, translate_again, translated
from sync.refreshed import Refreshed
from sync.runs import Counts, RunResult, attempt, line_of, outcome
from sync.single import Single
from sync.streams import by_name, in_order

log = logging.getLogger(__name__)


class Visit:
    """What one run does at one source."""

    def __init__(
        self,
        connection: Connection,
        source: Source,
        result: RunResult,
        full: bool,
        since: datetime | None,
        until: datetime | None,
        persons: Sequence[UUID] | None,
        worklist: bool,
        progress: Callable[[str, str, Counts], None] | None,
    ) -> None:
        self.connection, self.source, self.result = connection, source, result
        self.full, self.since, self.until, self.persons = full, since, until, persons
        self.worklist, self.progress = worklist, progress
        self.whole = persons is None and not worklist and since is None
        self.period = persons is None and not worklist and since is not None
        self.pace = Pace(source.id, source.rate_per_second)

    def make(self) -> None:
        """Every stream; raises only what concerns the source as a whole."""
        streams: Sequence[Stream[Any]] = ()
        try:
            connector = registry.load(self.source.connector)
            streams = connector.streams
            guards_fit(self.source, connector)
            access = self._access()
        except (ConnectorError, SettingsError) as error:
            self._all_fail(error, streams)
            raise
        try:
            self._streams(connector, access)
        finally:
            self.pace.close()

    def _streams(self, connector: Connector[Any], access: Access) -> None:
        stopped: ConnectorError | None = None
        failed: dict[str, ConnectorError] = {}
        api: Any = None
        for stream in in_order(connector):
            if not self._concerns(stream):
                continue
            counts = self.result.streams[stream.name] = Counts()
            if self.progress:
                tell, name = self.progress, stream.name
                counts.tell = lambda c, tell=tell, name=name: tell(self.source.id, name, c)
            at = now()
            if self.whole:
                attempt(self.connection, self.source.id, stream, at)
            try:
                # Without its parent's keys a stream cannot say what is gone, nor that it is complete.
                if earlier := stopped or failed.get(stream.asks):
                    raise earlier
                if api is None:
                    api = connector.open(access)
                stopped = self._stream(connector, stream, api, access, counts)
            except psycopg.OperationalError:
                raise
            except ConnectorError as error:
                counts.fail(error)
                failed[stream.name] = error
                if stopped is None and self._away(connector, api, error):
                    stopped = error
            except SettingsError as error:
                counts.fail(error)
                failed[stream.name] = ContractError(f"the stream {stream.name}, whose keys are asked for, failed")
            except Exception as error:
                counts.fail(error)
                failed[stream.name] = ContractError(f"the stream {stream.name}, whose keys are asked for, failed")
                where = traceback.extract_tb(error.__traceback__)[-1]
                log.error(
                    "%s/%s: %s at %s:%s", self.source.id, stream.name, type(error).__name__, where.name, where.lineno
                )
            if self.whole:
                outcome(self.connection, self.source.id, stream.name, counts, at)
                drift.review(self.connection, self.source.id, stream, counts, at)

    def _stream(
        self, connector: Connector[Any], stream: Stream[Any], api: Any, access: Access, counts: Counts
    ) -> ConnectorError | None:
        """Bring one stream up to date; why there is no use in trying the next, when the vendor went away meanwhile."""
        single = Single(self.connection, self.source, self.pace, lambda: connector.open(access))
        refreshed = Refreshed(self.connection, self.source.id, stream)
        if not (self.whole or self.period):
            keys, persons = self._wanted(single, stream)
            with refreshed.reading(keys):
                if stream.shape is Shape.KEYED:
                    return self._keyed(connector, stream, api, access, counts, persons)
                single.read(stream, keys, counts)
            return None
        refreshed.begin()
        lander = Lander(self.connection, self.source.id, stream, counts)
        let_go = False
        if self.whole:
            let_go = translate_again(self.connection, lander)
            mend(self.connection, lander)
        if stream.shape is Shape.KEYED:
            return self._keyed(connector, stream, api, access, counts, None)
        at = now()
        if self.whole:
            single.again(stream, counts)  # left by a night that was cut off
        pull(
            self.connection, self.source, stream, api, counts, self.pace, self._deletions(stream, counts),
            full=self.full or let_go, since=self.since, until=self.until,
        )  # fmt: skip
        if self.whole:
            translated(self.connection, lander)
            single.forget(stream, at)
        single.again(stream, counts)
        return None

    def _wanted(self, single: Single, stream: Stream[Any]) -> tuple[list[str], Sequence[UUID]]:
        """What a refresh asks a stream for, by key and, where it is asked about persons, by person."""
        if not self.worklist:
            return single.concerning(stream, self.persons or ()), self.persons or ()
        keys = single.listed(stream)
        if not stream.by_number:
            return keys, ()
        persons = [UUID(key) for key in keys]
        return single.concerning(stream, persons), persons

    def _keyed(
        self,
        connector: Connector[Any],
        stream: Stream[Any],
        api: Any,
        access: Access,
        counts: Counts,
        persons: Sequence[UUID] | None,
    ) -> ConnectorError | None:
        # What a door remembers of a parent stream saves asking twice; each thread asks about persons at its own.
        door = (lambda: connector.open(access)) if stream.by_number else (lambda: api)
        asker = Asker(stream, door, self.source.concurrency, self.pace, lambda: connector.check(api))
        keyed = Keyed(asker, self._deletions(stream, counts))
        if stream.by_number:
            keyed.by_person(persons, self.full)
        else:
            keyed.by_stream(by_name(connector, stream.asks), persons)
        return keyed.away

    def _deletions(self, stream: Stream[Any], counts: Counts) -> Deletions:
        waits = self.result.streams.get(stream.asks, Counts()).state == "held"
        return Deletions(self.connection, self.source, stream, counts, self.result.run_id, self.whole, waits)

    def _concerns(self, stream: Stream[Any]) -> bool:
        """Whether this run has anything to ask of the stream."""
        if self.whole:
            return True
        if self.period:
            # Nobody can be asked what a listed or keyed stream held on a day gone by; its next night brings it whole.
            return stream.shape is Shape.CHANGED
        if self.worklist:
            single = stream.by_number or (stream.shape is not Shape.KEYED and stream.read_one is not None)
            return single and self._is_listed(stream)
        return stream.read_one is not None

    def _is_listed(self, stream: Stream[Any]) -> bool:
        rows = self.connection.execute(
            "select 1 from worklist where source = %s and stream = %s and cause <> 'held' limit 1",
            (self.source.id, stream.name),
        )
        return rows.fetchone() is not None

    def _away(self, connector: Connector[Any], api: Any, error: ConnectorError) -> bool:
        """Whether the other streams would fare no better: the door is closed to us, or nobody answers it."""
        if isinstance(error, AccessError) or api is None:
            return True
        if isinstance(error, ContractError):
            return False
        try:
            connector.check(api)
        except ConnectorError:
            return True
        return False

    def _access(self) -> Access:
        given = endpoint(self.source.id)
        host = urlsplit(given.url).hostname or ""
        if (
            not os.environ.get("HELHED_DATABASE_URL")
            and host not in ("localhost", "::1")
            and not host.startswith("127.")
        ):
            raise SettingsError(
                f"{self.source.id}: the embedded database is for demo and tests: set HELHED_DATABASE_URL before "
                "reading a system that is not on this machine."
            )
        return Access(
            url=given.url, login=given.login, password=given.password, extra=given.extra,
            myndighed=self.source.myndighed, options=self.source.options,
        )  # fmt: skip

    def _all_fail(self, error: ConnectorError | SettingsError, streams: Sequence[Stream[Any]]) -> None:
        """The door could not even be tried: every stream that we know of is failing."""
        if self.whole:
            for stream in streams:
                attempt(self.connection, self.source.id, stream, now())
            self.connection.execute(
                "update stream_state set last_attempt = %(at)s, error = %(error)s::text,"
                " failing_since = coalesce(failing_since, %(at)s) where source = %(source)s",
                {"at": now(), "error": line_of(error), "source": self.source.id},
            )
