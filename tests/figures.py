"""Figures that a test measured, shown at the end of the run, also when several processes ran the tests."""

from collections.abc import Callable
from typing import Any

import pytest

NAME = "figure"


@pytest.fixture
def figure(record_property: Callable[[str, object], None]) -> Callable[[str], None]:
    """Says one line at the end of the run."""

    def say(line: str) -> None:
        record_property(NAME, line)

    return say


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Every figure, under its test."""
    for reports in terminalreporter.stats.values():
        for report in reports:
            for name, line in getattr(report, "user_properties", ()):
                if name == NAME and report.when == "call":
                    terminalreporter.write_line(f"{report.nodeid.rpartition('::')[2]}: {line}")
