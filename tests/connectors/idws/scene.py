"""A town whose SOAP services want tokens, the real connectors at its doors, and somebody in between who meddles."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import requests
from lxml import etree
from requests.adapters import HTTPAdapter

from connectors.contract import Access
from connectors.errors import AccessError
from connectors.idws import kept
from connectors.idws.door import SignedDoor
from connectors.registry import load
from helhed.commands.korsbaek import connection
from korsbaek import municipality, tokens
from korsbaek.town import CVR

FURTHER = ("cvr", "klassifikation", "organisation", "ydelseliste")
SYSTEMS = {"sdi": "sags_dokumentindeks", "ydi": "ydelsesindeks", "cpr": "cpr", **{name: name for name in FURTHER}}
SYSTEMS["ydelseliste"] = "ydelse_liste"
OTHER = "22222222"


@dataclass
class Scene:
    """The running town."""

    folder: Path
    ports: dict[str, Any] = field(default_factory=dict)

    def access(self, system: str = "sdi", myndighed: str = CVR, password: str = "", **extra: Any) -> Access:
        """The Connection of a system; `extra` replaces some of it."""
        made = connection(municipality.status(self.folder)["systems"][system])
        kept_extra = {k: v for k, v in (made["extra"] | extra).items() if v is not None}
        return Access(url=made["host"], password=password, extra=kept_extra, myndighed=myndighed)

    def open(self, system: str = "sdi", **how: Any) -> Any:
        """The connector's own api object."""
        return load(SYSTEMS[system]).open(self.access(system, **how))

    def set(self, **change: Any) -> None:
        """Changes how the token service and the town's clock behave."""
        tokens.write(self.folder, **change)

    @property
    def pki(self) -> Path:
        """Certificates."""
        return self.folder / "pki"


def door(api: Any) -> SignedDoor:
    """The signed door of an api object."""
    found = api.api._door
    assert isinstance(found, SignedDoor)
    return found


def knock(api: Any, system: str = "sdi") -> None:
    """Asks for something."""
    load(SYSTEMS[system]).check(api)


def refused(call: Callable[[], object]) -> str:
    """The one line of the one AccessError that the call ends with."""
    with pytest.raises(AccessError) as caught:
        call()
    line = str(caught.value)
    assert type(caught.value) is AccessError and "\n" not in line and len(line) < 400, line
    assert ";" in line, f"it says what to do: {line}"
    return line


class Meddler(HTTPAdapter):
    """Stands between: may change a request, send it twice, or change a reply; counts what passes."""

    def __init__(self, ask: Callable[[bytes], bytes], reply: Callable[[bytes], bytes], twice: bool) -> None:
        self._ask, self._reply, self._twice, self.passed = ask, reply, twice, 0
        self.sent: list[bytes] = []
        super().__init__()

    def send(self, request: requests.PreparedRequest, *args: Any, **kwargs: Any) -> requests.Response:
        self.passed += 1
        body = request.body if isinstance(request.body, bytes) else str(request.body).encode()
        self.sent.append(body)
        request.body = self._ask(body)
        request.headers["Content-Length"] = str(len(request.body))
        found = super().send(request, *args, **kwargs)
        if self._twice:
            _ = found.content
            found = super().send(request, *args, **kwargs)
        content = found.content
        found._content = self._reply(content)
        found.headers["Content-Length"] = str(len(found._content))
        return found


def same(message: bytes) -> bytes:
    """No meddling."""
    return message


def between(
    session: requests.Session,
    ask: Callable[[bytes], bytes] = same,
    reply: Callable[[bytes], bytes] = same,
    twice: bool = False,
) -> Meddler:
    """Puts somebody between a session and its vendor."""
    made = Meddler(ask, reply, twice)
    session.mount("https://", made)
    return made


@contextmanager
def fresh_tokens() -> Iterator[None]:
    """Nothing kept before or after."""
    kept.forget()
    yield
    kept.forget()


def changed(message: bytes, change: Callable[[etree._Element], None]) -> bytes:
    """The message after a change to its tree."""
    root = etree.fromstring(message)
    change(root)
    return etree.tostring(root)
