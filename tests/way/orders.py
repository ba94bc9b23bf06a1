"""Gives orders to tests/way/evening.py and hears what became of them."""

import json
import os
import signal
import subprocess
import sys
from typing import Any

from tests.way.hub import ROOT


class Evening:
    """Work at the store in processes of their own; see tests/way/evening.py."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.way.evening"],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self._send({"environment": dict(os.environ)})

    def order(self, does: str, at: int = 0, after: float = 0.0) -> dict[str, Any]:
        """Do one piece of work, killed at that statement; what became of it."""
        here = {k: v for k, v in os.environ.items() if k.startswith(("HELHED_", "AIRFLOW_CONN_"))}
        self._send({"does": does, "at": at, "after": after, "environment": here})
        assert self._process.stdout is not None
        said: dict[str, Any] = {}
        while True:
            line = json.loads(self._process.stdout.readline())
            if "ended" in line:
                break
            said = said if said.get("killed") else line
        assert said.get("error", "") == "", said["error"]
        # A blow that fell in the very last moment may have come too late.
        return said | {"killed": line["ended"] == -signal.SIGKILL}

    def close(self) -> None:
        """No more orders."""
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait(30)

    def _send(self, order: dict[str, Any]) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(order) + "\n")
        self._process.stdin.flush()
