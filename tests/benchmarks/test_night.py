"""What a night took: which processes count, when it is over, and what is compared with what."""

import subprocess
import sys
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from benchmarks import cpu, night
from benchmarks.cpu import Process
from benchmarks.dag_runs import Run, ended, over, took

TEN = datetime(2026, 11, 22, 22, 0, tzinfo=UTC)
BURN = """
import os, sys, time
if not os.fork():
    if not os.fork():
        while time.process_time() < 0.2: pass
        os._exit(0)
    os.wait()
    os._exit(0)
os.wait()
print("burnt", flush=True)
sys.stdin.read()
"""


def at(seconds: float) -> datetime:
    return TEN + timedelta(seconds=seconds)


def test_descendants_and_sessions_count_and_neighbours_do_not() -> None:
    running = [
        Process(10, 1, 10, 1), Process(11, 10, 10, 20), Process(12, 11, 12, 300),
        Process(13, 1, 10, 4_000), Process(14, 1, 12, 50_000), Process(20, 1, 20, 600_000), Process(1, 0, 1, 7_000_000),
    ]  # fmt: skip
    assert cpu.ticks_of_trees(running, {10}) == 54_321
    assert cpu.ticks_of_trees(reversed(running), {10, 20}) == 654_321
    assert cpu.ticks_of_trees(running, {99}) == 0


def test_what_ended_is_counted_where_it_was_waited_for() -> None:
    with subprocess.Popen([sys.executable, "-c", BURN], stdin=-1, stdout=-1, text=True) as burner:
        with subprocess.Popen(["cat"], stdin=-1) as idle:
            assert burner.stdout and burner.stdout.readline() == "burnt\n"
            assert cpu.of_trees([burner.pid]) >= 0.2 - 1 / cpu.TICKS
            assert cpu.of_trees([idle.pid]) < 0.1
            idle.kill()
        burner.kill()


PULLS = [
    Run("nightly_a", "success", at(1), at(2), at(5), at(6)), Run("nightly_b", "success", at(0), at(2), at(9), at(10)),
]  # fmt: skip
EARLY, LATE = (Run("consolidate", "success", at(n), at(n), at(n + 2), at(n + 3)) for n in (6, 9))


@pytest.mark.parametrize(("found", "waiting", "is_over"), [
    ([*PULLS, EARLY, LATE], False, True), ([*PULLS, EARLY], False, False), ([*PULLS, LATE], True, False),
    ([*PULLS, LATE, Run("consolidate", "queued", at(11))], False, False),
    ([PULLS[0], Run("nightly_b", "running", at(0), at(2)), EARLY], False, False),
])  # fmt: skip
def test_a_night_is_over_when_consolidation_has_seen_its_last_source(
    found: list[Run], waiting: bool, is_over: bool
) -> None:
    assert over(found, waiting) is is_over


def test_a_night_lasts_from_the_first_wish_to_the_last_end() -> None:
    assert took([*PULLS, EARLY, LATE]).total_seconds() == 12
    assert ended(PULLS, ["nightly_a", "nightly_b"]) and not ended(PULLS[:1], ["nightly_a", "nightly_b"])
    with pytest.raises(RuntimeError, match="nightly_c"):
        ended([*PULLS, Run("nightly_c", "failed", at(0), at(1), at(2), at(2))], ["nightly_a"])


def nights(*walls: tuple[float, float], cost: float) -> dict[str, Any]:
    """A town's nights: wall through Airflow and by hand, and the CPU of each night through Airflow."""
    counts = {"read": 100, "new": 1, "changed": 1, "gone": 0}
    return {
        "airflow": [{"wall": dag, "airflow": cost - 1, "postgresql": 1, "consolidations": 2} for dag, _ in walls],
        "hand": [{"wall": hand, "sync": 2, "postgresql": 1} | counts for _, hand in walls],
        "first": {"wall": 9.0}, "changes": [2] * 2 * len(walls),
    }  # fmt: skip


def test_share_at_the_largest_town_and_the_steepest_step_between_sizes() -> None:
    towns = {900: nights((40, 30), (50, 10), (60, 48), cost=90), 300: nights((1, 1), cost=60), 2_700: nights(
        (100, 80), (100, 90), (100, 10), cost=810,
    )}  # fmt: skip
    share, growth = night.rows(towns)
    assert (share.row, share.value, share.whole) == (11, pytest.approx(0.2), False)
    assert (growth.row, growth.value, growth.whole) == (12, pytest.approx(3.0), False)
    assert share.size == f"2,700 citizens, {night.COMPARED}, median of 3" and growth.size.startswith(
        "300, 900, 2,700 citizens"
    )
    assert share.beside["900 citizens"][night.SHARE] == round(87 / 90, 2)
    assert night.rows({300: towns[300]})[1].value is None


def test_a_town_that_was_kept_has_no_first_load_of_this_run() -> None:
    once, again = nights((40, 30), cost=90), nights((40, 30), cost=90) | {"first": None}
    assert night.told(once)["first load"] == 9.0 and "first load" not in night.told(again)


def test_only_the_targets_own_towns_can_meet_it() -> None:
    at_size = {size: nights((100, 80), cost=size) for size in night.FULL}
    assert [figure.as_row()["met"] for figure in night.rows(at_size)] == [True, True]
    del at_size[30_000]
    assert [figure.as_row()["met"] for figure in night.rows(at_size)] == [True, None]
