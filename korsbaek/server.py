"""A threaded HTTP/1.1 server for one WSGI application: keep-alive, loopback only, TLS with client certificates."""

import contextlib
import io
import os
import select
import socket
import ssl
import struct
import sys
import traceback
from collections.abc import Callable, Iterable
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import unquote_to_bytes

Wsgi = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


def tls(pki: Path, server: str = "server", authority: str = "ca") -> ssl.SSLContext:
    """Server side: only clients with a certificate of the town's own authority get in.

    `server` and `authority` name the certificate files, for a door that is to be wrong.
    """
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.load_cert_chain(pki / f"{server}.crt", pki / f"{server}.key")
    context.load_verify_locations(pki / f"{authority}.crt")
    context.verify_mode = ssl.CERT_REQUIRED
    return context


class Spoilt(NamedTuple):
    """A reply that does not leave as it should."""

    hang: bool
    """It never leaves; the connection stays open until the client goes."""
    sent: float
    """The share of the body that leaves before the connection ends; 0: nothing at all."""
    reset: bool
    """The connection ends with a reset instead of an orderly end."""


class Server(ThreadingHTTPServer):
    """Serves one application on 127.0.0.1; `port` 0 takes a free one."""

    daemon_threads = True
    request_queue_size = 128

    def __init__(self, app: Wsgi, port: int, context: Callable[[], ssl.SSLContext] | None) -> None:
        """Binds at once; `serve_forever` answers. `context` gives the TLS settings of a new connection."""
        self.app = app
        self.context = context
        super().__init__(("127.0.0.1", port), Handler)

    def server_bind(self) -> None:
        """Without the name lookup that http.server does."""
        self.allow_reuse_address = True
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self.socket.bind(self.server_address)
        self.server_address = self.socket.getsockname()
        self.server_name, self.server_port = "localhost", self.server_address[1]

    def get_request(self) -> tuple[socket.socket, Any]:
        """A new connection; its TLS handshake is done in its own thread."""
        connection, address = super().get_request()
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        connection.settimeout(120)
        if self.context:
            connection = self.context().wrap_socket(connection, server_side=True, do_handshake_on_connect=False)
        return connection, address

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A broken connection is the client's business; nothing is written, since requests hold personal data."""


class Handler(BaseHTTPRequestHandler):
    """One connection, any number of requests."""

    protocol_version = "HTTP/1.1"
    server: Server

    def setup(self) -> None:
        """A new connection, of which nothing is known yet."""
        self.kept: dict[str, Any] = {}
        """What an application remembers of the connection (NTLM opens a connection, not a request)."""
        super().setup()

    def handle(self) -> None:
        """Requests until the client goes."""
        with contextlib.suppress(OSError):
            if isinstance(self.connection, ssl.SSLSocket):
                self.shake_hands(self.connection)
            super().handle()

    def shake_hands(self, connection: ssl.SSLSocket) -> None:
        """TLS; a client that is refused is let finish, or the reset of its unread request would overtake our alert."""
        try:
            connection.do_handshake()
        except ssl.SSLError:
            with contextlib.suppress(OSError):
                connection.settimeout(1)
                while select.select([connection.fileno()], [], [], 1)[0] and os.read(connection.fileno(), 65536):
                    pass
            raise

    def __getattr__(self, name: str) -> Any:
        """Every method goes to the application."""
        if name.startswith("do_"):
            return self.answer
        raise AttributeError(name)

    def answer(self) -> None:
        """One request."""
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        environ = self.environ(body)
        head: list[Any] = []

        def start(status: str, headers: list[tuple[str, str]], _problem: Any = None) -> None:
            head[:] = [status, headers]

        try:
            parts = self.server.app(environ, start)
            content = b"".join(parts)
            close = getattr(parts, "close", None)
            if close:
                close()
        except Exception as problem:
            frame = traceback.extract_tb(problem.__traceback__)[-1]
            where = f"{Path(frame.filename).name}:{frame.lineno}"
            sys.stderr.write(f"{type(problem).__name__} at {where}\n")
            head, content = ["500 Internal Server Error", [("Content-Type", "text/plain")]], b"internal error"
        self.send(head[0], head[1], content, environ.get("korsbaek.spoilt"))

    def send(self, status: str, headers: list[tuple[str, str]], content: bytes, spoilt: Spoilt | None = None) -> None:
        """The whole reply in one write; or as `spoilt` says."""
        lines = [f"HTTP/1.1 {status}"]
        lines += [f"{name}: {value}" for name, value in headers if name.lower() != "content-length"]
        lines.append(f"Content-Length: {len(content)}")
        if self.close_connection:
            lines.append("Connection: close")
        reply = "\r\n".join(lines).encode("latin-1") + b"\r\n\r\n"
        whole = reply if self.command == "HEAD" else reply + content
        if spoilt is None:
            self.wfile.write(whole)
            return
        self.close_connection = True
        if spoilt.hang:
            self.connection.recv(1)  # until the client goes
            return
        self.wfile.write(whole[: len(reply) + int(len(content) * spoilt.sent)] if spoilt.sent else b"")
        if spoilt.reset:
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            os.close(self.connection.detach())

    def environ(self, body: bytes) -> dict[str, Any]:
        """The request as WSGI says it (PEP 3333)."""
        path, _, query = self.path.partition("?")
        found: dict[str, Any] = {
            "REQUEST_METHOD": self.command,
            "SCRIPT_NAME": "",
            "PATH_INFO": unquote_to_bytes(path).decode("latin-1"),
            "QUERY_STRING": query,
            "CONTENT_TYPE": self.headers.get("Content-Type", ""),
            "CONTENT_LENGTH": str(len(body)),
            "SERVER_NAME": "localhost",
            "SERVER_PORT": str(self.server.server_port),
            "SERVER_PROTOCOL": self.request_version,
            "REMOTE_ADDR": "127.0.0.1",
            "wsgi.version": (1, 0),
            "wsgi.url_scheme": "https" if self.server.context else "http",
            "wsgi.input": io.BytesIO(body),
            "wsgi.errors": sys.stderr,
            "wsgi.multithread": True,
            "wsgi.multiprocess": False,
            "wsgi.run_once": False,
            "korsbaek.connection": self.kept,
        }
        for name, value in self.headers.items():
            found[f"HTTP_{name.upper().replace('-', '_')}"] = value
        if isinstance(self.connection, ssl.SSLSocket):
            subject: Any = (self.connection.getpeercert() or {}).get("subject", ())
            found["korsbaek.certificate"] = self.connection.getpeercert(binary_form=True)
            found["korsbaek.client"] = next((v for rdn in subject for k, v in rdn if k == "commonName"), "")
        return found

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """A request that is not HTTP."""
        self.close_connection = True
        self.command = getattr(self, "command", "") or "GET"
        self.send(f"{code} {HTTPStatus(code).phrase}", [("Content-Type", "text/plain")], b"")

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing: request lines can hold personal data."""
