"""What a vendor answered, kept as files: the contract tests replay it, so that no test needs a vendor."""

import gzip
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import blake2b
from pathlib import Path
from typing import Any
from unittest import mock
from urllib.parse import urlsplit

import msgspec
import requests
from requests.adapters import BaseAdapter, HTTPAdapter

from connectors.contract import Access, Ask, Connector, Shape, Stream

NEVER = datetime(2999, 1, 1, tzinfo=UTC)
"""A time in the future, after which no vendor knows of any change."""

_OWN = re.compile(
    rb"<([\w-]+:)?(TransactionUUID|Transaktions(Id|Tid)|MessageID|To|\w+DispositionsDato(Fra|Til))[^>]*>[^<]*<"
    rb"|client_secret=[^&]*|password=[^&]*|username=[^&]*"
)
"""What differs each time in what is asked: ids and times of the question, periods counted from today, secrets."""


class Exchange(msgspec.Struct, frozen=True):
    """One request and what was answered."""

    method: str
    url: str
    """Path and query; the host does not matter."""
    request: str
    """Fingerprint of the request's body."""
    status: int
    content_type: str
    file: str
    """Where the body stands, beside the index; packed when it ends in .gz (envelopes are long)."""


class Index(msgspec.Struct, frozen=True):
    """One recording: how it was asked, and the exchanges."""

    now: datetime
    base: str
    """Path of the Connection's address."""
    token_path: str
    """Path that tokens are fetched from; empty when the vendor uses none."""
    extra: dict[str, Any]
    """What the Connection's extra held, without secrets, addresses and files."""
    options: dict[str, Any]
    keys: dict[str, list[str]]
    """The keys that keyed streams were asked for, by stream. All CPR numbers are invented."""
    exchanges: list[Exchange]


def fingerprint(body: bytes | str | None) -> str:
    """Says whether two requests ask the same: what changes each time (transaction ids) and secrets left out."""
    data = body.encode() if isinstance(body, str) else body or b""
    return blake2b(_OWN.sub(b"", data), digest_size=8).hexdigest()


def address(url: str) -> str:
    """Path and query of an address; without the key that opens a vendor who wants it there."""
    parts = urlsplit(url)
    query = re.sub(r"(?<=apikey=)[^&]*", "", parts.query)
    return f"{parts.path}?{query}" if query else parts.path


@dataclass
class Recorder(BaseAdapter):
    """Passes requests on to the vendor and keeps what came back."""

    kept: dict[tuple[str, str, str], tuple[Exchange, bytes]] = field(default_factory=dict)
    real: BaseAdapter = field(default_factory=HTTPAdapter)
    """Where requests go on to."""
    replies: list[requests.Response] = field(default_factory=list)
    """Every reply in the order in which it came."""

    def send(self, request: requests.PreparedRequest, *args: Any, **kwargs: Any) -> requests.Response:
        """The vendor's own answer."""
        reply = self.real.send(request, *args, **kwargs)
        # A handshake (NTLM) goes on by the adapter that its first reply names: what counts is the last reply.
        reply.connection = self  # type: ignore[assignment]
        body = reply.content
        self.replies.append(reply)
        key = (str(request.method), address(str(request.url)), fingerprint(request.body))
        kind = reply.headers.get("Content-Type", "")
        name = f"{len(self.kept) + 1:03d}.{'xml.gz' if 'xml' in kind else 'json'}"
        if key in self.kept:
            name = self.kept[key][0].file
        self.kept[key] = Exchange(*key, reply.status_code, kind, name), body
        return reply

    def close(self) -> None:
        """Nothing of its own to close."""


@contextmanager
def through(adapter: BaseAdapter) -> Iterator[None]:
    """All of requests goes by this adapter, REST and SOAP alike."""
    with mock.patch.object(requests.Session, "get_adapter", lambda _self, url: adapter):
        yield


def read_all(stream: Stream[Any], api: Any, now: datetime) -> list[Any]:
    """All records of a listed or changed stream."""
    assert stream.read is not None
    return [r for page in stream.read(api, Ask(now=now)) for r in page.records]


def record(
    connector: Connector[Any], access: Access, persons: list[str], now: datetime, most: int = 3
) -> tuple[Index, dict[str, bytes]]:
    """Reads each stream of the connector once and keeps the exchanges: whole listed and changed streams, changed ones
    also from a future on, and for keyed streams `most` keys that have something and one that has nothing."""
    keys = telling(connector, connector.open(access), persons, now, most)
    recorder = Recorder()
    ask_all(connector, access, now, keys, recorder)
    return index_of(recorder, access, now, keys), bodies_of(recorder, access)


def ask_all(
    connector: Connector[Any], access: Access, now: datetime, keys: dict[str, list[str]], adapter: BaseAdapter
) -> None:
    """Everything that a recording asks for, in its order."""
    with through(adapter):
        connector.check(connector.open(access))
        for stream in connector.streams:
            api = connector.open(access)
            if stream.read is not None:
                read_all(stream, api, now)
            if stream.read is not None and stream.shape is Shape.CHANGED:
                list(stream.read(api, Ask(now=now, since=NEVER)))
            if stream.read_keys is not None:
                list(stream.read_keys(api, Ask(now=now)))
            for key in keys.get(stream.name, ()):
                assert stream.read_one is not None
                stream.read_one(api, key)


def index_of(recorder: Recorder, access: Access, now: datetime, keys: dict[str, list[str]]) -> Index:
    """The index of what a recorder has kept."""
    token = urlsplit(str(access.extra.get("token_url") or "")).path
    extra = {k: v for k, v in access.extra.items() if k in ("soap", "page_size", "grant")}
    exchanges = [e for e, _ in recorder.kept.values()]
    return Index(now, urlsplit(access.url).path, token, extra, access.options, keys, exchanges)


def bodies_of(recorder: Recorder, access: Access) -> dict[str, bytes]:
    """The bodies by file, without tokens."""
    token = urlsplit(str(access.extra.get("token_url") or "")).path
    return {e.file: _without_token(body) if e.url == token else body for e, body in recorder.kept.values()}


def telling(connector: Connector[Any], api: Any, persons: list[str], now: datetime, most: int) -> dict[str, list[str]]:
    """For each keyed stream up to `most` keys with the most records, and one without any."""
    held = {s.name: [r.key for r in read_all(s, api, now)] for s in connector.streams if s.read is not None}
    found = {}
    for stream in connector.streams:
        if stream.shape is Shape.KEYED:
            assert stream.read_one is not None
            candidates = persons if stream.by_number else held[stream.asks]
            counts = {key: len(stream.read_one(api, key)) for key in candidates[:100]}
            full = sorted((k for k in counts if counts[k]), key=lambda k: -counts[k])[:most]
            found[stream.name] = full + [k for k in counts if not counts[k]][:1]
    return found


def _without_token(body: bytes) -> bytes:
    return re.sub(rb'"(access_token|refresh_token|id_token)"\s*:\s*"[^"]*"', rb'"\1": "a-token"', body)


def save(folder: Path, index: Index, bodies: dict[str, bytes]) -> None:
    """Writes the recording, in place of one that was there."""
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.iterdir():
        old.unlink()
    (folder / "index.json").write_bytes(msgspec.json.format(msgspec.json.encode(index), indent=1))
    for name, body in bodies.items():
        (folder / name).write_bytes(gzip.compress(body, mtime=0) if name.endswith(".gz") else body)


def load(folder: Path) -> tuple[Index, dict[str, bytes]]:
    """A recording as `save` wrote it."""
    index = msgspec.json.decode((folder / "index.json").read_bytes(), type=Index)
    return index, {e.file: _body(folder / e.file) for e in index.exchanges}


def _body(path: Path) -> bytes:
    return gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
