"""A pooled connection that rested is asked whether the server is still there; one used a moment ago is not."""

from time import monotonic

import psycopg
from sqlalchemy import Engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DisconnectionError
from sqlalchemy.pool import ConnectionPoolEntry

IDLE = 2.0
"""Seconds of rest after which a connection is asked."""


class Rest:
    """Watches the pool of one engine. Asking before every use cost a page of the view two round trips."""

    def __init__(self, engine: Engine) -> None:
        self._dialect, self._broke = engine.dialect, 0.0
        event.listen(engine, "checkin", self.used)
        event.listen(engine, "checkout", self.ask)
        event.listen(engine, "invalidate", self.broke)

    def used(self, _connection: object, record: ConnectionPoolEntry) -> None:
        """It begins to rest."""
        record.info["used"] = monotonic()

    def broke(self, *_: object) -> None:
        """One broke: all others that rested meanwhile are asked, however short."""
        self._broke = monotonic()

    def ask(self, connection: DBAPIConnection | None, record: ConnectionPoolEntry, _proxy: object) -> None:
        """DisconnectionError, upon which the pool takes another one, when the server has closed it."""
        used: float | None = record.info.get("used")
        if used is None or (used > self._broke and monotonic() - used < IDLE):
            return
        try:
            self._dialect.do_ping(connection)  # type: ignore[arg-type]
        except psycopg.Error:
            raise DisconnectionError from None
