"""CeleryExecutor with two workers brings what one process brings, also when one is killed, and nearly twice as fast."""

from collections.abc import Callable
from statistics import median

import pytest

from canonical_model.export import Digest
from sync.consolidate import consolidate
from sync.night import sync_all
from tests.engine.engine import FIRST, SECOND, Engine, span, until

pytestmark = [pytest.mark.full, pytest.mark.timeout(1500)]
PAGE = 0.02
"""Seconds that a vendor takes for a page."""
FLOOR = 1.3
"""Of the ratio, on a machine that others may be using; a calm one gives 1.6 and more."""


@pytest.fixture(scope="module")
def one_process(engine: Engine) -> Digest:
    """What `helhed sync` brings."""
    engine.empty()
    assert {r.source: r.state for r in sync_all()} == dict.fromkeys((*FIRST, *SECOND), "succeeded")
    consolidate()
    return engine.digest()


def test_a_night_on_two_workers_is_the_night_of_one_process(engine: Engine, one_process: Digest) -> None:
    engine.empty()
    engine.pace(PAGE)
    took: set[str | None] = set()
    for wave in (FIRST, SECOND):
        runs = engine.start(wave)
        while any(engine.api.state(*run) not in ("success", "failed") for run in runs.items()):
            took |= {engine.worker_of(source) for source in wave}
        engine.finish(runs)
    engine.consolidate()
    assert engine.digest() == one_process and one_process.rows > 500
    assert took >= {"w1", "w2"}


def test_a_worker_that_is_killed_loses_nothing(
    engine: Engine, one_process: Digest, figure: Callable[[str], None]
) -> None:
    """In the middle of the longest task; the other worker takes it up by itself."""
    engine.empty()
    engine.pace(0.1)
    runs = engine.start(FIRST)
    until(lambda: engine.worker_of("sbsys") and _landed(engine, "sbsys"), "no worker began with sbsys")
    killed = engine.worker_of("sbsys")
    assert killed is not None, "its task was over before it could be killed"
    engine.kill(killed)
    engine.pace(0)
    tasks = engine.finish(runs)
    assert {t["dag_id"]: t["try_number"] for t in tasks}["nightly_sbsys"] == 2
    engine.finish(engine.start(SECOND))
    engine.consolidate()
    assert engine.digest() == one_process
    figure(f"a worker killed in the middle of a task; all three runs were done {span(tasks):.0f} s after they began")
    engine.workers.start(killed)


def test_two_workers_have_the_throughput_of_nearly_two(
    engine: Engine, one_process: Digest, figure: Callable[[str], None]
) -> None:
    """Everything again from five unequal systems that take 20 ms a page and one call at a time."""
    engine.empty()
    engine.pace(0)
    for wave in (FIRST, SECOND):
        engine.finish(engine.start(wave))
    engine.pace(PAGE)
    seconds: dict[int, list[float]] = {2: [], 1: []}
    for workers in (2, 1):
        if workers == 1:
            engine.workers.stop("w2")
        for _ in range(3):
            seconds[workers].append(span(engine.finish(engine.start((*SECOND, *FIRST), {"full": True}))))
    engine.workers.start("w2")
    ratio = median(seconds[1]) / median(seconds[2])
    shown = {workers: [round(s, 1) for s in took] for workers, took in seconds.items()}
    figure(f"seconds for everything, by workers: {shown}; two have {ratio:.2f} times the throughput of one")
    assert engine.digest() == one_process
    assert ratio > FLOOR


def _landed(engine: Engine, source: str) -> bool:
    from sync.database import connect, one_value

    with connect() as connection:
        return bool(one_value(connection, "select count(*) from landed where source = %s", (source,)))
