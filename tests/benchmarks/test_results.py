"""A figure says at which size it was measured, and only the target's own size meets the target."""

import json
from pathlib import Path

import pytest

from benchmarks.results import Figure, write
from benchmarks.targets import TARGETS


@pytest.mark.parametrize(("value", "whole", "met", "here"), [
    (3.0, True, True, True), (2.9, True, False, False), (3.5, False, None, True), (2.0, False, None, False),
])  # fmt: skip
def test_a_smaller_size_is_never_said_to_meet_the_target(value: float, whole: bool, met: object, here: bool) -> None:
    row = Figure(1, value, "20,000 records", whole).as_row()
    assert (row["met"], row["at_this_size"], row["size"]) == (met, here, "20,000 records")


def test_a_row_that_is_not_run_keeps_its_last_figure_and_date(tmp_path: Path) -> None:
    write([Figure(6, 9.0, "1,000 objects", True, date="2026-01-02")], tmp_path)
    write([Figure(10, 1.2, "1,000,000 and 3,000,000 records", True)], tmp_path)
    rows = {row["row"]: row for row in json.loads((tmp_path / "results.json").read_text(encoding="utf-8"))["rows"]}
    assert sorted(rows) == sorted(TARGETS)
    assert (rows[6]["value"], rows[6]["met"], rows[6]["date"]) == (9.0, True, "2026-01-02")
    assert rows[10]["met"] is False and rows[1]["value"] is None and rows[1]["met"] is None
    page = (tmp_path / "results.md").read_text(encoding="utf-8")
    assert "| 6 |" in page and "2026-01-02" in page and "not measured" in page


def test_a_figure_at_the_targets_size_outlives_a_short_run(tmp_path: Path) -> None:
    write([Figure(7, 1.4, "300,000 citizens", True, date="2026-01-02")], tmp_path)
    write([Figure(7, 1.6, "30,000 citizens", False, date="2026-01-03")], tmp_path)
    row = json.loads((tmp_path / "results.json").read_text(encoding="utf-8"))["rows"][6]
    assert (row["value"], row["met"], row["date"]) == (1.4, True, "2026-01-02")
    assert (row["short"]["value"], row["short"]["at_this_size"]) == (1.6, False)
    assert "short run: 1.6 on 30,000 citizens (2026-01-03)" in (tmp_path / "results.md").read_text(encoding="utf-8")
    write([Figure(7, 1.2, "300,000 citizens", True)], tmp_path)
    row = json.loads((tmp_path / "results.json").read_text(encoding="utf-8"))["rows"][6]
    assert row["value"] == 1.2 and "short" not in row
