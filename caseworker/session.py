"""Sessions on the server: the browser holds a signed random id only, an API client a random token."""

import hashlib
import hmac
import secrets
import threading
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from caseworker.principal import Principal
from helhed.settings import key, now

COOKIE = "helhed_session"
IDLE = timedelta(minutes=30)


@dataclass
class Session:
    """One login."""

    principal: Principal
    bearer: bool
    seen: datetime
    csrf: str = field(default_factory=lambda: secrets.token_urlsafe(24))
    formaal: str | None = None
    besked: str | None = None
    """A line for the next page, once."""

    def say_once(self) -> str | None:
        """The line for the next page, and forget it."""
        line, self.besked = self.besked, None
        return line


class Sessions:
    """All logins of this process; gone when it stops."""

    def __init__(self) -> None:
        """No logins yet."""
        self._open: dict[str, Session] = {}
        self._lock = threading.Lock()

    def start(self, principal: Principal, bearer: bool = False) -> tuple[str, Session]:
        """A new login: the secret to hand out, and the session."""
        secret = secrets.token_urlsafe(32)
        session = Session(principal, bearer, now())
        with self._lock:
            self._open = {k: s for k, s in self._open.items() if now() - s.seen <= IDLE}
            self._open[_digest(secret)] = session
        return (secret if bearer else f"{secret}.{_sign(secret)}"), session

    def find(self, given: str | None, bearer: bool = False) -> Session | None:
        """The session of a cookie or token, unless it is forged, ended or idle for 30 minutes."""
        secret = given or ""
        if not bearer:
            secret, _, signature = secret.partition(".")
            if not hmac.compare_digest(signature.encode(), _sign(secret).encode()):
                return None
        with self._lock:
            session = self._open.get(_digest(secret))
            if session is None or session.bearer != bearer:
                return None
            if now() - session.seen > IDLE:
                del self._open[_digest(secret)]
                return None
            session.seen = now()
            return session

    def end(self, session: Session) -> None:
        """Log out."""
        with self._lock:
            self._open = {k: s for k, s in self._open.items() if s is not session}


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def _sign(secret: str) -> str:
    return hmac.new(key(), b"session:" + secret.encode(), hashlib.sha256).hexdigest()
