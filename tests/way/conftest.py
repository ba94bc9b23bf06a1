"""Towns small enough that a whole night takes seconds, each with a hub beside it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from connectors import retry
from korsbaek import municipality
from tests.way.hub import Hub, opened

CITIZENS, SEED = 80, 7


@pytest.fixture(scope="session")
def still_town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A running town whose nights do not pass: for tests that only read it."""
    folder = tmp_path_factory.mktemp("still")
    municipality.up(folder, CITIZENS, SEED, 0)
    yield folder
    municipality.down(folder)


@pytest.fixture
def moving_town(tmp_path: Path) -> Iterator[Path]:
    """A running town of one's own: nights may pass and servers may be killed."""
    folder = tmp_path / "town"
    municipality.up(folder, CITIZENS, SEED, 0)
    yield folder
    municipality.down(folder)


@pytest.fixture
def hub(still_town: Path, store: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Hub:
    """A hub beside the town that stands still."""
    return opened(still_town, tmp_path / "config", monkeypatch)


@pytest.fixture
def moving_hub(moving_town: Path, store: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Hub:
    """A hub beside a town of one's own."""
    return opened(moving_town, tmp_path / "config", monkeypatch)


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Retries without waiting."""
    monkeypatch.setattr(retry, "sleep", lambda seconds: None)
