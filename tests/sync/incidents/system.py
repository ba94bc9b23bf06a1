"""A vendor system that can break in every way an incident is opened for, and the connector that reads it for real."""

import json
import ssl
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import NameOID

from canonical_model.draft import Draft, Nummer
from canonical_model.drafts import SagDraft, SagsklasseDraft, SagspartDraft
from connectors import identifiers, minimise
from connectors.contract import Ask, Connector, Page, Shape, Stream
from connectors.fields import Fields
from connectors.paging import Slice, by_offset
from connectors.rest import RestApi

SHEET = minimise.Sheet(frozenset({"Id", "Titel", "Kle", "Oprettet", "Part.Cpr"}))
MANY = 60
NUMBERS = [f"0101{n:02}5555" for n in range(50, 50 + MANY // 2)]
"""Invented numbers."""


def sag(number: int) -> dict[str, Any]:
    """One case as the vendor says it."""
    return {
        "Id": f"5f0c1c1e-6a5c-4c57-9a0e-{number:012}", "Titel": f"Sag {number}", "Kle": "27.36.04",
        "Oprettet": "2026-11-01T10:00:00+01:00", "Part": {"Cpr": NUMBERS[number % len(NUMBERS)]},
    }  # fmt: skip


class System:
    """What it holds and how it behaves: `mood` is ok, slow, html, or the HTTP status that it answers with."""

    def __init__(self, tls: ssl.SSLContext | None = None) -> None:
        self.sager = {n: sag(n) for n in range(MANY)}
        self.mood: str | int = "ok"
        self.tls, self.port = tls, 0
        self.awake = threading.Event()
        self.open()

    def open(self) -> None:
        """Listen, on the same port as before."""
        system = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                system._answer(self)

            do_POST = do_GET

            def log_message(self, format: str, *args: object) -> None:
                """Say nothing."""

        class Server(ThreadingHTTPServer):
            daemon_threads = True

            def handle_error(self, request: Any, client_address: Any) -> None:
                """A client that hangs up, or is refused, is no error of the test's."""

        self.server = Server(("127.0.0.1", self.port), Handler)
        self.port = self.server.server_address[1]
        if self.tls:
            self.server.socket = self.tls.wrap_socket(self.server.socket, server_side=True)
        threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()

    def close(self) -> None:
        """Refuse every connection from now on."""
        self.awake.set()
        self.server.shutdown()
        self.server.server_close()

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"{'https' if self.tls else 'http'}://127.0.0.1:{self.port}"

    def _answer(self, request: BaseHTTPRequestHandler) -> None:
        if self.mood == "slow":
            self.awake.wait(20)
        query = {name: int(values[0]) for name, values in parse_qs(urlsplit(request.path).query).items()}
        found = list(self.sager.values())
        body = json.dumps(
            {"sager": found[query.get("skip", 0) :][: query.get("limit", 0)], "antal": len(found)}
        ).encode()
        kind = "text/html" if self.mood == "html" else "application/json"
        request.send_response(self.mood if isinstance(self.mood, int) else 200)
        request.send_header("Content-Type", kind)
        request.send_header("Content-Length", str(len(body)))
        request.end_headers()
        request.wfile.write(body)


def read(api: RestApi, ask: Ask) -> Iterator[Page]:
    """Every case, a page at a time."""

    def fetch(skip: int, limit: int) -> Slice:
        reply = api.get("sager", {"skip": skip, "limit": limit})
        return Slice(reply["sager"], reply["antal"])

    for found in by_offset(fetch, 25, "sager"):
        yield Page([minimise.record(str(one["Id"]), one, SHEET) for one in found])


def translate(record: Any) -> Iterator[Draft]:
    """One case as facts."""
    given = Fields(record)
    objekt = identifiers.uuid(given.need("Id"), "Id")
    given.need_instant("Oprettet")
    yield SagDraft(objekt=objekt, titel=given.text("Titel"))
    yield SagsklasseDraft(objekt=objekt, rolle="primaer_klasse", brugervendt_noegle=given.text("Kle"))
    number = Nummer("cpr", given.need_one("Part").need_cpr("Cpr"))
    yield SagspartDraft(objekt=objekt, rolle="primaer_part", type="person", part=number)


def connector() -> Connector[Any]:
    """The connector to such a system."""
    stream: Stream[Any] = Stream(
        name="sager", shape=Shape.LISTED, read=read, translate=translate, parse=minimise.parse
    )  # fmt: skip
    return Connector(
        name="prøve", system="Prøve", open=RestApi, streams=(stream,),
        check=lambda api: api.get("sager", {"skip": 0, "limit": 1}),
    )  # fmt: skip


class Authority:
    """Issues certificates that a system with TLS believes."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.cert = self._issue("Prøve-CA", self.key, timedelta(days=900), None)
        (folder / "ca.pem").write_bytes(self.cert.public_bytes(serialization.Encoding.PEM))

    def write(self, name: str, left: timedelta, at: datetime | None = None) -> Path:
        """A certificate with its key in one PEM file, valid for so long from now (before now: expired)."""
        key = ec.generate_private_key(ec.SECP256R1())
        cert = self._issue("127.0.0.1", key, left, self.cert, at)
        path = self.folder / f"{name}.pem"
        private = key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        path.write_bytes(cert.public_bytes(serialization.Encoding.PEM) + private)
        return path

    def pack(self, name: str, left: timedelta, passphrase: str) -> Path:
        """The same as PKCS#12, which the passphrase opens."""
        key = ec.generate_private_key(ec.SECP256R1())
        cert = self._issue("127.0.0.1", key, left, self.cert)
        path = self.folder / f"{name}.p12"
        locked = serialization.BestAvailableEncryption(passphrase.encode())
        path.write_bytes(pkcs12.serialize_key_and_certificates(b"a", key, cert, None, locked))
        return path

    def tls(self) -> ssl.SSLContext:
        """A server's side, which lets in who has a certificate of ours that is good now."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.write("server", timedelta(days=800)))
        context.load_verify_locations(self.folder / "ca.pem")
        context.verify_mode = ssl.CERT_REQUIRED
        return context

    def _issue(
        self, name: str, key: Any, left: timedelta, issuer: x509.Certificate | None, at: datetime | None = None
    ) -> x509.Certificate:
        from ipaddress import ip_address

        now = at or datetime.now(UTC)
        subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
        builder = (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(issuer.subject if issuer else subject)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - timedelta(days=2000))
            .not_valid_after(now + left)
            .add_extension(x509.BasicConstraints(ca=issuer is None, path_length=None), critical=True)
        )
        if issuer:
            names = x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))])
            builder = builder.add_extension(names, critical=False)
        return builder.sign(self.key, hashes.SHA256())
