"""A small town with the registers, not listening."""

from collections.abc import Iterator
from datetime import date

import pytest

from korsbaek.generate import generate
from korsbaek.town import Town


@pytest.fixture(scope="session")
def register_town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    """As it was made; nobody passes a night here."""
    folder = tmp_path_factory.mktemp("registers")
    town = generate(folder / "town.db", 60, 11, date(2026, 3, 2), ("organisation", "klassifikation", "cvr"))
    yield town
    town.close()
