"""Towns that live as long as the session, each with its twin."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from cryptography.fernet import Fernet

from tests.campaign.ground import course
from tests.campaign.play import Twin, twin_of
from tests.conftest import Postgres


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Prints the figures of the campaign's halves."""
    for reports in terminalreporter.stats.values():
        for report in reports:
            for name, value in getattr(report, "user_properties", ()):
                if name == "campaign" and getattr(report, "when", "") == "call":
                    terminalreporter.write_line(f"{report.nodeid.rpartition('::')[2]}: {value}")


DISASTER = 3
"""The town of this place truly loses half of SBSYS one night."""


@pytest.fixture(autouse=True)
def small_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    """So many chunks a stream that a night may break off between two of them, as it does in a large town."""
    for name in ("pull.CHUNK", "sift.CHUNK", "sift.MOST_READ"):
        monkeypatch.setattr(f"sync.{name}", 20)


@pytest.fixture(scope="session")
def twin(
    postgres: Postgres, migrated: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[[int], Twin]]:
    """The twin of a town by its place; made when first asked for."""
    made: dict[int, Twin] = {}
    with ExitStack() as open_:

        def find(place: int) -> Twin:
            if place not in made:
                folder: Path = tmp_path_factory.mktemp("campaign")
                one = open_.enter_context(course(folder / "town", 100 + place, place == DISASTER))
                made[place] = twin_of(one, postgres, migrated, Fernet.generate_key().decode(), folder / "twin")
            return made[place]

        yield find
