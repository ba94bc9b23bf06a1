"""A twin on a port of loopback, with its faults."""

import io
import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from threading import Thread
from typing import Any, cast

from korsbaek.hostile.gone import Poorer
from korsbaek.hostile.plan import Plan
from korsbaek.hostile.system import hostile
from korsbaek.server import Server, Wsgi
from korsbaek.twin.openapi import Contract
from korsbaek.twin.rest import RestTwin, asked, said
from korsbaek.twin.soap import SoapTwin, named


class _Poorer:
    """A twin of which a share is gone, for as long as one request takes."""

    def __init__(self, twin: RestTwin | SoapTwin) -> None:
        self._twin = twin

    @contextmanager
    def instead(self, share: float) -> Iterator[None]:
        """Meanwhile that share is gone, always the same."""
        self._twin.share = share
        try:
            yield
        finally:
            self._twin.share = 0.0


def twin(contract: Path, seed: int = 7, records: int = 7, faults: Path | None = None) -> Wsgi:
    """The vendor of an OpenAPI document (.json) or a WSDL; ValueError, one line, when the file is neither."""
    plan = Plan(faults or contract.with_suffix(".faults.json"), "twin", lambda: datetime.now(UTC).date())
    if contract.suffix.lower() in (".wsdl", ".xml"):
        soap = SoapTwin(contract, seed, records)
        return _renamed(hostile(soap.app, plan, "twin", cast(Poorer, _Poorer(soap))))
    try:
        document = json.loads(contract.read_text(encoding="utf-8"))
    except (ValueError, OSError) as error:
        raise ValueError(f"{contract.name}: neither JSON nor a WSDL: {type(error).__name__}") from None
    found = Contract(document, seed)
    rest = RestTwin(found, records)
    return _worded(hostile(rest.app, plan, "twin", cast(Poorer, _Poorer(rest))), rest, found)


def _worded(inner: Wsgi, rest: RestTwin, contract: Contract) -> Wsgi:
    def answer(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        found = rest.operation(str(environ["PATH_INFO"]))
        if found is None or found[0].item is None:
            return inner(environ, start)
        request = asked(found[0], str(environ["QUERY_STRING"]))
        environ["wsgi.input"], environ["CONTENT_LENGTH"] = io.BytesIO(request), str(len(request))
        status, headers, body = _heard(inner, environ)
        if status.startswith("200"):
            try:
                whole = said(found[0], json.loads(body), request, str(environ["PATH_INFO"]), contract)
                body = json.dumps(whole, ensure_ascii=False).encode()
            except ValueError:
                pass
        start(status, headers)
        return [body]

    return answer


def _renamed(inner: Wsgi) -> Wsgi:
    def answer(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        status, headers, body = _heard(inner, environ)
        start(status, headers)
        return [named(body)]

    return answer


def _heard(inner: Wsgi, environ: dict[str, Any]) -> tuple[str, list[tuple[str, str]], bytes]:
    head: list[Any] = []
    body = b"".join(inner(environ, lambda status, headers, _problem=None: head.extend((status, list(headers)))))
    return head[0], head[1], body


@contextmanager
def running(app: Wsgi, port: int = 0) -> Iterator[str]:
    """The twin's address while it answers."""
    server = Server(app, port, None)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


__all__ = ["running", "twin"]
