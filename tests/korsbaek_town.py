"""Fixtures: Korsbaek Kommune's five servers, running, with a small town behind them."""

import json
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from helhed.commands.korsbaek import connection
from korsbaek import municipality
from korsbaek.setting import SYSTEMS
from korsbaek.town import Town

CITIZENS, SEED, DAY = 80, 7, date(2026, 3, 2)


@dataclass
class RunningTown:
    """A municipality that answers."""

    folder: Path

    @property
    def status(self) -> dict[str, Any]:
        """Addresses and what opens them."""
        return municipality.status(self.folder)

    @property
    def systems(self) -> dict[str, Any]:
        """The five systems of `status`."""
        found: dict[str, Any] = self.status["systems"]
        return found

    def ledger(self) -> dict[str, Any]:
        """What the town truly holds."""
        return municipality.ledger(self.folder)

    def night(self, **kinds: Any) -> dict[str, Any]:
        """Lets a night pass; gives what it changed."""
        return municipality.night(self.folder, **kinds)

    def truth(self) -> Town:
        """The town file, for looking things up."""
        return Town.open(self.folder / "town.db")

    def stop(self, *systems: str) -> None:
        """Stops some servers, or all."""
        municipality.down(self.folder, systems or None)

    def start(self, *systems: str) -> None:
        """Starts some servers again, on the ports that they had, or all."""
        municipality.up(self.folder, only=systems or None)

    def environment(self) -> dict[str, str]:
        """AIRFLOW_CONN_<ID> for every system."""
        return {f"AIRFLOW_CONN_{name.upper()}": json.dumps(connection(s)) for name, s in self.systems.items()}


@pytest.fixture(scope="session")
def make_town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., RunningTown]]:
    """Starts towns (citizens, seed, day, only) that are stopped when the session ends."""
    made: list[Path] = []

    def make(
        citizens: int = CITIZENS, seed: int = SEED, day: date = DAY, only: tuple[str, ...] | None = None
    ) -> RunningTown:
        folder = tmp_path_factory.mktemp("korsbaek")
        made.append(folder)
        municipality.up(folder, citizens=citizens, seed=seed, day=day, only=only)
        return RunningTown(folder)

    yield make
    for folder in made:
        municipality.down(folder)


@pytest.fixture(scope="session")
def town(make_town: Callable[..., RunningTown]) -> RunningTown:
    """The session's town: read only; no nights, nothing killed."""
    return make_town()


@pytest.fixture
def own_town(make_town: Callable[..., RunningTown]) -> Iterator[RunningTown]:
    """A town of one test's own, to pass nights in and to stop servers of."""
    found = make_town()
    yield found
    found.stop()


@pytest.fixture
def town_environment(town: RunningTown, monkeypatch: pytest.MonkeyPatch) -> RunningTown:
    """The session's town with its endpoints in the environment and its configuration as HELHED_CONFIG."""
    for name, value in town.environment().items():
        monkeypatch.setenv(name, value)
    kommune = Path(municipality.__file__).parent / "kommune"
    monkeypatch.setenv("HELHED_CONFIG", str(kommune))
    assert set(SYSTEMS) <= {name.removeprefix("AIRFLOW_CONN_").lower() for name in os.environ}
    return town
