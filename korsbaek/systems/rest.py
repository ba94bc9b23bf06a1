"""JSON over HTTP as a WSGI callable: a route table, answers, and errors that carry their status."""

import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any
from urllib.parse import parse_qs
from wsgiref.types import StartResponse, WSGIEnvironment


@dataclass(frozen=True)
class Request:
    """One call as it came in."""

    method: str
    path: str
    query: Mapping[str, str]
    body: bytes
    headers: Mapping[str, str]
    """Names in lower case."""
    base: str
    """Scheme and host as the caller wrote them, for absolute links."""
    raw_query: str = ""
    """The query as it was sent, for those who may say a name twice."""

    def json(self) -> dict[str, Any]:
        """Give the body as an object; 400 when it is something else."""
        try:
            said = json.loads(self.body or b"{}")
        except ValueError:
            raise HttpError(400, {"Message": "The request is invalid."}) from None
        if not isinstance(said, dict):
            raise HttpError(400, {"Message": "The request is invalid."})
        return said

    def form(self) -> dict[str, str]:
        """Give the body as a form (application/x-www-form-urlencoded)."""
        return {name: values[-1] for name, values in parse_qs(self.body.decode("latin-1")).items()}


@dataclass
class HttpError(Exception):
    """An answer that is not 200."""

    status: int
    body: Any = None
    headers: dict[str, str] = field(default_factory=dict)


Handler = Callable[..., Any]
"""Takes the Request and the path's named parts; gives what is sent as JSON, or bytes sent as they are."""
Guard = Callable[[Request], None]
"""Raises HttpError when the caller may not go on."""


class Routes:
    """A WSGI application that finds the handler by method and path."""

    def __init__(self, error: Callable[[int], Any], guard: Guard) -> None:
        self._table: list[tuple[str, re.Pattern[str], Handler, bool]] = []
        self._error = error
        self._guard = guard
        self.add("GET", "/health", lambda request: {"status": "UP"}, is_open=True)

    def add(self, method: str, path: str, handler: Handler, *, is_open: bool = False) -> None:
        """Add a route; {name} takes one part of the path, {name:int} a number. Only open routes skip the guard."""
        pattern = re.sub(r"\{(\w+):int\}", r"(?P<\1>[0-9]+)", path)
        pattern = re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+)", pattern)
        self._table.append((method, re.compile(pattern + "/?", re.IGNORECASE), handler, is_open))

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer one call."""
        try:
            answer, status, headers = self._answer(_request(environ)), 200, {}
        except HttpError as wrong:
            status, headers = wrong.status, wrong.headers
            answer = self._error(status) if wrong.body is None else wrong.body
        body = answer if isinstance(answer, bytes) else json.dumps(answer, ensure_ascii=False).encode()
        sent = {"Content-Type": "application/json; charset=utf-8", "Content-Length": str(len(body)), **headers}
        start_response(f"{status} {HTTPStatus(status).phrase}", list(sent.items()))
        return [body]

    def _answer(self, request: Request) -> Any:
        other_method = False
        for method, pattern, handler, is_open in self._table:
            if not (parts := pattern.fullmatch(request.path)):
                continue
            if method != request.method:
                other_method = True
                continue
            if not is_open:
                self._guard(request)
            return handler(request, **parts.groupdict())
        self._guard(request)
        raise HttpError(405 if other_method else 404)


def _request(environ: WSGIEnvironment) -> Request:
    length = int(environ.get("CONTENT_LENGTH") or 0)
    headers = {name[5:].replace("_", "-").lower(): str(value) for name, value in environ.items() if name[:5] == "HTTP_"}
    host = headers.get("host") or f"{environ['SERVER_NAME']}:{environ['SERVER_PORT']}"
    query = parse_qs(str(environ.get("QUERY_STRING", "")), keep_blank_values=True)
    return Request(
        method=environ["REQUEST_METHOD"],
        path=environ.get("PATH_INFO", "/"),
        query={name: values[-1] for name, values in query.items()},
        body=environ["wsgi.input"].read(length) if length else b"",
        headers=headers,
        base=f"{environ.get('wsgi.url_scheme', 'http')}://{host}",
        raw_query=str(environ.get("QUERY_STRING", "")),
    )
