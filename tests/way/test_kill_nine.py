"""A sync that is killed at any moment, and run again, ends where an undisturbed one does."""

import random
import subprocess
import time
from collections.abc import Callable

import pytest

from canonical_model.export import digest
from tests.way.hub import Hub
from tests.way.stores import another_store

__all__ = ["another_store"]

MOMENTS = 10
STORES = 2
SEED = 20261122


def finished(hub: Hub) -> float:
    """Run a whole sync as a process; how long it took."""
    began = time.monotonic()
    process = hub.process()
    out, _ = process.communicate(timeout=120)
    assert process.returncode == 0, out.decode(errors="replace")[-2000:]
    return time.monotonic() - began


def killed(hub: Hub, after: float) -> bool:
    """Kill a sync after so many seconds; whether it was still running."""
    process = hub.process()
    try:
        process.communicate(timeout=after)
    except subprocess.TimeoutExpired:
        process.kill()
        process.communicate()
        return True
    return False


@pytest.mark.full
@pytest.mark.timeout(300)
def test_ten_kills_and_a_rerun_end_as_an_undisturbed_run(
    hub: Hub, another_store: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    # CPR does not say when a number was replaced, so the hub's clock stands in its virkning.
    monkeypatch.setenv("HELHED_NOW", "2026-11-22T03:00:00+01:00")
    longest = finished(hub)
    undisturbed = digest()
    assert undisturbed.rows > 500
    chance, hits = random.Random(SEED), 0
    for _ in range(STORES):
        another_store()
        for _ in range(MOMENTS // STORES):
            moment = chance.uniform(longest * 0.2, longest * 0.9)
            if killed(hub, moment):
                hits += 1
            else:
                longest = moment
        finished(hub)
        again = digest()
        assert {t: h for t, h in again.tables.items() if undisturbed.tables.get(t) != h} == {}
        assert again == undisturbed
        assert hub.rows("select count(*) from run where state = 'running'") == [(0,)]
    assert hits >= MOMENTS // 2
