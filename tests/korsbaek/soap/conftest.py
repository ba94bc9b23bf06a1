"""A town of 200 citizens, its three SOAP services without a socket, and with mutual TLS."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from functools import partial
from pathlib import Path

import pytest

from korsbaek import pki
from korsbaek.generate import generate
from korsbaek.server import Server, tls
from korsbaek.setting import base_url, config
from korsbaek.systems import cpr, sdi, ydi
from korsbaek.systems.soap.service import Service
from korsbaek.town import Town

MODULES = {"cpr": cpr, "sdi": sdi, "ydi": ydi}
Apps = dict[str, Service]


def apps_of(town: Town, page: int = 500) -> Apps:
    """The three services over a town."""
    return {
        name: module.app(town, {"url": base_url(name, 1), "page": page, "folder": "", "auth": {}})
        for name, module in MODULES.items()
    }


@contextmanager
def listening(town: Town, folder: Path, page: int = 500) -> Iterator[dict[str, str]]:
    """The three services over TLS on free ports; gives their URLs. `folder`/pki holds the certificates."""
    pki.make(folder / "pki")
    servers: list[Server] = []
    urls: dict[str, str] = {}
    for name, module in MODULES.items():
        server = Server(lambda environ, start: [b""], 0, partial(tls, folder / "pki"))
        urls[name] = base_url(name, server.server_port)
        server.app = module.app(town, {**config(folder, name, urls[name]), "page": page})
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.1}, daemon=True).start()
        servers.append(server)
    try:
        yield urls
    finally:
        for server in servers:
            server.shutdown()
            server.server_close()


@pytest.fixture(scope="session")
def soap_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("soap")


@pytest.fixture(scope="session")
def soap_town(soap_folder: Path) -> Iterator[Town]:
    """200 citizens as they were made; nobody passes a night here."""
    town = generate(soap_folder / "town.db", 200, 11, date(2026, 3, 2))
    yield town
    town.close()


@pytest.fixture(scope="session")
def apps(soap_town: Town) -> Apps:
    return apps_of(soap_town)


@pytest.fixture(scope="session")
def urls(soap_town: Town, soap_folder: Path) -> Iterator[dict[str, str]]:
    with listening(soap_town, soap_folder) as found:
        yield found


@pytest.fixture
def own_soap_town(tmp_path: Path) -> Iterator[Town]:
    """A town of one's own, for nights and removals."""
    town = generate(tmp_path / "town.db", 200, 12, date(2026, 3, 2))
    yield town
    town.close()
