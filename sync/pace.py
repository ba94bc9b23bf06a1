"""A vendor's rate limit: a row in the store that says when the next request may leave, obeyed by everyone."""

import threading
import time
from datetime import UTC, datetime

from sync.database import Connection, connect, one_value

_TAKE = """
    insert into vandmaerke (navn, tid) values (%(navn)s, clock_timestamp() + %(step)s * interval '1 second')
    on conflict (navn) do update
    set tid = greatest(vandmaerke.tid, clock_timestamp()) + %(step)s * interval '1 second'
    returning tid - %(step)s * interval '1 second'
"""


class Pace:
    """Lets at most `rate` requests a second leave for a source, counted over all processes; None: no limit."""

    def __init__(self, source: str, rate: float | None) -> None:
        self._navn, self._rate = f"rate/{source}", rate
        self._lock = threading.Lock()
        self._connection: Connection | None = None
        self._slots: list[float] = []

    def wait(self) -> None:
        """Return when the next request may leave."""
        if self._rate is None:
            return
        with self._lock:
            if not self._slots:
                self._slots = self._take(self._rate)
            at = self._slots.pop()
        delay = at - time.monotonic()
        if delay > 0:
            threading.Event().wait(delay)

    def close(self) -> None:
        """Let go of the connection."""
        if self._connection is not None:
            self._connection.close()

    def _take(self, rate: float) -> list[float]:
        """Reserve a quarter of a second's requests at once, so that a high rate does not mean many statements."""
        many = max(1, int(rate / 4))
        self._connection = self._connection or connect()
        first: datetime = one_value(self._connection, _TAKE, {"navn": self._navn, "step": many / rate})
        ahead = (first - datetime.now(UTC)).total_seconds()
        begin = time.monotonic() + max(0.0, ahead)
        return [begin + i / rate for i in reversed(range(many))]
