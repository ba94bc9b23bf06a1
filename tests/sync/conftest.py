"""A hub with vendors: source files, endpoints and connectors of the test, over a real store."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import psycopg
import pytest

from connectors import registry
from connectors.contract import Connector, Stream
from connectors.errors import ContractError
from sync.database import connect
from tests.sync.vendor import Vendor, connector

SOURCE = """
connector = "{id}"
navn = "System {id}"
myndighed = "11111111"
systemejer = "Grethe Holm"
kontakt = "grethe@korsbaek.invalid"
leverandoer = "Leverandør"
formaal = "Sagsbehandling"
hjemmel = "Databeskyttelsesloven § 11"
kle = ["27"]
foelsomhed = 2
opbevaring_maaneder = 60
"""


@dataclass
class Hub:
    """The hub under test."""

    folder: Path
    patch: pytest.MonkeyPatch
    connection: psycopg.Connection[tuple[Any, ...]]
    connectors: dict[str, Connector[Any]] = field(default_factory=dict)

    def source(self, source: str, vendor: Vendor, *streams: Stream[Any], more: str = "", page_size: int = 100) -> None:
        """Connect a vendor under an id."""
        (self.folder / "sources").mkdir(parents=True, exist_ok=True)
        (self.folder / "sources" / f"{source}.toml").write_text(SOURCE.format(id=source) + more, encoding="utf-8")
        endpoint = {"conn_type": "http", "host": vendor.url, "extra": {"page_size": page_size}}
        self.patch.setenv(f"AIRFLOW_CONN_{source.upper()}", json.dumps(endpoint))
        self.connectors[source] = connector(*streams)

    def at(self, instant: str) -> datetime:
        """Set the hub's clock."""
        self.patch.setenv("HELHED_NOW", instant)
        return datetime.fromisoformat(instant)

    def rows(self, statement: str, values: Any = ()) -> list[tuple[Any, ...]]:
        """Rows of a query."""
        return self.connection.execute(statement, values).fetchall()

    def one(self, statement: str, values: Any = ()) -> Any:
        """The first value of the first row."""
        return self.rows(statement, values)[0][0]


@pytest.fixture
def hub(store: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Hub]:
    """A hub with an empty store and no sources yet."""
    folder = tmp_path / "config"
    folder.mkdir()
    monkeypatch.setenv("HELHED_CONFIG", str(folder))
    with connect() as connection:
        made = Hub(folder, monkeypatch, connection)

        def load(name: str) -> Connector[Any]:
            if name not in made.connectors:
                raise ContractError(f"there is no connector '{name}'")
            return made.connectors[name]

        monkeypatch.setattr(registry, "load", load)
        yield made


@pytest.fixture
def new_vendor() -> Iterator[Callable[[], Vendor]]:
    """Makes vendors, and closes them afterwards."""
    made: list[Vendor] = []

    def make() -> Vendor:
        made.append(Vendor())
        return made[-1]

    yield make
    for vendor in made:
        vendor.close()


@pytest.fixture
def vendor(new_vendor: Callable[[], Vendor]) -> Vendor:
    """One vendor."""
    return new_vendor()
