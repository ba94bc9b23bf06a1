"""A vendor system for tests: a real HTTP server with paging and faults, and the connector that reads it."""

import json
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import requests

from canonical_model.draft import WITHHELD, Draft, Lokal, Nummer
from canonical_model.drafts import AdresseDraft, BeskyttelseDraft, FremdriftDraft, NavnDraft, SagDraft, SagspartDraft
from canonical_model.drafts.person import IdentitetDraft
from connectors.contract import Access, Ask, Connector, Page, Record, Shape, Stream
from connectors.errors import AccessError, ContractError, RecordError, TransientError


class Vendor:
    """What the vendor holds, and how it behaves."""

    def __init__(self) -> None:
        self.sager: dict[str, dict[str, Any]] = {}
        self.personer: dict[str, list[dict[str, Any]]] = {}
        self.noter: dict[str, list[dict[str, Any]]] = {}
        self.status: dict[str, int] = {}
        """Path prefix to the HTTP status that it answers with."""
        self.after: int | None = None
        """Answer so many requests, then hang up on everybody."""
        self.before: Callable[[], object] = lambda: None
        """Called before each answer."""
        self.asked: list[str] = []
        self._lock = threading.Lock()
        vendor = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                vendor._answer(self)

            def log_message(self, format: str, *args: object) -> None:
                """Say nothing."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self) -> None:
        """Stop answering."""
        self.server.shutdown()
        self.server.server_close()

    def _answer(self, request: BaseHTTPRequestHandler) -> None:
        parts = urlsplit(request.path)
        query = {name: values[0] for name, values in parse_qs(parts.query).items()}
        with self._lock:
            self.asked.append(parts.path)
            if self.after is not None:
                self.after -= 1
            hang_up = self.after is not None and self.after < 0
        self.before()
        status = next((code for prefix, code in self.status.items() if parts.path.startswith(prefix)), 200)
        if hang_up:
            request.close_connection = True
            request.connection.close()
            return
        body = json.dumps(self._content(parts.path, query)).encode() if status == 200 else b"{}"
        request.send_response(status)
        request.send_header("Content-Length", str(len(body)))
        request.end_headers()
        request.wfile.write(body)

    def _content(self, path: str, query: dict[str, str]) -> Any:
        kind, _, key = path.strip("/").partition("/")
        if kind == "sager":
            since = query.get("since", "")
            found = sorted(
                (s for s in self.sager.values() if s.get("rev", "") >= since), key=lambda s: s.get("rev", "")
            )
            skip = int(query["skip"])
            return found[skip : skip + int(query["limit"])]
        if kind == "keys":
            return sorted(self.sager)
        if kind == "sag":
            return [self.sager[key]] if key in self.sager else []
        return {"person": self.personer, "noter": self.noter}.get(kind, {}).get(key, [])


class Door:
    """A session with the vendor."""

    def __init__(self, access: Access) -> None:
        self.url = access.url
        self.size = int(access.extra.get("page_size", 100))
        self.session = requests.Session()

    def get(self, path: str, **query: Any) -> Any:
        """Parsed JSON, or the error that names the remedy."""
        try:
            reply = self.session.get(f"{self.url}/{path}", params=query, timeout=5)
        except requests.RequestException:
            raise TransientError("the vendor hangs up; try again later") from None
        if reply.status_code in (401, 403):
            raise AccessError("the vendor refuses the login; renew it")
        if reply.status_code == 418:
            raise ContractError("the vendor answers something new")
        if reply.status_code != 200:
            raise TransientError(f"the vendor answers {reply.status_code}")
        return reply.json()


def _records(items: Iterable[dict[str, Any]]) -> list[Record]:
    return [
        Record(str(i["id"]), json.dumps(i, sort_keys=True).encode(), ("farve",) if "farve" in i else ()) for i in items
    ]


def read(door: Door, ask: Ask) -> Iterator[Page]:
    """All pages; the cursor is the highest rev seen."""
    since = ask.since.isoformat() if ask.since else (ask.cursor or "")
    skip = 0
    while True:
        found = door.get("sager", skip=skip, limit=door.size, since=since)
        found = [sag for sag in found if ask.until is None or sag["rev"] < ask.until.isoformat()]
        if found:
            yield Page(_records(found), found[-1].get("rev"))
        skip += len(found)
        if len(found) < door.size:
            return


def translate_sag(sag: dict[str, Any]) -> Iterable[Draft]:
    """A case, its party and its steps."""
    if "titel" not in sag:
        raise RecordError("titel", "is missing")
    if sag["titel"] == "boom":
        raise KeyError(sag.get("cpr"))
    objekt = Lokal("sag", str(sag["id"]))
    titel = WITHHELD if sag["titel"] == "hemmelig" else sag["titel"]
    yield SagDraft(objekt=objekt, sagsnummer=str(sag["id"]), titel=titel)
    if sag.get("cpr"):
        yield SagspartDraft(
            objekt=objekt,
            rolle="primaer_part",
            type="person",
            part=Nummer("cpr", sag["cpr"]),
            fuldt_navn=sag.get("navn"),
        )
    for step in sag.get("fremdrift", ()):
        yield FremdriftDraft(objekt=objekt, status=step["status"], virkning_fra=datetime.fromisoformat(step["fra"]))


def translate_person(person: dict[str, Any]) -> Iterable[Draft]:
    """A person's name, address, protection and former numbers."""
    objekt = Nummer("cpr", person["cpr"])
    if "fornavn" not in person:
        raise RecordError("fornavn", "is missing")
    yield NavnDraft(objekt=objekt, fornavn=person["fornavn"], efternavn=person["efternavn"])
    if "vej" in person:
        yield AdresseDraft(
            objekt=objekt, art="bopael", vejnavn=person["vej"], husnummer=person.get("nr", "1"), postnummer="0999",
            postdistrikt="Korsbæk",
        )  # fmt: skip
    if person.get("beskyttet"):
        yield BeskyttelseDraft(objekt=objekt, art="navn_og_adresse")
    for former in person.get("tidligere", ()):
        yield IdentitetDraft(objekt=objekt, art="cpr", nummer=former)


def _one(path: str) -> Any:
    def read_one(door: Door, key: str) -> Sequence[Record]:
        return _records(door.get(f"{path}/{key}"))

    return read_one


def read_keys(door: Door, ask: Ask) -> Iterator[Sequence[str]]:
    """Every key there is."""
    yield door.get("keys")


def sager(shape: Shape = Shape.LISTED, **change: Any) -> Stream[Any]:
    """The stream of cases, listed or changed."""
    more: dict[str, Any] = {"read_keys": read_keys, "read_one": _one("sag")} if shape is Shape.CHANGED else {}
    more |= {"read": read, "translate": translate_sag}
    return Stream(name="sager", shape=shape, parse=json.loads, **(more | change))


def personer(**change: Any) -> Stream[Any]:
    """The stream that is asked for CPR numbers."""
    more: dict[str, Any] = {"read_one": _one("person"), "translate": translate_person}
    return Stream(name="personer", shape=Shape.KEYED, asks="cpr", parse=json.loads, **(more | change))


def noter() -> Stream[Any]:
    """The stream that is asked for the keys of cases."""
    return noter_of("sager")


def noter_of(asks: str) -> Stream[Any]:
    """A stream that is asked for the keys of another."""

    def translate(note: dict[str, Any]) -> Iterable[Draft]:
        if "titel" not in note:
            raise RecordError("titel", "is missing")
        yield SagDraft(objekt=Lokal("journalnotat", str(note["id"])), titel=note["titel"])

    return Stream(
        name="noter", shape=Shape.KEYED, asks=asks, read_one=_one("noter"), parse=json.loads, translate=translate
    )


def connector(*streams: Stream[Any]) -> Connector[Any]:
    """A connector to the vendor with these streams."""
    return Connector(name="vendor", system="Vendor", open=Door, streams=streams, check=lambda door: door.get("keys"))
