"""Whatever the vendors do, no receipt lies, and after quiet nights the store says what it would have said anyway."""

from collections.abc import Callable

import pytest

from tests.campaign.draw import draw
from tests.campaign.play import Twin, play
from tests.conftest import Postgres

TOWNS = 4
SHORT = range(1)


@pytest.mark.parametrize("seed", SHORT)
def test_no_receipt_lies_and_nothing_is_lost(seed: int, twin: Callable[[int], Twin], postgres: Postgres) -> None:
    figures = play(draw(seed), twin(0), postgres)
    assert figures.lines > 50 and figures.faults
