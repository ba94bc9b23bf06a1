"""Airflow in a process of its own, which runs a DAG when a test asks."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]


class Airflow:
    """Started with the environment of the test; its home and its metadata are in a folder of the test."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir()
        own = {
            "AIRFLOW_HOME": str(folder), "AIRFLOW__CORE__LOAD_EXAMPLES": "False", "PYTHONPATH": str(ROOT),
            "AIRFLOW__CORE__DAGS_FOLDER": str(ROOT / "dags"),
        }  # fmt: skip
        self.log = folder / "said.log"
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.dags.airflow_runs"], cwd=ROOT, env=os.environ | own, text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self.log.open("w"),
        )  # fmt: skip
        self._heard()

    def run(self, dag: str) -> dict[str, Any]:
        """Run a DAG once, without retries: `state` (success or failed) and `xcom` by key."""
        assert self.process.stdin
        self.process.stdin.write(f"{dag}\n")
        self.process.stdin.flush()
        return self._heard()

    def close(self) -> None:
        """End the process."""
        assert self.process.stdin
        self.process.stdin.close()
        self.process.wait(30)

    def _heard(self) -> dict[str, Any]:
        assert self.process.stdout
        for line in self.process.stdout:
            if line.startswith("said "):
                found: dict[str, Any] = json.loads(line.removeprefix("said "))
                return found
        raise AssertionError(self.log.read_text()[-3000:])
