"""Airflow's REST API, as little of it as the demo needs: unpause, trigger, follow."""

import time
from typing import Any

import requests

from helhed.settings import SettingsError

PATIENCE = 120
"""Seconds to wait for an answer; the first ones come slowly while Airflow warms up on a small machine."""


class AirflowApi:
    """A session of the user admin."""

    def __init__(self, base: str, password: str) -> None:
        self.base = f"{base}/api/v2"
        reply = requests.post(f"{base}/auth/token", json={"username": "admin", "password": password}, timeout=PATIENCE)
        reply.raise_for_status()
        self.session = requests.Session()
        self.session.headers["Authorization"] = f"Bearer {reply.json()['access_token']}"

    def wait_for_dag(self, dag: str, seconds: float = 120) -> None:
        """Wait until the DAG has been parsed. Raises SettingsError with Airflow's import error when it cannot be."""
        deadline = time.monotonic() + seconds
        while self.session.get(f"{self.base}/dags/{dag}", timeout=PATIENCE).status_code != 200:
            if time.monotonic() > deadline:
                raise SettingsError(f"Airflow did not find the DAG {dag}: see its import errors in the web page.")
            time.sleep(0.5)

    def unpause(self, dag: str) -> None:
        """Let the DAG run."""
        self.session.patch(f"{self.base}/dags/{dag}", json={"is_paused": False}, timeout=PATIENCE).raise_for_status()

    def trigger(self, dag: str, params: dict[str, Any] | None = None) -> str:
        """Start a run now, with these params; its id."""
        given = {"logical_date": None, "conf": params or {}}
        reply = self.session.post(f"{self.base}/dags/{dag}/dagRuns", json=given, timeout=PATIENCE)
        reply.raise_for_status()
        return str(reply.json()["dag_run_id"])

    def state(self, dag: str, run: str) -> str:
        """queued, running, success or failed."""
        reply = self.session.get(f"{self.base}/dags/{dag}/dagRuns/{run}", timeout=PATIENCE)
        reply.raise_for_status()
        return str(reply.json()["state"])

    def failing(self, dag: str, run: str) -> bool:
        """Whether a task of the run has failed, for good or to be tried again later."""
        reply = self.session.get(f"{self.base}/dags/{dag}/dagRuns/{run}/taskInstances", timeout=PATIENCE)
        reply.raise_for_status()
        return any(t["state"] in ("failed", "up_for_retry", "upstream_failed") for t in reply.json()["task_instances"])

    def result(self, dag: str, run: str, task: str) -> Any:
        """What a task returned: counts."""
        path = f"{self.base}/dags/{dag}/dagRuns/{run}/taskInstances/{task}/xcomEntries/return_value"
        reply = self.session.get(path, timeout=PATIENCE)
        return reply.json().get("value") if reply.status_code == 200 else None
