"""The published schemas of the registers, and a door that holds every request and reply against them."""

import io
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import requests
from lxml import etree
from requests.adapters import BaseAdapter
from requests.structures import CaseInsensitiveDict
from urllib3 import HTTPResponse

XS = "http://www.w3.org/2001/XMLSchema"
SF1500 = "sf1500-organisation-klassifikation"
ORGANISATION = ("organisationenhed", "bruger", "person", "adresse", "organisationfunktion", "organisationsystem")
_FILES = {
    "organisationenhed": "OrganisationEnhed", "bruger": "Bruger", "person": "Person", "adresse": "Adresse",
    "organisationfunktion": "OrganisationFunktion", "organisationsystem": "OrganisationSystem", "klasse": "Klasse",
    "facet": "Facet",
}  # fmt: skip


def driver(*imports: tuple[str, Path]) -> etree.XMLSchema:
    """One schema of several."""
    lines = "".join(f'<xs:import namespace="{ns}" schemaLocation="{path.as_uri()}"/>' for ns, path in imports)
    return etree.XMLSchema(etree.fromstring(f'<xs:schema xmlns:xs="{XS}">{lines}</xs:schema>'))


def sf1500(contracts: Path, part: str, *objects: str) -> etree.XMLSchema:
    """Objects of SF1500 v6 (`part`: organisation or klassifikation), and the RequestHeader."""
    xsd = (contracts / SF1500 / "xsd").resolve()
    made = [
        (f"http://stoettesystemerne.dk/{part}/{o}/6/", xsd / "6.0.STS-0" / f"{_FILES[o]}Operationer.xsd")
        for o in objects
    ]
    return driver(*made, ("http://kombit.dk/xml/schemas/RequestHeader/1/", xsd / "common" / "RequestHeader.xsd"))


@dataclass
class Unchecked(BaseAdapter):
    """Sends requests to an application without a socket."""

    app: Callable[[dict[str, Any], Any], Iterable[bytes]]
    asked: list[bytes] = field(default_factory=list)
    """Bodies of the requests, in order."""
    change: Callable[[Any], Any] | None = None
    """What is done to a JSON answer on its way."""
    status: int = 0
    """Answered instead of the application's, where it is set."""

    def send(self, request: requests.PreparedRequest, *args: Any, **kwargs: Any) -> requests.Response:
        """The application's own answer."""
        body = request.body.encode() if isinstance(request.body, str) else request.body or b""
        head: list[Any] = []
        environ = {
            "REQUEST_METHOD": str(request.method),
            "PATH_INFO": urlsplit(str(request.url)).path,
            "QUERY_STRING": "",
            "CONTENT_TYPE": request.headers.get("Content-Type", ""),
            "CONTENT_LENGTH": str(len(body)),
            "wsgi.input": io.BytesIO(body),
            **{f"HTTP_{name.upper().replace('-', '_')}": value for name, value in request.headers.items()},
        }
        self.asked.append(body)
        self.judge(body)
        content = b"".join(self.app(environ, lambda status, headers: head.extend((status, headers))))
        self.judge(content)
        if self.change is not None:
            content = json.dumps(self.change(json.loads(content))).encode()
        found = requests.Response()
        found.status_code = self.status or int(head[0].split()[0])
        found.headers = CaseInsensitiveDict({**dict(head[1]), "Content-Length": str(len(content))})
        found.url, found.request, found._content = str(request.url), request, content
        found.raw = HTTPResponse(io.BytesIO(content), preload_content=False)
        return found

    def judge(self, message: bytes) -> None:
        """Looks at what goes by."""

    def close(self) -> None:
        """Nothing to close."""


@dataclass
class Checked(Unchecked):
    """The same; what a published schema refuses fails the test."""

    schema: etree.XMLSchema = None  # type: ignore[assignment]
    seen: list[str] = field(default_factory=list)
    """Names of the bodies that went by, in order."""

    def judge(self, message: bytes) -> None:
        """The bodies must be valid."""
        for part in etree.fromstring(message):
            for element in part:
                self.seen.append(etree.QName(element).localname)
                if self.seen[-1] != "Fault":
                    assert self.schema.validate(element), self.schema.error_log
