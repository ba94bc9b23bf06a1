"""A vendor's REST interface: one session, one timeout, one retry policy, and errors without data."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urljoin, urlsplit

import msgspec
import requests
from lxml import etree

from connectors import faults, given, soap_xml
from connectors.auth import KeyInQuery, TokenAuth, by_grant
from connectors.contract import Access
from connectors.errors import ConnectorError, ContractError, TransientError
from connectors.reply import Reply, read
from connectors.retry import patiently
from connectors.tls import dress

TIMEOUT = (10.0, 60.0)
"""Seconds to connect, and between two bytes of the reply; extra.timeout replaces the second."""

PAGE_SIZE = 100
"""Records a page; options.page_size in the source's file replaces it."""


class RestApi:
    """JSON over HTTP at one vendor. Every call may be sent again, so only reads belong here (POST for searches)."""

    def __init__(self, access: Access, auth: TokenAuth | None = None) -> None:
        extra = access.extra
        self.base = access.url.rstrip("/") + "/"
        self.page_size = int(access.options.get("page_size") or extra.get("page_size") or PAGE_SIZE)
        """Records to ask for at a time, where the connector pages."""
        self._timeout = (TIMEOUT[0], float(extra.get("timeout") or TIMEOUT[1]))
        self.session = requests.Session()
        dress(self.session, access)
        self.session.headers["Accept"] = "application/json"
        self._auth = auth
        if auth is not None:
            auth.fetch_with(self._send)

    @classmethod
    def with_token(cls, access: Access) -> "RestApi":
        """Opens by client_credentials, unless extra.grant (or extra.auth) of the Connection says otherwise."""
        return cls(access, by_grant(access, "client_credentials"))

    @classmethod
    def with_key(cls, access: Access, name: str, remedy: str) -> "RestApi":
        """Opens by an API key that the vendor wants in the query of each address: extra.`name`, or the password."""
        api = cls(access)
        api.session.auth = KeyInQuery(name, given.extra(access, name, remedy, access.password))
        return api

    def get(self, path: str, params: dict[str, str | int] | None = None, *, as_sent: bool = False) -> Any:
        """The decoded reply to GET; `path` may be a whole address on the same host (a link). `as_sent`: its bytes."""
        return patiently(lambda: self._ask("GET", path, content if as_sent else decode, params=params))

    def get_xml(self, path: str, root: str, params: dict[str, str | int] | None = None) -> etree._Element:
        """The root of the XML that answers GET; ContractError when it is not called `root`, or is an empty one."""
        headers = {"Accept": "application/xml"}
        found: etree._Element = patiently(lambda: self._ask("GET", path, decode_xml, params=params, headers=headers))
        if soap_xml.local(str(found.tag)) != root or not len(found):
            raise ContractError(f"GET {path}: the reply is no {root} with anything in it; has the address changed?")
        return found

    def find(self, path: str) -> Any | None:
        """As get, but empty when the vendor says 404: it has no such object."""
        return patiently(lambda: self._ask("GET", path, decode, absent_ok=True))

    def post(
        self, path: str, body: Any, params: dict[str, str | int] | None = None,
        *, absent_ok: bool = False, as_sent: bool = False,
    ) -> Any:  # fmt: skip
        """The decoded reply to a search by POST, which reads and changes nothing; `absent_ok`: empty on 404;
        `as_sent`: its bytes."""
        request: dict[str, Any] = {
            "params": params,
            "data": msgspec.json.encode(body),
            "headers": {"Content-Type": "application/json"},
        }
        return patiently(
            lambda: self._ask("POST", path, content if as_sent else decode, absent_ok=absent_ok, **request)
        )

    def _ask(self, method: str, path: str, made: "Decoder", *, absent_ok: bool = False, **request: Any) -> Any:
        url = self._address(path)
        where = faults.place(method, url)
        reply = self._send(method, url, auth=self._auth, **request)
        if reply.status_code == 401 and self._auth is not None and self._auth.renewable():
            reply = self._send(method, url, auth=self._auth, **request)
        if reply.status_code == 404 and absent_ok:
            return None
        if fault := faults.of_reply(reply, where):
            raise fault
        if self._auth is not None:
            self._auth.served()
        return made(reply, where)

    def _address(self, path: str) -> str:
        url = urljoin(self.base, path)
        ours, theirs = urlsplit(self.base), urlsplit(url)
        if (theirs.scheme, theirs.netloc) != (ours.scheme, ours.netloc):
            raise ContractError(f"{faults.place('GET', self.base)}: a link leads to another host; our token stays here")
        return url

    def _send(self, method: str, url: str, **request: Any) -> Reply:
        fault: ConnectorError
        try:
            return read(
                self.session.request(method, url, timeout=self._timeout, allow_redirects=False, stream=True, **request)
            )
        except (requests.RequestException, OSError, ConnectorError) as error:
            fault = faults.of_exception(error, faults.place(method, url), self.session.cert, self.session.verify)
        raise fault


Decoder = Callable[[Reply, str], Any]
"""What is made of a reply, given where it came from."""


def _whole(reply: Reply, where: str) -> None:
    """TransientError when the body is shorter than said."""
    said = reply.headers.get("Content-Length", "")
    if said.isdigit() and "Content-Encoding" not in reply.headers and len(reply.content) < int(said):
        raise TransientError(f"{where}: the reply broke off")


def decode_xml(reply: Reply, where: str) -> etree._Element:
    """The root of the reply's XML. ContractError when it is something else; TransientError when it broke off."""
    _whole(reply, where)
    return soap_xml.read(reply.content, where)


def content(reply: Reply, where: str) -> bytes:
    """The reply's bytes. ContractError when it does not say that they are JSON; TransientError when the body is
    shorter than said."""
    _whole(reply, where)
    kind = reply.headers.get("Content-Type", "").partition(";")[0].strip().lower()
    if kind != "application/json" and not kind.endswith("+json"):
        raise ContractError(f"{where}: the reply is not JSON; is the address in the Connection right?")
    return reply.content


def decode(reply: Reply, where: str) -> Any:
    """The reply's JSON. ContractError and TransientError as `content` says."""
    sent = content(reply, where)
    try:
        return msgspec.json.decode(sent)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        pass
    raise ContractError(f"{where}: the reply cannot be read as JSON")


__all__ = ["RestApi", "content", "decode", "decode_xml"]
