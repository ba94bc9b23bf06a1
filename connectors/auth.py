"""Bearer tokens by OAuth 2.0 grants, kept until shortly before they expire. Nothing here is ever logged."""

import threading
import time
from collections.abc import Callable
from typing import Any

import msgspec
import requests
from requests.auth import AuthBase

from connectors import faults
from connectors.contract import Access
from connectors.errors import AccessError, ContractError
from connectors.reply import Reply

EARLY = 30.0
"""Seconds before its expiry at which a token is no longer used."""
UNSAID = 60.0
"""Seconds that a token is kept when the reply does not say for how long it is good."""


class TokenAuth(AuthBase):
    """Puts a bearer token on each request, fetching it with the form that a grant asks for."""

    scheme = "Bearer"
    """First word of the Authorization header."""
    early = EARLY
    remedy = "check client_id, its secret and the user"
    """What a person does when no token is given."""

    def __init__(self, url: str, form: dict[str, str], clock: Callable[[], float] = time.monotonic) -> None:
        self._url = url
        self._form = form
        self._clock = clock
        self._lock = threading.Lock()
        self._token = ""
        self._until = 0.0
        self._served = False
        self._send: Callable[..., Reply]

    def __repr__(self) -> str:
        return f"{type(self).__name__}(...)"

    def fetch_with(self, send: Callable[..., Reply]) -> None:
        """Use the session (and so the TLS settings and timeouts) of the system that the token opens; RestApi says
        which."""
        self._send = send

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        """The request with a token that is still good."""
        token = self._current()
        request.headers["Authorization"] = f"{self.scheme} {token}"
        return request

    def served(self) -> None:
        """The vendor accepted the token."""
        self._served = True

    def renewable(self) -> bool:
        """After a 401: whether a fresh token is worth one more try. Only a token that once was accepted can have been
        withdrawn; one refused at first sight would be refused again. Forgets the token."""
        with self._lock:
            worth = self._served
            self._token, self._served = "", False
            return worth

    def _current(self) -> str:
        with self._lock:
            if not self._token or self._clock() >= self._until:
                self._token, seconds = self._fetch()
                self._until = self._clock() + max(seconds - self.early, seconds / 2)
                self._served = False
            return self._token

    def _fetch(self) -> tuple[str, float]:
        where = faults.place("POST", self._url)
        reply = self._post(self._form)
        if reply.status_code in (400, 401, 403):
            raise AccessError(f"{where}: {reply.status_code}, no token; {self.remedy}")
        if fault := faults.of_reply(reply, where):
            raise fault
        try:
            found = msgspec.json.decode(reply.content)
            return str(found["access_token"]), float(found.get("expires_in", UNSAID))
        except (msgspec.DecodeError, KeyError, TypeError, ValueError, AttributeError):
            raise ContractError(f"{where}: the reply holds no access_token; check token_url") from None

    def _post(self, form: dict[str, str]) -> Reply:
        return self._send("POST", self._url, data=form, auth=no_auth)


def no_auth(request: requests.PreparedRequest) -> requests.PreparedRequest:
    """The request as it is: for those that go to buy what opens the others."""
    return request


class KeyInQuery(AuthBase):
    """Puts an API key into each request's address, for vendors that want it there."""

    def __init__(self, name: str, key: str) -> None:
        self._name, self._key = name, key

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self._name!r}, ...)"

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        """The request with the key."""
        request.prepare_url(request.url, {self._name: self._key})
        return request


def _setting(access: Access, *names: str) -> str:
    for name in names:
        value: Any = access.extra.get(name)
        if value:
            return str(value)
    raise AccessError(f"{names[0]} is missing in the extra of this source's Connection (AIRFLOW_CONN_<ID>)")


def client_credentials(access: Access) -> TokenAuth:
    """Grant client_credentials, from extra.{token_url, client_id, client_secret}; login and password stand in for
    the last two. extra.scope and extra.resource are sent where they are set (Entra ID, ADFS)."""
    form = {
        "grant_type": "client_credentials",
        "client_id": str(access.extra.get("client_id") or access.login or _setting(access, "client_id")),
        "client_secret": str(access.extra.get("client_secret") or access.password or _setting(access, "client_secret")),
    }
    form |= {name: str(access.extra[name]) for name in ("scope", "resource") if access.extra.get(name)}
    return TokenAuth(_setting(access, "token_url"), form)


def password_grant(access: Access) -> TokenAuth:
    """Grant password, from login, password and extra.{token_url, client_id, client_secret}."""
    form = {
        "grant_type": "password",
        "client_id": _setting(access, "client_id"),
        "client_secret": _setting(access, "client_secret"),
        "username": access.login or _setting(access, "username"),
        "password": access.password or _setting(access, "password"),
    }
    return TokenAuth(_setting(access, "token_url"), form)


def by_grant(access: Access, default: str) -> TokenAuth:
    """The grant that extra.grant names ("password" or "client_credentials"), else the default; with extra.auth "idws"
    the access tokens of OIO-IDWS, by extra.token_url (OAuth) or extra.access_token_url."""
    if access.extra.get("auth") == "idws":
        from connectors.idws.oauth import JsonWebTokens
        from connectors.idws.rest import AccessTokens

        return JsonWebTokens(access) if access.extra.get("token_url") else AccessTokens(access)
    grant = access.extra.get("grant") or default
    if grant not in ("password", "client_credentials"):
        raise AccessError("extra.grant in this source's Connection must be password or client_credentials")
    return password_grant(access) if grant == "password" else client_credentials(access)


__all__ = ["KeyInQuery", "TokenAuth", "by_grant", "client_credentials", "no_auth", "password_grant"]
