"""429 when calls come faster than configured."""

import math
import threading
import time

from korsbaek.systems.rest import HttpError


class Rate:
    """Lets `per_second` calls through, with a burst of one second's worth; None lets all through."""

    def __init__(self, per_second: float | None) -> None:
        self._per_second = per_second
        self._burst = max(1.0, per_second or 0)
        self._left = self._burst
        self._at = time.monotonic()
        self._lock = threading.Lock()

    def take(self) -> None:
        """Count one call; 429 with Retry-After in whole seconds when there was no room for it."""
        if self._per_second is None:
            return
        with self._lock:
            now = time.monotonic()
            self._left = min(self._burst, self._left + (now - self._at) * self._per_second)
            self._at = now
            if self._left < 1:
                wait = math.ceil((1 - self._left) / self._per_second)
                raise HttpError(429, headers={"Retry-After": str(wait)})
            self._left -= 1
