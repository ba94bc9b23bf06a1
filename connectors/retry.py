"""The one retry policy: only what may pass by itself, with patience, and always with an end."""

import time
from collections.abc import Callable
from typing import TypeVar

from tenacity import RetryCallState, Retrying, retry_if_exception_type
from tenacity.wait import wait_exponential_jitter

from connectors.errors import TransientError

TRIES = 5
"""How often one request is sent at most."""
BUDGET = 600.0
"""Seconds after which no further try begins."""
LONGEST_ASKED = 300.0
"""Seconds that a vendor may ask us to wait (Retry-After); asked for more, we stop and come back another time."""

T = TypeVar("T")

backoff: Callable[[RetryCallState], float] = wait_exponential_jitter(initial=1, max=60, jitter=1)
"""Seconds before the next try when the vendor says nothing; jitter keeps many workers from knocking in step."""
sleep: Callable[[float], None] = time.sleep
"""How to wait. Tests replace it, so that nothing sleeps."""


def _asked(state: RetryCallState) -> float | None:
    error = state.outcome.exception() if state.outcome is not None else None
    return error.retry_after if isinstance(error, TransientError) else None


def _wait(state: RetryCallState) -> float:
    asked = _asked(state)
    return backoff(state) if asked is None else max(0.0, asked)


def _stop(state: RetryCallState) -> bool:
    if state.attempt_number >= TRIES or (_asked(state) or 0) > LONGEST_ASKED:
        return True
    spent = max(state.seconds_since_start or 0.0, state.idle_for)
    return spent + state.upcoming_sleep > BUDGET


def patiently(call: Callable[[], T]) -> T:
    """Result of `call`, tried again while it raises TransientError: at most TRIES times and BUDGET seconds.

    Only for reads: what writes to a vendor needs a contract of its own. The last error is raised as it is.
    """
    policy = Retrying(
        stop=_stop,
        wait=_wait,
        retry=retry_if_exception_type(TransientError),
        sleep=lambda seconds: sleep(seconds),
        reraise=True,
    )
    return policy(call)


__all__ = ["BUDGET", "LONGEST_ASKED", "TRIES", "patiently"]
