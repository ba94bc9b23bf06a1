"""The token endpoint of a Keycloak realm, and the check of what it gave out.

Known: both KMD Nexus and SBSIP stand behind `.../realms/{realm}/protocol/openid-connect/token` (rammearkitektur 7.1,
7.2), with client_credentials, and SBSIP also with password. The answers' shape and codes are Keycloak's and RFC 6749's.
Tokens here are opaque; no client may read one.
"""

import base64
import hmac
import secrets
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from korsbaek.systems.rest import HttpError, Request


@dataclass
class Realm:
    """One realm with one client, and one user when the password grant is open."""

    client_id: str
    client_secret: str
    users: Mapping[str, str] = field(default_factory=dict)
    """Password by user name; empty: only client_credentials."""
    seconds: float = 300
    """How long a token lasts; Keycloak's own default is five minutes."""
    calls: int | None = None
    """A token also ends after so many calls, to show a client an expiry in the middle of a pull."""
    _given: dict[str, list[float]] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def token(self, request: Request) -> dict[str, Any]:
        """Answer POST .../token."""
        form = request.form()
        name, secret = _client(request, form)
        if not (_same(name, self.client_id) and _same(secret, self.client_secret)):
            raise _refused(401, "invalid_client", "Invalid client or Invalid client credentials")
        grant = form.get("grant_type")
        if grant == "password" and self.users:
            if not _same(form.get("password", ""), self.users.get(form.get("username", ""), secrets.token_hex())):
                raise _refused(401, "invalid_grant", "Invalid user credentials")
        elif grant != "client_credentials":
            raise _refused(400, "unsupported_grant_type", "Unsupported grant_type")
        token = secrets.token_urlsafe(32)
        with self._lock:
            now = time.monotonic()
            self._given = {old: mark for old, mark in self._given.items() if mark[0] > now}
            self._given[token] = [now + self.seconds, self.calls if self.calls is not None else float("inf")]
        return {
            "access_token": token,
            "expires_in": int(self.seconds),
            "refresh_expires_in": 0,
            "token_type": "Bearer",
            "not-before-policy": 0,
            "scope": "profile email",
        }

    def check(self, request: Request) -> None:
        """Raise 401 unless the call carries a token that still holds."""
        kind, _, token = request.headers.get("authorization", "").partition(" ")
        with self._lock:
            mark = self._given.get(token)
            if kind.lower() == "bearer" and mark and mark[0] > time.monotonic() and mark[1] > 0:
                mark[1] -= 1
                return
        error = ', error="invalid_token"' if token else ""
        raise HttpError(401, headers={"WWW-Authenticate": f'Bearer realm="{self.client_id}"{error}'})


def _client(request: Request, form: Mapping[str, str]) -> tuple[str, str]:
    kind, _, coded = request.headers.get("authorization", "").partition(" ")
    if kind.lower() != "basic":
        return form.get("client_id", ""), form.get("client_secret", "")
    try:
        name, _, secret = base64.b64decode(coded).decode().partition(":")
    except ValueError:
        return "", ""
    return name, secret


def _same(one: str, other: str) -> bool:
    return hmac.compare_digest(one.encode(), other.encode())


def _refused(status: int, error: str, why: str) -> HttpError:
    return HttpError(status, {"error": error, "error_description": why}, {"Cache-Control": "no-store"})
