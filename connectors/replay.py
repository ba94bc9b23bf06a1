"""A vendor made of recorded replies, and a vendor in trouble. One adapter serves REST and SOAP."""

import io
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import requests
from requests.adapters import BaseAdapter
from requests.structures import CaseInsensitiveDict
from urllib3 import HTTPResponse

from connectors import registry, retry
from connectors.contract import Access, Ask, Connector, Record, Stream
from connectors.errors import ContractError
from connectors.recording import Exchange, Index, address, fingerprint, load, read_all, through

REPLIES = "replies"
"""Where a connector's recording stands in its folder; that of a further door beside it, in replies_<door>."""
SECOND = f"{REPLIES}_second"
"""Recording of a second seeded town, whose source has other settings."""
CERT, KEY, CA = "certificates/client.pem", "certificates/client.key", "certificates/ca.pem"
HOST = "https://vendor.test"

Trouble = Callable[[requests.PreparedRequest, int], "requests.Response | Exception | None"]
"""What to answer instead, given the request and how often the same was asked before; None: the recorded reply."""


def reply(
    request: requests.PreparedRequest, status: int, body: bytes, content_type: str, **headers: str
) -> requests.Response:
    """A response as requests would have made it."""
    found = requests.Response()
    found.status_code = status
    found.headers = CaseInsensitiveDict({"Content-Type": content_type})
    found.headers.update({name.replace("_", "-"): value for name, value in headers.items()})
    found.url = str(request.url)
    found.request = request
    found.raw = HTTPResponse(io.BytesIO(body), status=status, preload_content=False)
    return found


@dataclass
class Vendor(BaseAdapter):
    """Answers each recorded request with its reply; a request that was not recorded is a mistake of the connector."""

    index: Index
    bodies: dict[str, bytes]
    trouble: Trouble = lambda request, before: None
    asked: list[str] = field(default_factory=list)
    """Fingerprints of the requests for data, in order; those for tokens stand in `tokens`."""
    tokens: int = 0
    sent: list[requests.PreparedRequest] = field(default_factory=list)

    def send(self, request: requests.PreparedRequest, *args: Any, **kwargs: Any) -> requests.Response:
        """The recorded reply, or the trouble."""
        assert kwargs.get("timeout") not in (None, (None, None)), "no timeout is set"
        self.sent.append(request)
        path = address(str(request.url))
        if self.index.token_path and path == self.index.token_path:
            self.tokens += 1
            body = next(self.bodies[e.file] for e in self.index.exchanges if e.url == path)
            return reply(request, 200, body, "application/json")
        mark = f"{request.method} {path} {fingerprint(request.body)}"
        trouble = self.trouble(request, self.asked.count(mark))
        self.asked.append(mark)
        if isinstance(trouble, Exception):
            raise trouble
        if trouble is not None:
            return trouble
        exchange = self.find(request)
        assert exchange is not None, f"asked for what is not recorded: {request.method} {urlsplit(path).path}"
        return reply(request, exchange.status, self.local(self.bodies[exchange.file]), exchange.content_type)

    def find(self, request: requests.PreparedRequest) -> Exchange | None:
        """The recorded exchange of a request."""
        key = (request.method, address(str(request.url)), fingerprint(request.body))
        return next((e for e in self.index.exchanges if (e.method, e.url, e.request) == key), None)

    def local(self, body: bytes) -> bytes:
        """A body whose links lead back here."""
        return re.sub(rb"https?://(127\.0\.0\.1|localhost)(:\d+)?", HOST.encode(), body)

    def close(self) -> None:
        """Nothing to close."""


@dataclass
class Scene:
    """A connector and what its vendor once answered."""

    connector: Connector[Any]
    index: Index
    bodies: dict[str, bytes]

    def vendor(self, trouble: Trouble = lambda request, before: None) -> Vendor:
        """A vendor that answers as recorded, but for the trouble."""
        return Vendor(self.index, self.bodies, trouble)

    def access(self) -> Access:
        """How the recorded vendor is reached."""
        secrets = {"client_id": "helhed", "client_secret": "secret-9"}
        extra = self.index.extra | secrets | {"cert": CERT, "key": KEY, "ca": CA}
        if self.index.token_path:
            extra["token_url"] = HOST + self.index.token_path
        return Access(
            url=HOST + self.index.base,
            login="user",
            password="password-7",
            extra=extra,
            myndighed="11111111",
            options=self.index.options,
        )

    def read(self, vendor: Vendor, *streams: str, slept: list[float] | None = None) -> dict[str, list[Record]]:
        """All that the recording holds, by stream, each by a door of its own; only the named streams when any is."""
        with calm(slept), through(vendor):
            wanted = [s for s in self.connector.streams if not streams or s.name in streams]
            return {s.name: self.read_stream(s, self.connector.open(self.access())) for s in wanted}

    def read_stream(self, stream: Stream[Any], api: Any) -> list[Record]:
        """All that the recording holds of one stream; keyed records get the asked key put before their own."""
        if stream.read is not None:
            return list(read_all(stream, api, self.index.now))
        assert stream.read_one is not None
        found = []
        for n, key in enumerate(self.index.keys[stream.name]):
            found += [r.called(f"{n}/{r.key}") for r in stream.read_one(api, key)]
        return found

    def ask(self, **change: Any) -> Ask:
        """What sync asks, at the time of the recording."""
        return Ask(now=self.index.now, **change)


def doors(name: str) -> list[str]:
    """The recordings that a connector has of its doors, by the names of their folders; at least `replies`."""
    found = {path.name for path in registry.folder(name).glob(f"{REPLIES}_*")} - {SECOND}
    return [REPLIES, *sorted(found)]


def scene(connector: Connector[Any], recording: str = REPLIES) -> Scene:
    """The connector with a recording; ContractError of one line when there is none."""
    folder = registry.folder(connector.name) / recording
    if not (folder / "index.json").is_file():
        raise ContractError(
            f"connectors/{connector.name}/{recording} holds no recording: while the sample municipality runs, "
            f"'helhed connector record SOURCE' makes one (docs/kit.md)"
        )
    return Scene(connector, *load(folder))


@contextmanager
def calm(slept: list[float] | None = None) -> Iterator[None]:
    """Nobody sleeps; the seconds that would have been slept are kept."""
    before = retry.sleep
    retry.sleep = (slept if slept is not None else []).append
    try:
        yield
    finally:
        retry.sleep = before
