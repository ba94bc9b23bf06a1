"""Nights of one town, by Airflow and by hand in turns: python -m benchmarks.one_town SERVER CITIZENS ROUNDS.

Prints what each took as JSON. The environment names a fresh store, Airflow's fresh metadata and an empty HELHED_HOME.
The town's own servers run beside and are left out of every figure of CPU.
"""

import json
import resource
import socket
import subprocess
import sys
import time
from datetime import datetime
from pathlib import Path
from typing import Any

import psycopg
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Sink

from benchmarks import cpu, dag_runs
from benchmarks.night import LOADED
from benchmarks.process import ROOT
from benchmarks.store import Server, database_of, plain
from helhed.airflow_api import AirflowApi
from helhed.airflow_parts import AirflowParts
from helhed.demo import municipality as hub
from helhed.demo.airflow_night import waves
from helhed.settings import database_url, home, load_home_environment
from korsbaek import municipality

SEED, PORTS = 7, 0
LOOK = 0.5
"""Seconds between two looks at Airflow's metadata; its API is left alone, since it costs CPU of Airflow's."""
PATIENCE = 4 * 3600


class Town:
    """A town, its store, and the server that both Airflow and the store use."""

    def __init__(self, server: Server, mail: int) -> None:
        """`mail`: the port of a mail server, which the alarm needs."""
        self.server = server
        extra = {"from_email": "helhed@korsbaek.invalid", "disable_ssl": True, "disable_tls": True}
        sends = {"conn_type": "smtp", "host": "127.0.0.1", "port": mail, "extra": extra}
        self.mail = {"AIRFLOW_CONN_SMTP_DEFAULT": json.dumps(sends)}
        self.metadata = plain(database_url("airflow"))

    def loaded(self, told: Path) -> dict[str, Any] | None:
        """What the first load took, and `told` says from then on where it went; None when a run before did it."""
        if told.is_file():
            return None
        first = self.by_hand()
        self.tidied()
        told.write_text(database_of(database_url("owner")), encoding="utf-8")
        return first

    def tidied(self) -> None:
        """What autovacuum does in the hours after a first load, done before the first night is measured."""
        with psycopg.connect(plain(database_url("owner")), autocommit=True) as store:
            store.execute("vacuum analyze")

    def by_hand(self) -> dict[str, Any]:
        """`helhed sync` of everything. Raises RuntimeError when a source was not brought up to date."""
        server, own, began = self.server.cpu(), _children(), time.perf_counter()
        done = subprocess.run(
            [sys.executable, "-m", "helhed.cli", "sync", "--json"], cwd=ROOT, capture_output=True, text=True
        )
        wall = time.perf_counter() - began
        if done.returncode:
            raise RuntimeError(f"helhed sync: {done.stdout[-2000:]}{done.stderr[-2000:]}")
        streams = [s for run in json.loads(done.stdout)["runs"] for s in run["streams"].values()]
        counts = {what: sum(s[what] for s in streams) for what in ("read", "new", "changed", "gone")}
        return {"wall": wall, "sync": _children() - own, "postgresql": self.server.cpu() - server, **counts}

    def by_airflow(self) -> dict[str, Any]:
        """Every DAG of the night, as a municipality has them switched on; Airflow is started before, and warm."""
        with AirflowParts(_free_port(), lambda _: None, self.mail) as parts:
            api, roots = AirflowApi(parts.base, parts.password()), [p.pid for p in parts.processes.values()]
            pulls = [[f"nightly_{source}" for source in wave] for wave in waves()]
            for dag in (*sum(pulls, []), dag_runs.CONSOLIDATE, "alarm"):
                api.wait_for_dag(dag)
                api.unpause(dag)
            self._run(api, [[dag_runs.CONSOLIDATE]], dag_runs.now(self.metadata))
            server, airflow, since = self.server.cpu(), cpu.of_trees(roots), dag_runs.now(self.metadata)
            self._run(api, pulls, since)
            while not dag_runs.over(*dag_runs.runs(self.metadata, since)):
                time.sleep(LOOK)
            spent = {"airflow": cpu.of_trees(roots) - airflow, "postgresql": self.server.cpu() - server}
        found, _ = dag_runs.runs(self.metadata, since)
        consolidations = sum(run.dag == dag_runs.CONSOLIDATE for run in found)
        return {"wall": dag_runs.took(found).total_seconds(), **spent, "consolidations": consolidations}

    def _run(self, api: AirflowApi, pulls: list[list[str]], since: datetime) -> None:
        """One after the other: those that name citizens, then those that are asked about them."""
        deadline = time.monotonic() + PATIENCE
        for wave in pulls:
            for dag in wave:
                api.trigger(dag)
            while not dag_runs.ended(dag_runs.runs(self.metadata, since)[0], wave):
                if time.monotonic() > deadline:
                    raise RuntimeError(f"Airflow did not end {', '.join(wave)}")
                time.sleep(LOOK)


def _free_port() -> int:
    with socket.socket() as knock:
        knock.bind(("127.0.0.1", 0))
        return int(knock.getsockname()[1])


def _children() -> float:
    """Seconds of CPU of processes that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def main(folder: str, citizens: str, rounds: str) -> None:
    """A first load by hand; then, in each round, a night of the town by Airflow and a night by hand."""
    mail = Controller(Sink(), hostname="127.0.0.1", port=_free_port())
    try:
        hub.start(lambda _: None, int(citizens), SEED, PORTS)
        load_home_environment()
        mail.start()
        town = Town(Server(Path(folder)), mail.port)
        found: dict[str, Any] = {"first": town.loaded(home() / LOADED), "airflow": [], "hand": [], "changes": []}
        for _ in range(int(rounds)):
            for way, night in (("airflow", town.by_airflow), ("hand", town.by_hand)):
                passed = municipality.night(home() / "korsbaek")
                found["changes"].append(sum(sum(s["counts"].values()) for s in passed["streams"].values()))
                town.server.settle()
                found[way].append(night())
    finally:
        mail.stop(no_assert=True)
        hub.stop()
    print(json.dumps(found))  # noqa: T201


if __name__ == "__main__":
    main(*sys.argv[1:])
