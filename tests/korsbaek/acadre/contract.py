"""Acadre's real WSDLs and schemas, and its sample server with a cap of our choice, in this process."""

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import requests
import zeep
from lxml import etree
from requests_ntlm import HttpNtlmAuth
from zeep.transports import Transport

from connectors.contract import Access
from korsbaek.generate import generate
from korsbaek.server import Server
from korsbaek.systems.acadre import app
from korsbaek.systems.acadre.place import DOMAIN, PLACE, USER
from korsbaek.town import Town

PASSWORD = "nøgle-7"


@dataclass
class Acadre:
    """A running Acadre over a small town."""

    url: str
    town: Town

    def access(self, **options: Any) -> Access:
        """What opens it."""
        return Access(url=self.url, login=f"{DOMAIN}\\{USER}", password=PASSWORD, options=options)

    def session(self, password: str = PASSWORD) -> requests.Session:
        """A plain session that answers NTLM challenges."""
        session = requests.Session()
        session.auth = HttpNtlmAuth(f"{DOMAIN}\\{USER}", password)
        return session


@contextmanager
def acadre(folder: Path, citizens: int, cap: int) -> Iterator[Acadre]:
    """Serves until left."""
    town = generate(folder / "town.db", citizens, 7, date(2026, 3, 2), ["acadre"])
    told = {"auth": {"password": PASSWORD}, "folder": str(folder), "cap": cap}
    server = Server(app(town, told), 0, None)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield Acadre(f"http://127.0.0.1:{server.server_port}{PLACE.path}", town)
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
        town.close()


class _Files(Transport):  # type: ignore[misc]
    """Reads the published addresses from the folder that they were saved to."""

    def __init__(self, folder: Path, session: requests.Session) -> None:
        super().__init__(session=session)
        self._folder = folder
        said = (folder / "Reference.map").read_text(encoding="utf-8-sig")
        self._names = dict(re.findall(r'url="([^"]+)" filename="([^"]+)"', said))
        self.replies: list[bytes] = []

    def load(self, url: str) -> bytes:
        """A file of the contract."""
        name = self._names.get(url) or Path(url).name
        return (self._folder / name).read_bytes()

    def post(self, address: str, message: bytes, headers: dict[str, str]) -> requests.Response:
        """Sends, and keeps what came."""
        reply = super().post(address, message, headers)
        self.replies += [message, reply.content]
        return reply


def client(folder: Path, session: requests.Session) -> tuple[zeep.Client, list[bytes]]:
    """A plain zeep client of the real WSDL, and the envelopes that will pass."""
    files = _Files(folder, session)
    wsdl = folder / "AcadreServiceV71.wsdl"
    return zeep.Client(str(wsdl), transport=files, settings=zeep.Settings(strict=True)), files.replies


def schema(folder: Path) -> etree.XMLSchema:
    """All of the contract's schemas as one."""
    root = etree.Element("{http://www.w3.org/2001/XMLSchema}schema")
    for path in sorted(folder.glob("schema*.xsd")):
        space = etree.parse(path).getroot().get("targetNamespace")
        etree.SubElement(
            root, "{http://www.w3.org/2001/XMLSchema}import", namespace=space, schemaLocation=path.as_uri()
        )
    return etree.XMLSchema(etree.fromstring(etree.tostring(root)))


def bodies(envelope: bytes) -> list[etree._Element]:
    """What stands in an envelope's Body."""
    return list(etree.fromstring(envelope)[-1])
