"""One town that misbehaves as each test says, and a raw door to each of its systems."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from connectors import retry
from connectors.contract import Access
from helhed.commands.korsbaek import connection
from korsbaek import municipality

CITIZENS, SEED = 40, 7
CONNECTORS = {
    "sbsys": "sbsys", "nexus": "kmd_nexus", "sdi": "sags_dokumentindeks", "ydi": "ydelsesindeks", "cpr": "cpr",
}  # fmt: skip


@dataclass
class Rig:
    """A running town and its file of faults."""

    folder: Path
    systems: dict[str, Any]
    file: Path

    def says(self, *faults: dict[str, Any]) -> None:
        """From now on the systems misbehave so."""
        draft = self.file.with_suffix(".draft")
        draft.write_text(json.dumps(faults))
        draft.rename(self.file)

    def access(self, system: str, **extra: Any) -> Access:
        """How the hub reaches the system."""
        door = connection(self.systems[system])
        options = {"page_size": 20}
        return Access(
            url=door["host"], login=door.get("login", ""), password=door.get("password", ""),
            extra={**door["extra"], "timeout": 0.5, **extra}, myndighed="11111111", options=options,
        )  # fmt: skip


@pytest.fixture(scope="session")
def hostile_town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Rig]:
    """The town; its servers live as long as the session."""
    folder = tmp_path_factory.mktemp("hostile")
    file = folder / "faults.json"
    municipality.up(folder, CITIZENS, SEED, 0, faults=file)
    yield Rig(folder, municipality.status(folder)["systems"], file)
    municipality.down(folder)


@pytest.fixture
def rig(hostile_town: Rig, monkeypatch: pytest.MonkeyPatch) -> Iterator[Rig]:
    """The town, at first in good order; nothing waits between two tries."""
    monkeypatch.setattr(retry, "sleep", lambda seconds: None)
    hostile_town.says()
    yield hostile_town
    hostile_town.says()


@pytest.fixture
def number(hostile_town: Rig) -> Callable[[], str]:
    """A citizen's number whom every system knows."""
    found: str = municipality.ledger(hostile_town.folder)["showcase"]["cpr"]
    return lambda: found
