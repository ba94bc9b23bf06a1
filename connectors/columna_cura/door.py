"""Cura's door: a token for a user, and with it a session token for an organisation and a role."""

from typing import Any

import requests

from connectors import faults
from connectors.auth import TokenAuth
from connectors.contract import Access
from connectors.errors import ContractError
from connectors.rest import RestApi, decode

PAGE = 200
"""Resources a page (options.page_size in the source's file); Cura gives at most 1,000."""
CLIENT = "fhir-server"


class CuraAuth(TokenAuth):
    """Puts three headers on each request: the token, the key of the API, and the session token made with both."""

    def __init__(self, access: Access) -> None:
        form = {
            "grant_type": "password",
            "client_id": str(access.extra.get("client_id") or CLIENT),
            "username": access.login,
            "password": access.password,
        }
        super().__init__(str(access.extra.get("token_url") or ""), form)
        self._key = str(access.extra.get("api_key") or "")
        self._address = str(access.extra.get("session_url") or access.url.rstrip("/") + "/session-token")
        options = access.options
        self._role = {
            "organization": str(options.get("organisation") or ""),
            "userRole": str(options.get("brugerrolle") or ""),
            "apiVersion": str(options.get("api_version") or ""),
        }
        self._session = ""

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        """The request with a token, a key and a session that are still good."""
        token = self._current()
        request.headers["Authorization"] = f"{self.scheme} {token}"
        request.headers["CURA-API-KEY"] = self._key
        request.headers["CuraSessionToken"] = f"{self.scheme} {self._session}"
        return request

    def _fetch(self) -> tuple[str, float]:
        token, seconds = super()._fetch()
        where = faults.place("POST", self._address)
        headers = {"Authorization": f"{self.scheme} {token}", "CURA-API-KEY": self._key}
        reply = self._send("POST", self._address, data=self._role, headers=headers, auth=_as_it_is)
        if fault := faults.of_reply(reply, where):
            raise fault
        found: Any = decode(reply, where)
        session = found.get("sessionToken") if isinstance(found, dict) else None
        if not isinstance(session, dict) or not isinstance(session.get("tokenString"), str):
            raise ContractError(f"{where}: the reply holds no sessionToken; check session_url and the options")
        self._session = session["tokenString"]
        return token, seconds

    def _current(self) -> str:
        token = super()._current()
        self.served()  # the endpoint of sessions took it, so one that is refused later has been withdrawn
        return token


def _as_it_is(request: requests.PreparedRequest) -> requests.PreparedRequest:
    return request


class Cura:
    """The FHIR server."""

    def __init__(self, access: Access) -> None:
        self.rest = RestApi(access, CuraAuth(access))
        self.rest.session.headers["Accept"] = "application/fhir+json, application/json"
        self.size = int(access.options.get("page_size") or access.extra.get("page_size") or PAGE)

    def check(self) -> None:
        """Asks for one citizen: user, key, session and the right to see citizens are all in order when it comes."""
        self.rest.get("Patient", {"_count": 1})
