"""Anmodning: what caseworkers ask the hub to do, taken up one by one by a worker and never twice at the same time."""

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

import psycopg
from psycopg.types.json import Jsonb

from canonical_model.store import StoreError
from helhed.settings import now
from sync.citizen import Said, refetch, whole
from sync.consolidate import consolidate_persons
from sync.database import Connection, all_rows, connect, one_value

CHANNEL = "anmodning"
"""What the view notifies when it has written a request."""
HENT_IGEN = "hent_igen"
MOST_ATTEMPTS = 3
"""Workers that may die over one request before it is given up."""
WORKERS = 3
"""Requests that are executed at once in one process."""
log = logging.getLogger(__name__)

_LOCK = "select pg_try_advisory_lock(hashtextextended('helhed anmodning ' || %s::text, 0))"
_UNLOCK = "select pg_advisory_unlock(hashtextextended('helhed anmodning ' || %s::text, 0))"
_BEGIN = """
    update anmodning set tilstand = 'running', forsoeg = forsoeg + 1, begyndt = %s
    where id = %s and afsluttet is null returning objekt, forsoeg
"""
_SAID = "update anmodning set svar = svar || %s where id = %s and afsluttet is null"
_END = "update anmodning set tilstand = %s, afsluttet = %s where id = %s"


def execute_next(connection: Connection) -> bool:
    """Take the oldest open request that nobody works on, and execute it; False when there is none.

    Whoever executes holds an advisory lock: a worker that dies lets go of it, and the next one begins anew.
    """
    for (number,) in all_rows(connection, "select id from anmodning where afsluttet is null order by id"):
        with _held(connection, number) as mine:
            if not mine:
                continue
            row = connection.execute(_BEGIN, (now(), number)).fetchone()
            if row is None:
                continue
            _execute(connection, number, row[0], row[1])
            return True
    return False


def _execute(connection: Connection, number: int, person: UUID, attempts: int) -> None:
    if attempts > MOST_ATTEMPTS:
        log.error("request %s was given up: %s workers died over it", number, attempts - 1)
        connection.execute(_END, ("failed", now(), number))
        return

    def tell(said: Said) -> None:
        connection.execute(_SAID, (Jsonb({said.source: said.as_dict()}), number))

    try:
        state = whole(refetch(person, cause="anmodning", tell=tell))
    except (psycopg.OperationalError, StoreError):
        raise
    except Exception as error:
        # Its text could hold data. What had answered until then stands in the row.
        log.error("request %s failed: %s", number, type(error).__name__)
        state = "failed"
    connection.execute(_END, (state, now(), number))
    # The page is up to date already; this is for search, and a long consolidation may be in its way.
    consolidate_persons([person])


@contextmanager
def _held(connection: Connection, number: int) -> Iterator[bool]:
    mine = bool(one_value(connection, _LOCK, (number,)))
    try:
        yield mine
    finally:
        if mine and not connection.closed and not connection.broken:
            connection.execute(_UNLOCK, (number,))


def work(stop: threading.Event, every: float = 5.0) -> None:
    """Execute requests as they are made, until `stop` is set; a store that is away is waited for."""
    threads = [
        threading.Thread(target=_work, args=(stop, every), name=f"anmodning {n}", daemon=True) for n in range(WORKERS)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def _work(stop: threading.Event, every: float) -> None:
    while not stop.is_set():
        try:
            with connect() as connection:
                connection.execute(f"listen {CHANNEL}")
                while not stop.is_set():
                    while not stop.is_set() and execute_next(connection):
                        pass
                    _await(connection, stop, every)
        except (psycopg.Error, StoreError) as error:
            log.warning("requests wait for the store: %s", type(error).__name__)
            stop.wait(every)


def _await(connection: Connection, stop: threading.Event, every: float) -> None:
    """Return when a request has been made, or after so many seconds: a notification may be lost with its sender."""
    waited = 0.0
    while waited < every and not stop.is_set():
        found: list[Any] = list(connection.notifies(timeout=1.0, stop_after=1))
        if found:
            return
        waited += 1.0
