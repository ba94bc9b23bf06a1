"""The security token service of the town: WS-Trust 1.3 over SOAP 1.2, as JSON, OAuth 2.0, and AccessTokenService."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from korsbaek.systems.soap.envelope import SOAP12, Fault, Form, fault
from korsbaek.systems.sts.access import access_token
from korsbaek.systems.sts.json_door import by_json
from korsbaek.systems.sts.oauth_door import by_oauth
from korsbaek.systems.sts.soap_door import SoapDoor
from korsbaek.tokens import PATHS
from korsbaek.town import Town

Answer = tuple[str, str, bytes]
"""Status line, media type and body."""


def app(town: Town, config: dict[str, Any]) -> Callable[..., Iterable[bytes]]:
    """The WSGI application. `config`: "folder", whose pki and tokens.json it reads."""
    folder = Path(config["folder"])
    soap = SoapDoor(folder)

    def trust(raw: bytes, environ: dict[str, Any]) -> Answer:
        try:
            return "200 OK", "application/soap+xml", soap.answer(raw)
        except Fault as problem:
            return "500 Internal Server Error", "application/soap+xml", fault(Form(SOAP12), problem)

    doors: dict[str, Callable[[bytes, dict[str, Any]], Answer]] = {
        PATHS["soap"]: trust,
        PATHS["json"]: lambda raw, environ: by_json(folder, raw, environ),
        PATHS["access"]: lambda raw, environ: access_token(folder, raw, environ),
        PATHS["oauth"]: lambda raw, environ: by_oauth(folder, raw, environ),
    }

    def serve(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        door = doors.get(str(environ.get("PATH_INFO") or "/"))
        if door is None or environ["REQUEST_METHOD"] != "POST":
            start("404 Not Found" if door is None else "405 Method Not Allowed", [("Content-Type", "text/plain")])
            return [b""]
        raw = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
        status, media, body = door(raw, environ)
        start(status, [("Content-Type", f"{media}; charset=utf-8"), ("Cache-Control", "no-store")])
        return [body]

    return serve
