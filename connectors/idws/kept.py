"""The tokens of this process: one for each security token service, service, authority and certificate."""

import threading
from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple

from connectors.idws.assertion import Token


class Wanted(NamedTuple):
    """What a token is for."""

    sts: str
    service: str
    cvr: str
    certificate: str
    """Thumbprint."""


class _Place:
    """Where one token lies; whoever finds none fetches it while the others wait."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.token: Token | None = None
        self.served = ""


_places: dict[Wanted, _Place] = {}
_lock = threading.Lock()


def _place(wanted: Wanted) -> _Place:
    with _lock:
        return _places.setdefault(wanted, _Place())


def current(wanted: Wanted, now: datetime, issue: Callable[[], Token]) -> Token:
    """The kept token, or a new one when it is about to expire."""
    place = _place(wanted)
    with place.lock:
        if place.token is None or now >= place.token.fresh_until:
            place.token = None
            place.token = issue()
        return place.token


def served(wanted: Wanted, token: Token) -> None:
    """A service accepted the token."""
    _place(wanted).served = token.id


def refused(wanted: Wanted, token: Token) -> bool:
    """A service refused the token, which is forgotten. Gives whether another try is worth it: the token was accepted
    before, or somebody has fetched a new one since."""
    place = _place(wanted)
    with place.lock:
        if place.token is not token:
            return True
        place.token = None
        return place.served == token.id


def forget() -> None:
    """Forgets all tokens."""
    with _lock:
        _places.clear()
