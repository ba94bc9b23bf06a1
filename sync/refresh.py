"""Refreshing what messages named: each source on its own, so that one that is slow or down delays no other."""

import logging
import threading
import time
from concurrent.futures import Future, ThreadPoolExecutor
from uuid import UUID

import psycopg

from connectors.errors import ConnectorError
from helhed.settings import SettingsError, now
from sync.consolidate import consolidate_persons
from sync.database import Connection, all_rows, connect
from sync.inbox import Handled, take_in
from sync.night import sync_source
from sync.population import PARTS
from sync.runs import BusyError, line_of

REST = 30.0
"""Seconds that a source is left alone after a refresh of it failed."""
log = logging.getLogger(__name__)

_LISTED = "select distinct source from worklist where cause = 'message' order by source"
_ROWS = "select stream, key, since from worklist where source = %s and cause = 'message' order by stream, key"
_LATER = """
    update worklist w set since = %s from unnest(%s::text[], %s::text[], %s::timestamptz[]) as n(stream, key, since)
    where w.source = %s and w.stream = n.stream and w.key = n.key and w.since = n.since returning w.key
"""
_OF_OBJECTS = " union ".join(
    f"select part from {table} where part is not null and source = %(source)s and key = any(%(keys)s)"
    for table in PARTS
)


def handle_inbox() -> Handled:
    """Put what waiting messages name on the work lists, refresh just that, and consolidate the persons touched."""
    handled = take_in()
    persons: set[UUID] = set()
    while named := [source for source in _listed() if handled.runs.get(source, "succeeded") == "succeeded"]:
        with ThreadPoolExecutor(len(named)) as pool:
            for source, (state, touched) in zip(named, pool.map(refresh, named), strict=True):
                handled.runs[source] = state
                persons |= touched
    consolidate_persons(sorted(persons))
    return handled


def _listed() -> list[str]:
    with connect() as connection:
        return [str(row[0]) for row in connection.execute(_LISTED).fetchall()]


def refresh(source: str) -> tuple[str, set[UUID]]:
    """Refresh what messages named of one source; the run's state or why there was none, and the persons touched.

    What could not be refreshed stays on the list, behind what arrived meanwhile.
    """
    with connect() as connection:
        rows = all_rows(connection, _ROWS, (source,))
        try:
            state = sync_source(source, cause="message", worklist=True).state
        except BusyError:
            return "busy", set()
        except (ConnectorError, SettingsError, psycopg.Error) as error:
            state = line_of(error)
        touched = _touched(connection, source, [key for _, key, _ in rows])
        streams, keys, since = ([row[i] for row in rows] for i in range(3))
        connection.execute(_LATER, (now(), streams, keys, since, source))
    return state, touched


def _touched(connection: Connection, source: str, keys: list[str]) -> set[UUID]:
    """The persons among the keys, and the parties of the objects among them."""
    people = connection.execute(
        "select distinct objekt from identitet where objekt = any(%s::uuid[])", ([k for k in keys if _is_uuid(k)],)
    )
    parties = all_rows(connection, _OF_OBJECTS, {"source": source, "keys": keys})
    return {row[0] for row in people.fetchall()} | {row[0] for row in parties}


def _is_uuid(key: str) -> bool:
    try:
        UUID(key)
    except ValueError:
        return False
    return True


class Refresher:
    """Keeps refreshing while messages arrive: at most one refresh a source at a time, and never one for another."""

    def __init__(self, wake: threading.Event) -> None:
        self.wake = wake
        self._pool = ThreadPoolExecutor(16, thread_name_prefix="refresh")
        self._consolidator = ThreadPoolExecutor(1, thread_name_prefix="consolidate")
        self._busy: dict[str, Future[None]] = {}
        self._rest: dict[str, float] = {}

    def go(self) -> Handled:
        """Take in what has arrived, and begin what is not under way; returns at once."""
        handled = take_in()
        for source in _listed():
            running = self._busy.get(source)
            if (running is None or running.done()) and time.monotonic() >= self._rest.get(source, 0.0):
                self._busy[source] = self._pool.submit(self._one, source)
        return handled

    def close(self) -> None:
        """Begin nothing more."""
        self._pool.shutdown(wait=False, cancel_futures=True)
        self._consolidator.shutdown(wait=False, cancel_futures=True)

    def _one(self, source: str) -> None:
        try:
            state, persons = refresh(source)
        except Exception as error:
            log.error("%s: what messages named could not be refreshed: %s", source, type(error).__name__)
            state, persons = "failed", set()
        if state == "succeeded":
            self._rest.pop(source, None)
        else:
            self._rest[source] = time.monotonic() + REST
        if persons:
            # On its own thread: a night's long consolidation must not keep the next message waiting.
            self._consolidator.submit(_consolidated, persons)
        self.wake.set()


def _consolidated(persons: set[UUID]) -> None:
    try:
        consolidate_persons(sorted(persons))
    except Exception as error:
        # The next consolidation finds them by its watermark.
        log.error("%s persons could not be consolidated: %s", len(persons), type(error).__name__)


__all__ = ["Refresher", "handle_inbox", "refresh"]
