"""The engine under test: its store, its town's pace, its runs, and which worker holds a source."""

import json
import re
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

import psutil
import psycopg

from canonical_model.export import Digest, digest
from canonical_model.store import engine as store_engine
from helhed.airflow_api import PATIENCE, AirflowApi
from helhed.airflow_workers import Workers
from tests.conftest import VARIABLES, Postgres
from tests.korsbaek_town import RunningTown

FIRST, SECOND = ("sbsys", "sdi", "ydi"), ("cpr", "nexus")
"""The second are asked about the persons whom the first name."""
_HOLDS = """
    select a.client_port from pg_locks l join pg_stat_activity a on a.pid = l.pid
    where l.locktype = 'advisory' and l.granted and a.datname = %(name)s
      and (l.classid::bigint << 32) | l.objid::bigint = hashtextextended('helhed run ' || %(source)s, 0)
"""


@dataclass
class Engine:
    """Airflow with its workers, a town and a store of a name that stays while its content is replaced."""

    workers: Workers
    town: RunningTown
    postgres: Postgres
    template: str
    name: str

    @cached_property
    def api(self) -> AirflowApi:
        """Airflow's, with every DAG but consolidation switched on."""
        found = AirflowApi(self.workers.parts.base, self.workers.parts.password())
        for source in (*FIRST, *SECOND):
            found.wait_for_dag(f"nightly_{source}")
            found.unpause(f"nightly_{source}")
        return found

    def empty(self) -> None:
        """A fresh store."""
        for role in VARIABLES:
            store_engine(role).dispose()  # type: ignore[arg-type]
        self.postgres.drop(self.name)
        self.postgres.create(self.name, self.template)

    def digest(self) -> Digest:
        """What the store holds."""
        return digest()

    def pace(self, seconds: float) -> None:
        """How long each of the town's systems takes to answer."""
        folder = self.town.folder / "faults"
        folder.mkdir(exist_ok=True)
        for system in self.town.systems:
            faults = [{"kind": "slow", "seconds": seconds}] if seconds else []
            (folder / f"{system}.json").write_text(json.dumps(faults))

    def start(self, sources: Iterable[str], params: dict[str, Any] | None = None) -> dict[str, str]:
        """Start a run of each source's DAG; DAG to run."""
        return {f"nightly_{source}": self.api.trigger(f"nightly_{source}", params) for source in sources}

    def finish(self, runs: dict[str, str], seconds: float = 420) -> list[dict[str, Any]]:
        """Wait until the runs have succeeded; their tasks."""
        until(lambda: all(self.api.state(*run) in ("success", "failed") for run in runs.items()), str(runs), seconds)
        tasks = [task for run in runs.items() for task in self.tasks(*run)]
        assert [task["state"] for task in tasks] == ["success"] * len(tasks)
        return tasks

    def tasks(self, dag: str, run: str) -> list[dict[str, Any]]:
        """Airflow's word on the tasks of a run."""
        reply = self.api.session.get(f"{self.api.base}/dags/{dag}/dagRuns/{run}/taskInstances", timeout=PATIENCE)
        reply.raise_for_status()
        found: list[dict[str, Any]] = reply.json()["task_instances"]
        return found

    def consolidate(self) -> None:
        """Consolidation's DAG, to its end."""
        self.api.wait_for_dag("consolidate")
        self.api.unpause("consolidate")
        self.finish({"consolidate": self.api.trigger("consolidate")})

    def worker_of(self, source: str) -> str | None:
        """The worker whose task holds the source now, by the process at the other end of its connection."""
        with psycopg.connect(self.postgres.admin) as server:
            row = server.execute(_HOLDS, {"name": self.name, "source": source}).fetchone()
        ports = {c.laddr.port: c.pid for c in psutil.net_connections("tcp4") if c.pid and c.laddr}
        process = ports.get(row[0]) if row else None
        return next((name for name in self.alive() if process in self._family(name)), None)

    def alive(self) -> list[str]:
        """The workers that run."""
        return [n for n, p in self.workers.parts.processes.items() if re.fullmatch(r"w\d+", n) and p.poll() is None]

    def kill(self, worker: str) -> None:
        """As when its machine loses power: kill -9 of the worker and of all that it has started."""
        for pid in self._family(worker):
            psutil.Process(pid).kill()
        self.workers.parts.processes.pop(worker).wait()

    def _family(self, worker: str) -> list[int]:
        root = psutil.Process(self.workers.parts.processes[worker].pid)
        return [root.pid, *(child.pid for child in root.children(recursive=True))]


def until(holds: Callable[[], Any], what: str, seconds: float = 120) -> None:
    """Wait until something holds."""
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, f"in vain: {what}"
        time.sleep(0.2)


def span(tasks: Iterable[dict[str, Any]]) -> float:
    """Seconds from the beginning of the first task to the end of the last."""
    times = [(datetime.fromisoformat(t["start_date"]), datetime.fromisoformat(t["end_date"])) for t in tasks]
    return (max(end for _, end in times) - min(start for start, _ in times)).total_seconds()
