"""What every test may ask for: a real PostgreSQL, a fresh migrated store, the real contracts; no network."""

import logging
import os
import secrets
import shutil
import socket
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg
import pytest
from cryptography.fernet import Fernet

from canonical_model.store import engine, migrate
from helhed import cluster_roles, database
from helhed.settings import contracts as contracts_folder

os.environ["COLUMNS"] = "250"
"""A Console takes its width when its module is imported: tables are as wide, whichever test comes first."""

pytest_plugins = [
    f"tests.{name}" for name in ("figures", "korsbaek_town") if (Path(__file__).parent / f"{name}.py").is_file()
]

LONGEST = ("demo", "campaign", "way", "dags", "peers")
"""Folders whose files take minutes: they begin first, so that no worker waits alone for one of them at the end."""

VARIABLES = {"owner": "HELHED_OWNER_DATABASE_URL", "sync": "HELHED_DATABASE_URL", "view": "HELHED_VIEW_DATABASE_URL"}


@dataclass(frozen=True)
class Postgres:
    """The session's server: its folder, its administrator's address and the roles' addresses."""

    folder: Path
    admin: str
    urls: dict[str, str]

    def url(self, role: str, name: str) -> str:
        """The address of a role for another database of this server."""
        return urlsplit(self.urls[role])._replace(path=f"/{name}").geturl()

    def create(self, name: str, template: str = "template0") -> None:
        """Make a database as helhed is made."""
        with psycopg.connect(self.admin, autocommit=True) as server:
            cluster_roles.create(server, name, template=template)

    def drop(self, name: str) -> None:
        """Drop a database, whoever is connected."""
        with psycopg.connect(self.admin, autocommit=True) as server:
            server.execute(
                psycopg.sql.SQL("drop database if exists {} with (force)").format(psycopg.sql.Identifier(name))
            )


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Long files first, else as collected."""

    def place(item: pytest.Item) -> int:
        folder = item.path.relative_to(Path(__file__).parent).parts[0]
        return LONGEST.index(folder) if folder in LONGEST else len(LONGEST)

    items.sort(key=place)


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """An embedded server of its own in a temporary folder, without fsync."""
    # Not tmp_path: pytest's folders are closed to the user that PostgreSQL runs as when tests run as root.
    folder = Path(tempfile.mkdtemp(prefix="helhed-test-"))
    folder.chmod(0o711)
    try:
        database.up(folder, options={"fsync": "off", "full_page_writes": "off", "shared_buffers": "64MB"})
        urls = database.urls(folder)
        yield Postgres(folder, database.admin_url(folder), urls)
    finally:
        database.down(folder)
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def migrated(postgres: Postgres) -> str:
    """Name of a migrated, empty database that stores are cloned from."""
    name = "helhed_template"
    postgres.create(name)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(VARIABLES["owner"], postgres.url("owner", name))
        migrate()
        engine("owner").dispose()
    return name


@pytest.fixture
def store(
    postgres: Postgres, migrated: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[dict[str, str]]:
    """A fresh migrated database and a fresh home, set in the environment; gives the roles' addresses."""
    name = f"test_{secrets.token_hex(6)}"
    postgres.create(name, migrated)
    urls = {role: postgres.url(role, name) for role in VARIABLES}
    for role, variable in VARIABLES.items():
        monkeypatch.setenv(variable, urls[role])
    monkeypatch.setenv("HELHED_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("HELHED_KEY", Fernet.generate_key().decode())
    yield urls
    for role in VARIABLES:
        monkeypatch.setenv(VARIABLES[role], urls[role])
        engine(role).dispose()  # type: ignore[arg-type]
    postgres.drop(name)


@pytest.fixture(scope="session")
def contracts() -> Path:
    """The folder of the real WSDL and XSD files."""
    folder = contracts_folder()
    if not folder.is_dir():
        message = f"No contracts in {folder}: set HELHED_CONTRACTS."
        pytest.fail(message) if os.environ.get("CI") else pytest.skip(message)
    return folder


@pytest.fixture(autouse=True, scope="session")
def loopback_only() -> Iterator[None]:
    """Nothing in a test reaches further than this machine."""
    connect, resolve = socket.socket.connect, socket.getaddrinfo

    def guarded(self: socket.socket, address: Any) -> None:
        if self.family in (socket.AF_INET, socket.AF_INET6) and not _loopback(address[0]):
            raise OSError("A test tried to leave this machine.")
        connect(self, address)

    def resolved(host: Any, *args: Any, **kwargs: Any) -> Any:
        if not _loopback(host):
            raise socket.gaierror("A test tried to resolve a name beyond this machine.")
        return resolve(host, *args, **kwargs)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", guarded)
        patch.setattr(socket, "getaddrinfo", resolved)
        yield


def _loopback(host: Any) -> bool:
    name = host.decode() if isinstance(host, bytes) else str(host or "")
    return name in ("", "localhost", "::1", "0.0.0.0", "::") or name.startswith("127.")


@pytest.fixture(autouse=True)
def plain_log_records() -> Iterator[None]:
    """The log filter that a command installs must not hide from the next test what its own code logs."""
    before = logging.getLogRecordFactory()
    logging.setLogRecordFactory(logging.LogRecord)
    yield
    logging.setLogRecordFactory(before)
