"""The contract bites: each fault seeded in a sound connector or in the frame is noticed by its case."""

from collections.abc import Callable
from contextlib import ExitStack
from typing import Any

import pytest

from connectors.contract import Connector
from connectors.registry import load
from connectors.replay import scene
from tests.connectors.cases import CASES
from tests.connectors.seeds import CONNECTORS, FRAME, SOUND


def _notices(case: str, connector: Connector[Any]) -> bool:
    try:
        CASES[case](scene(connector))
    except (Exception, pytest.fail.Exception):
        return True
    return False


@pytest.mark.parametrize("seed", CONNECTORS, ids=lambda seed: seed.__name__)
def test_a_fault_in_a_connector_is_caught(seed: Callable[[], Connector[Any]]) -> None:
    assert not _notices(CONNECTORS[seed], SOUND)
    assert _notices(CONNECTORS[seed], seed())


@pytest.mark.parametrize("seed", FRAME, ids=lambda seed: seed.__name__)
def test_a_fault_in_the_frame_is_caught(seed: Callable[[], Any]) -> None:
    """Seen with the connector that sends numbers."""
    with ExitStack() as stack:
        stack.enter_context(seed())
        assert _notices(FRAME[seed], load("kmd_nexus"))


def test_there_are_at_least_thirty_faults_and_they_reach_most_cases() -> None:
    assert len(CONNECTORS) + len(FRAME) >= 30
    assert len({*CONNECTORS.values(), *FRAME.values()}) >= 15
