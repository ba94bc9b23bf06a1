"""What a campaign stands on: running towns with their nights kept, and a store of their own for each schedule."""

import json
import secrets
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography.fernet import Fernet

from canonical_model.store import engine
from connectors import retry
from helhed.commands.korsbaek import connection
from korsbaek import municipality
from tests.conftest import VARIABLES, Postgres

KOMMUNE = Path(municipality.__file__).parent / "kommune"
SYSTEMS = ("sbsys", "sdi", "ydi", "cpr", "nexus")
"""In the order in which a night asks them."""
DAY = date(2026, 3, 2)
CITIZENS, NIGHTS = 20, 3
PATIENCE = 4
"""Seconds after which the hub takes a reply for lost: more than a busy machine makes any reply wait."""
PAGES = {"sbsys": 9, "sdi": 25, "ydi": 12}
"""So small that there are several."""


@dataclass
class Course:
    """One town: its servers, and its file as it was after each night."""

    seed: int
    folder: Path
    environment: dict[str, str] = field(default_factory=dict)
    ledger: dict[str, Any] = field(default_factory=dict)

    @property
    def at(self) -> list[Path]:
        """The town's file before the first night, after the first, ..."""
        return [self.folder / f"night-{night}.db" for night in range(NIGHTS + 1)]

    def stand(self, night: int) -> None:
        """The town is as it was after that night, for every server at once."""
        _copy(self.at[night], self.folder / "town.db")

    def misbehave(self, faults: list[dict[str, Any]]) -> None:
        """What the file of faults says from now on."""
        draft = self.folder / "faults.draft"
        draft.write_text(json.dumps(faults))
        draft.rename(self.folder / "faults.json")


def clock(night: int) -> datetime:
    """The hub's clock in the night's sync: after all that the town's systems stamped in that night, before the next."""
    return datetime(DAY.year, DAY.month, DAY.day, 6, tzinfo=UTC) + timedelta(days=night)


@contextmanager
def course(folder: Path, seed: int, disaster: bool = False) -> Iterator[Course]:
    """A running town whose nights are lived through once. `disaster`: in the second, half of SBSYS truly goes."""
    found = Course(seed, folder)
    folder.mkdir()
    found.misbehave([])
    municipality.up(folder, CITIZENS, seed, 0, day=DAY, faults=folder / "faults.json")
    try:
        _copy(folder / "town.db", found.at[0])
        for night in range(1, NIGHTS + 1):
            municipality.night(folder, gone=0.5 if disaster and night == 2 else None)
            _copy(folder / "town.db", found.at[night])
        found.ledger = municipality.ledger(folder)
        for name, one in municipality.status(folder)["systems"].items():
            door = connection(one)
            door["extra"]["timeout"] = PATIENCE
            found.environment[f"AIRFLOW_CONN_{name.upper()}"] = json.dumps(door)
        yield found
    finally:
        municipality.down(folder)


def _copy(one: Path, other: Path) -> None:
    source, goal = sqlite3.connect(one), sqlite3.connect(other)
    try:
        source.backup(goal)
    finally:
        source.close()
        goal.close()


def configured(folder: Path, rotation: int) -> Path:
    """The municipality's own configuration, with small pages, one request at a time, and a short CPR round."""
    shutil.copytree(KOMMUNE, folder)
    for name in SYSTEMS:
        path = folder / "sources" / f"{name}.toml"
        head, _, options = path.read_text(encoding="utf-8").partition("[options]")
        lines = [line for line in options.splitlines() if line and "page_size" not in line]
        lines += [f"page_size = {PAGES[name]}"] if name in PAGES else []
        lines += [f"rotation = {rotation}"] if name == "cpr" else []
        path.write_text("\n".join([head, "concurrency = 1", "[options]", *lines, ""]), encoding="utf-8")
    return folder


@contextmanager
def store(postgres: Postgres, template: str, keep: str = "") -> Iterator[str]:
    """A store of one's own in the environment, cloned from `template`; dropped after, unless `keep` names it."""
    name = keep or f"campaign_{secrets.token_hex(6)}"
    postgres.create(name, template)
    with pytest.MonkeyPatch.context() as patch:
        for role, variable in VARIABLES.items():
            patch.setenv(variable, postgres.url(role, name))
        try:
            yield name
        finally:
            for role in VARIABLES:
                engine(role).dispose()  # type: ignore[arg-type]
            if not keep:
                postgres.drop(name)


@contextmanager
def hub(one: Course, folder: Path, rotation: int, key: str = "") -> Iterator[pytest.MonkeyPatch]:
    """The environment of a hub beside the town; nothing waits between two tries."""
    with pytest.MonkeyPatch.context() as patch:
        for name, value in one.environment.items():
            patch.setenv(name, value)
        patch.setenv("HELHED_CONFIG", str(configured(folder / "config", rotation)))
        patch.setenv("HELHED_HOME", str(folder / "home"))
        patch.setenv("HELHED_KEY", key or Fernet.generate_key().decode())
        patch.setattr(retry, "sleep", lambda seconds: None)
        yield patch
