"""Every connector that the registry finds keeps the contract, offline, on what its vendor once answered."""

import pytest

from connectors.registry import load, names
from tests.connectors.cases import CASES
from tests.connectors.replay import Scene, scene


@pytest.fixture(scope="module", params=names())
def recorded(request: pytest.FixtureRequest) -> Scene:
    """One connector with its recording; loaded here, so that a broken one fails alone."""
    return scene(load(request.param))


@pytest.mark.parametrize("case", CASES)
def test_contract(recorded: Scene, case: str) -> None:
    CASES[case](recorded)


def test_there_are_connectors_and_cases() -> None:
    assert len(names()) >= 5 and len(CASES) >= 25
