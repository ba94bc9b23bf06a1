"""A SOAP endpoint over a real socket: keeps what was sent, answers what a test says."""

import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

from lxml import etree

ENV11 = "http://schemas.xmlsoap.org/soap/envelope/"
ENV12 = "http://www.w3.org/2003/05/soap-envelope"


@dataclass
class Sent:
    """One request as it arrived."""

    headers: dict[str, str]
    envelope: etree._Element

    @property
    def body(self) -> etree._Element:
        """The one element in Body."""
        return next(e for e in self.envelope if str(e.tag).endswith("}Body"))[0]


@dataclass
class Answer:
    """What goes back."""

    body: bytes
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)


def envelope(inner: str | bytes, ns: str = ENV11) -> bytes:
    """An envelope around a Body."""
    text = inner.decode() if isinstance(inner, bytes) else inner
    return f'<e:Envelope xmlns:e="{ns}"><e:Header/><e:Body>{text}</e:Body></e:Envelope>'.encode()


@dataclass
class Server:
    """Where it listens, and what it heard."""

    url: str
    sent: list[Sent] = field(default_factory=list)


@contextmanager
def serve(answer: Callable[[Sent], Answer], tls: ssl.SSLContext | None = None) -> Iterator[Server]:
    """Serves until left."""
    heard = Server("")

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True

        def do_POST(self) -> None:
            raw = self.rfile.read(int(self.headers["Content-Length"]))
            sent = Sent(dict(self.headers), etree.fromstring(raw))
            heard.sent.append(sent)
            back = answer(sent)
            self.send_response(back.status)
            for name, value in {"Content-Type": "text/xml", **back.headers}.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(back.body)))
            self.end_headers()
            self.wfile.write(back.body)

        def log_message(self, *args: Any) -> None:
            """Says nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    if tls is not None:
        server.socket = tls.wrap_socket(server.socket, server_side=True)
    heard.url = f"{'https' if tls else 'http'}://127.0.0.1:{server.server_port}/service/6"
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield heard
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
