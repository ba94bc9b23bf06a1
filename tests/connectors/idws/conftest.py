"""One town for all, reset after each test."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from connectors import retry
from korsbaek import municipality, tokens
from tests.connectors.idws.scene import FURTHER, SYSTEMS, Scene, fresh_tokens


@pytest.fixture(scope="session")
def token_town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("tokens")
    day = date(2026, 3, 2)
    municipality.up(folder, 60, 7, 0, day, (*SYSTEMS, tokens.STS), token=tuple(SYSTEMS), further=FURTHER)
    yield folder
    municipality.down(folder)


@pytest.fixture
def scene(token_town: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Scene]:
    """The town, with nothing kept; what a test sets is undone."""
    before = (token_town / "tokens.json").read_text()
    monkeypatch.setattr(retry, "sleep", lambda seconds: None)
    with fresh_tokens():
        yield Scene(token_town)
    (token_town / "tokens.json").write_text(before)
