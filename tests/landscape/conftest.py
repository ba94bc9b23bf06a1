"""A small town with one further system, and a hub beside it."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from korsbaek import municipality
from korsbaek.landscape.place import names
from korsbaek.landscape.records import records
from tests.way.hub import Hub, opened

CITIZENS, SEED = 40, 7
TELL_OF_CITIZENS = ("sbsys", "sdi", "ydi")
"""The listed ones of the first five: they name the citizens whom a system is asked about that lists none itself."""


@dataclass
class Meeting:
    """One further system and the hub that reads it."""

    system: str
    hub: Hub
    sources: tuple[str, ...]
    """What the hub reads: the system, and those that name citizens to it when it has to be asked."""


DEAR = ("cvr", "digitalpost", "koerekort_laege", "koerekort_politi", "koerekort_trykkeri")
"""Asked after three others have been read, or alike to one that is met already: these are met by make test-full."""


@pytest.fixture(
    params=[pytest.param(name, marks=[pytest.mark.full] * (name in DEAR)) for name in names() if records(name).STREAMS]
)
def meeting(
    request: pytest.FixtureRequest, tmp_path: Path, store: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> Iterator[Meeting]:
    """A town of one's own whose nights may pass."""
    system: str = request.param
    asked = any(stream.asked for stream in records(system).STREAMS.values())
    running = (*(TELL_OF_CITIZENS if asked else ()), system)
    town = tmp_path / "town"
    municipality.up(town, CITIZENS, SEED, 0, only=running, further=(system,))
    yield Meeting(system, opened(town, tmp_path / "config", monkeypatch), running)
    municipality.down(town)
