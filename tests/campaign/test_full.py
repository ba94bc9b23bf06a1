"""The whole campaign, in two halves that run beside each other; prints what it did (make campaign)."""

import json
import os
import time
from collections.abc import Callable

import pytest

from tests.campaign.draw import draw
from tests.campaign.play import Figures, Twin, play
from tests.campaign.truth import Lie
from tests.conftest import Postgres

SCHEDULES = int(os.environ.get("CAMPAIGN_SCHEDULES", "200"))
TOWNS, HALVES = 4, 2


@pytest.mark.full
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("half", range(HALVES))
def test_no_receipt_lies_and_nothing_is_lost(
    half: int, twin: Callable[[int], Twin], postgres: Postgres, record_property: Callable[[str, object], None]
) -> None:
    began, figures, lies = time.monotonic(), Figures(), list[str]()
    for seed in range(half, SCHEDULES, HALVES):
        try:
            figures.add(play(draw(seed), twin(seed * TOWNS // SCHEDULES), postgres))
        except Lie as lie:
            lies.append(f"seed {seed}: {lie}")
    record_property("campaign", json.dumps({**figures.plain(), "seconds": round(time.monotonic() - began)}))
    assert not lies, "\n".join(lies)


@pytest.mark.full
@pytest.mark.timeout(3600)
@pytest.mark.skipif("CAMPAIGN_SEED" not in os.environ, reason="CAMPAIGN_SEED names the schedules to play alone: 4,7")
def test_some(twin: Callable[[int], Twin], postgres: Postgres) -> None:
    lies = []
    for seed in map(int, os.environ["CAMPAIGN_SEED"].split(",")):
        try:
            play(draw(seed), twin(seed * TOWNS // SCHEDULES), postgres)
        except Lie as lie:
            lies.append(f"seed {seed}: {lie}")
    assert not lies, "\n".join(lies)
