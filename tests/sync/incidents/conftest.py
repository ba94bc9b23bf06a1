"""A hub with three systems of three owners, each of which can break."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from connectors import retry
from sync.incidents import listed
from sync.night import sync_all
from tests.sync.conftest import Hub
from tests.sync.incidents.system import Authority, System, connector

SOURCE = """
connector = "{id}"
navn = "System {id}"
myndighed = "11111111"
systemejer = "Ejer {id}"
kontakt = "ejer.{id}@korsbaek.invalid, tlf. 99 00 10 01"
leverandoer = "Leverandør {id}"
formaal = "Sagsbehandling"
hjemmel = "Databeskyttelsesloven § 11"
kle = ["27"]
foelsomhed = 2
opbevaring_maaneder = 60
"""
ALARM = 'navn = "Vagten"\nkontakt = "vagten@korsbaek.invalid"\n'
ROLES = """
[[bruger]]
enhed = "Familie"
[[bruger.grant]]
kle = ["27.*"]
[[bruger]]
enhed = "Ydelser"
[[bruger.grant]]
kle = ["32.*"]
"""


class Town:
    """The systems by id, and what the hub says is broken."""

    def __init__(self, hub: Hub, authority: Authority) -> None:
        self.hub, self.authority, self.systems = hub, authority, dict[str, System]()
        self.extra: dict[str, Any] = {}

    def add(self, source: str, system: System, **extra: Any) -> None:
        """Connect a system."""
        self.systems[source] = system
        self.write(source)
        self.hub.connectors[source] = connector()
        self.connect(source, **extra)

    def write(self, source: str, more: str = "") -> None:
        """The source's file."""
        folder = self.hub.folder / "sources"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{source}.toml").write_text(SOURCE.format(id=source) + more, encoding="utf-8")

    def connect(self, source: str, passphrase: str = "", **extra: Any) -> None:
        """The source's endpoint."""
        given = {
            "conn_type": "http", "host": self.systems[source].url, "password": passphrase,
            "extra": {"timeout": 0.2} | extra,
        }  # fmt: skip
        self.hub.patch.setenv(f"AIRFLOW_CONN_{source.upper()}", json.dumps(given))

    def night(self) -> list[tuple[str, str, str]]:
        """Every source once; what is open then: kind, source, reason."""
        sync_all()
        return self.broken()

    def broken(self) -> list[tuple[str, str, str]]:
        """Open incidents as kind, source, reason."""
        return sorted((i["kind"], i["source"], i["reason"]) for i in listed())


@pytest.fixture
def town(hub: Hub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Town]:
    """Systems alfa and beta, and gamma behind mutual TLS."""
    monkeypatch.setattr(retry, "sleep", lambda seconds: None)
    (hub.folder / "alarm.toml").write_text(ALARM, encoding="utf-8")
    (hub.folder / "roles.toml").write_text(ROLES, encoding="utf-8")
    authority = Authority(tmp_path / "pki")
    made = Town(hub, authority)
    made.add("alfa", System())
    made.add("beta", System())
    yield made
    for system in made.systems.values():
        system.close()
