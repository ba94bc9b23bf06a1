"""A session token that is bought with an access token: both go on each request, and both are renewed at a time."""

from dataclasses import dataclass
from typing import Any

import requests

from connectors import faults
from connectors.auth import TokenAuth, no_auth
from connectors.contract import Access
from connectors.errors import ContractError
from connectors.rest import decode


@dataclass(frozen=True, kw_only=True)
class Session:
    """How a system gives session tokens."""

    path: str
    """Where, below the system's address; extra.session_url of the Connection replaces the whole address."""
    form: dict[str, str]
    """What the session is for: a role, an organisation."""
    said: tuple[str, ...]
    """Names that lead to the token in the reply, from the outermost."""
    header: str
    """The header that carries it on each request."""


class SessionAuth(TokenAuth):
    """Puts three kinds of headers on each request: the token, what goes beside it (a key), and the session token that
    was made with both.

    Reads of `Access`: extra.{token_url, session_url}.
    """

    def __init__(self, access: Access, form: dict[str, str], session: Session, beside: dict[str, str]) -> None:
        super().__init__(str(access.extra.get("token_url") or ""), form)
        self._asked = session
        self._address = str(access.extra.get("session_url") or f"{access.url.rstrip('/')}/{session.path}")
        self._beside = beside
        self._session = ""

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        """The request with a token and a session that are still good, and what goes beside them."""
        request = super().__call__(request)
        request.headers.update(self._beside)
        request.headers[self._asked.header] = f"{self.scheme} {self._session}"
        return request

    def _fetch(self) -> tuple[str, float]:
        token, seconds = super()._fetch()
        where = faults.place("POST", self._address)
        headers = {"Authorization": f"{self.scheme} {token}", **self._beside}
        reply = self._send("POST", self._address, data=self._asked.form, headers=headers, auth=no_auth)
        if fault := faults.of_reply(reply, where):
            raise fault
        found: Any = decode(reply, where)
        for name in self._asked.said:
            found = found.get(name) if isinstance(found, dict) else None
        if not isinstance(found, str):
            raise ContractError(f"{where}: the reply holds no {self._asked.said[0]}; check session_url and the options")
        self._session = found
        return token, seconds

    def _current(self) -> str:
        token = super()._current()
        self.served()  # the endpoint of sessions took it, so one that is refused later has been withdrawn
        return token


__all__ = ["Session", "SessionAuth"]
