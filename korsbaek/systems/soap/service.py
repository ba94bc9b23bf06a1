"""One contract as a WSGI application: POST a request, GET ?wsdl and the schemas it names, GET /health."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any, Protocol

from lxml import etree

from korsbaek.systems.soap.envelope import Fault, Form, Request, fault, parse, wrap
from korsbaek.systems.soap.names import prefixed

WSDL = Path(__file__).parents[2] / "wsdl"
"""Korsbaek's own contracts; lean, and proved equal in effect to the published ones by the tests."""
WsgiApp = Callable[[Mapping[str, Any], Callable[..., Any]], Iterable[bytes]]
_ONE_AT_A_TIME = Lock()
"""A schema keeps the errors of its last validation, so threads take turns; it takes some 50 microseconds."""
_REASONS = {200: "200 OK", 404: "404 Not Found", 405: "405 Method Not Allowed", 500: "500 Internal Server Error"}


class Guard(Protocol):
    """Who lets a message in, and signs the reply."""

    def admit(self, envelope: etree._Element, path: str) -> None:
        """Returns when the message, which came to `path`, may be answered; else a `Fault`."""

    def seal(self, reply: bytes, request: etree._Element) -> bytes:
        """The reply, signed."""


@cache
def schema(name: str) -> etree.XMLSchema:
    """The schemas that a WSDL of ours imports, as one: strict wildcards then find every extension element."""
    types = etree.parse(WSDL / f"{name}.wsdl").find(".//{http://www.w3.org/2001/XMLSchema}schema")
    if types is None:
        raise ValueError(f"{name}.wsdl imports no schema")
    for imported in types:
        imported.set("schemaLocation", (WSDL / str(imported.get("schemaLocation"))).as_uri())
    return etree.XMLSchema(etree.fromstring(etree.tostring(types)))


@dataclass(frozen=True)
class Service:
    """A contract: its WSDL's name, the URL that the WSDL tells, the paths that answer, its envelopes (namespaces).

    `operations` has what answers each request element with the body's XML. `refuse` answers a request that breaks the
    schema. Either may raise a `Fault`. `guard` wants a token and signs what goes out; without one, mutual TLS is all.
    """

    wsdl: str
    url: str
    paths: tuple[str, ...]
    envelopes: tuple[str, ...]
    operations: Mapping[str, Callable[[Request], str]]
    refuse: Callable[[Request], str]
    guard: Guard | None = None

    def __call__(self, environ: Mapping[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        """WSGI."""
        status, media, body = self._serve(environ)
        headers = [("Content-Type", f"{media}; charset=utf-8"), ("Content-Length", str(len(body)))]
        start_response(_REASONS[status], headers)
        return [body]

    def _serve(self, environ: Mapping[str, Any]) -> tuple[int, str, bytes]:
        path = str(environ.get("PATH_INFO") or "/")
        if environ["REQUEST_METHOD"] in ("GET", "HEAD"):
            return self._get(path, str(environ.get("QUERY_STRING") or ""))
        if path.rstrip("/") not in self.paths:
            return 404, "text/plain", b"no such service"
        if environ["REQUEST_METHOD"] != "POST":
            return 405, "text/plain", b"POST a SOAP message"
        raw = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
        return self._post(raw, str(environ.get("CONTENT_TYPE") or ""), path)

    def _post(self, raw: bytes, content_type: str, path: str) -> tuple[int, str, bytes]:
        form = Form()
        admitted: etree._Element | None = None
        try:
            request = parse(raw, content_type)
            form = request.form
            if self.guard is not None:
                self.guard.admit(request.envelope, path)
                admitted = request.envelope
            if form.namespace not in self.envelopes:
                raise Fault("VersionMismatch", "this service does not speak this version of SOAP")
            answer = self.operations.get(prefixed(str(request.body.tag)))
            if answer is None:
                raise Fault("Client", "no such operation")
            with _ONE_AT_A_TIME:
                valid = schema(self.wsdl).validate(request.body)
            body = answer(request) if valid else self.refuse(request)
            reply, status = wrap(form, body, request.transaction), 200
        except Fault as error:
            reply, status = fault(form, error), 500
        if self.guard is not None and admitted is not None:
            reply = self.guard.seal(reply, admitted)
        return status, form.media, reply

    def _get(self, path: str, query: str) -> tuple[int, str, bytes]:
        if path.endswith("/health"):
            return 200, "text/plain", b"ok"
        if query.lower() == "wsdl" and path.rstrip("/") in ("", *self.paths):
            text = (WSDL / f"{self.wsdl}.wsdl").read_text(encoding="utf-8")
            return 200, "text/xml", text.replace("urn:korsbaek:endpoint", self.url).encode()
        name = path.rpartition("/")[2]
        if name.endswith(".xsd") and (WSDL / name).is_file():
            return 200, "text/xml", (WSDL / name).read_bytes()
        return 404, "text/plain", b"no such page"
