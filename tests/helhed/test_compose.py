"""docker/compose.yaml has the parts and settings that the engine's tests run, and calls commands that exist."""

import re
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
import yaml
from typer.main import get_command

from helhed.airflow_parts import PARTS
from helhed.airflow_workers import A_DEAD_WORKER, ONE_TASK_EACH
from helhed.cli import COMMANDS

FILE = Path(__file__).parents[2] / "docker" / "compose.yaml"


@pytest.fixture(scope="module")
def services() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(FILE.read_text(encoding="utf-8"))["services"]
    return found


def test_every_part_of_airflow_runs_with_the_settings_that_are_tested(services: dict[str, Any]) -> None:
    commands = " ".join(str(one.get("command")) for one in services.values())
    assert all(f"airflow {part}" in commands for part in PARTS)
    assert "airflow celery worker" in commands
    wanted = {k: v for k, v in (ONE_TASK_EACH | A_DEAD_WORKER).items() if k != "AIRFLOW__CORE__PARALLELISM"}
    for name, one in services.items():
        if one.get("image") == "helhed":
            assert wanted.items() <= one["environment"].items(), name


def test_every_command_of_helhed_exists_with_its_options(services: dict[str, Any]) -> None:
    words = [c for one in services.values() for c in re.findall(r"\bhelhed ([^&\"]+)", str(one.get("command")))]
    assert len(words) >= 4
    for line in words:
        name, *rest = line.split()
        module = import_module(f"helhed.commands.{COMMANDS[name]}")
        command: Any = get_command(module.app)
        while rest and hasattr(command, "commands"):
            command = command.commands[rest.pop(0)]
        known = {option for parameter in command.params for option in parameter.opts}
        assert {word for word in rest if word.startswith("--")} <= known, line
