"""Airflow's parts as child processes on loopback: api-server, scheduler, dag-processor.

`airflow standalone` opens two ports on all interfaces, so the demo starts the parts itself.
"""

import json
import os
import secrets
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from importlib.metadata import version
from pathlib import Path
from types import TracebackType
from urllib.parse import urlsplit

import requests

from helhed import children
from helhed.airflow_pools import pools
from helhed.settings import SettingsError, database_url, home

ROOT = Path(__file__).resolve().parents[1]
PARTS: dict[str, Sequence[str]] = {
    "api-server": ["api-server"],
    "scheduler": ["scheduler", "--skip-serve-logs"],
    "dag-processor": ["dag-processor"],
}
"""Name to the words after `airflow`."""
READY = ("airflow.__main__", "airflow.executors.local_executor", "airflow.sdk.execution_time.task_runner", "dags.ready")
"""What a task would else import anew in its own process, thirty times a night (docs/adr/0110)."""


def environment(port: int) -> dict[str, str]:
    """The environment of all parts: metadata in the hub's server, everything on loopback."""
    folder = home() / "airflow"
    folder.mkdir(parents=True, exist_ok=True)
    own = {
        "AIRFLOW_HOME": str(folder),
        "AIRFLOW__CORE__DAGS_FOLDER": str(ROOT / "dags"),
        "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
        "AIRFLOW__CORE__EXECUTOR": "LocalExecutor",
        "AIRFLOW__CORE__PARALLELISM": "4",
        "AIRFLOW__SCHEDULER__MP_START_METHOD": "forkserver",
        "AIRFLOW__SCHEDULER__MP_FORKSERVER_PRELOAD": ",".join(READY),
        "AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_USERS": "admin:admin",
        "AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_PASSWORDS_FILE": str(folder / "passwords.json"),
        "AIRFLOW__CORE__EXECUTION_API_SERVER_URL": f"http://127.0.0.1:{port}/execution/",
        "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN": database_url("airflow").replace("+psycopg:", "+psycopg2:"),
        "AIRFLOW__API__HOST": "127.0.0.1",
        "AIRFLOW__API__PORT": str(port),
        "AIRFLOW__API__WORKERS": "1",
        "AIRFLOW__SCHEDULER__SCHEDULER_IDLE_SLEEP_TIME": "0.5",
        "AIRFLOW__DAG_PROCESSOR__MIN_FILE_PROCESS_INTERVAL": "300",
        "AIRFLOW__LOGGING__LOGGING_LEVEL": "INFO",
        "PYTHONPATH": str(ROOT),
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}",
    }
    return os.environ | own | _kept_secrets(folder)


def _kept_secrets(folder: Path) -> dict[str, str]:
    """Secrets that all parts share, made once; the admin's password stands in passwords.json (0600)."""
    path = folder / "secrets.json"
    if not path.is_file():
        path.touch(mode=0o600)
        names = ("AIRFLOW__API_AUTH__JWT_SECRET", "AIRFLOW__API__SECRET_KEY")
        path.write_text(json.dumps({name: secrets.token_hex(32) for name in names}))
    passwords = folder / "passwords.json"
    if not passwords.is_file():
        passwords.touch(mode=0o600)
        passwords.write_text(json.dumps({"admin": secrets.token_urlsafe(9)}))
    kept: dict[str, str] = json.loads(path.read_text())
    return kept


def prepared_for() -> str:
    """What Airflow's metadata is made ready for: its version, the sources' pools, and where the metadata lies."""
    place = urlsplit(database_url("airflow"))
    where = f"{place.hostname}:{place.port}{place.path}"
    return json.dumps({"airflow": version("apache-airflow"), "pools": pools(), "metadata": where}, sort_keys=True)


class AirflowParts:
    """Started on entry, healthy once entered, stopped on exit."""

    def __init__(self, port: int, say: Callable[[str], None], settings: Mapping[str, str] | None = None) -> None:
        """`settings` replace those of `environment`."""
        self.port, self.say = port, say
        self.base = f"http://127.0.0.1:{port}"
        self.env = environment(port) | dict(settings or {})
        self.logs = home() / "airflow" / "parts"
        self.processes: dict[str, children.Child] = {}

    def __enter__(self) -> "AirflowParts":
        with socket.socket() as knock:
            if knock.connect_ex(("127.0.0.1", self.port)) == 0:
                raise SettingsError(
                    f"Port {self.port} is in use: stop what runs there, or give another --airflow-port."
                )
        self.logs.mkdir(parents=True, exist_ok=True)
        self._prepare()
        try:
            for name, words in PARTS.items():
                self.start(name, words)
            self._wait_healthy()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def start(self, name: str, words: Sequence[str]) -> None:
        """Start `airflow WORDS` as a part of that name."""
        self.processes[name] = children.start(["airflow", *words], self.logs / f"{name}.log", self.env)

    def password(self) -> str:
        """The password of the user admin."""
        given: dict[str, str] = json.loads((home() / "airflow" / "passwords.json").read_text())
        return given["admin"]

    def stop(self) -> None:
        """End all parts, and what they have started."""
        children.stop(*self.processes.values())

    def _prepare(self) -> None:
        """Migrate Airflow's metadata and make the pools; nothing when both are as they were left."""
        wanted = prepared_for()
        left = home() / "airflow" / "prepared.json"
        if left.is_file() and left.read_text() == wanted:
            return
        self._run("db", "migrate")
        given = home() / "airflow" / "pools.json"
        given.write_text(json.dumps(pools()))
        self._run("pools", "import", str(given))
        left.write_text(wanted)

    def _run(self, *command: str) -> None:
        log = self.logs / f"{command[0]}.log"
        with log.open("ab") as out:
            done = subprocess.run(
                ["airflow", *command], env=self.env, stdout=out, stderr=subprocess.STDOUT, check=False
            )
        if done.returncode:
            raise SettingsError(f"'airflow {' '.join(command[:2])}' failed: the reason stands at the end of {log}.")

    def _wait_healthy(self) -> None:
        deadline = time.monotonic() + 180
        while time.monotonic() < deadline:
            for name, process in self.processes.items():
                if process.poll() is not None:
                    raise SettingsError(
                        f"Airflow's {name} ended: the reason stands at the end of {self.logs / name}.log."
                    )
            try:
                health = requests.get(f"{self.base}/api/v2/monitor/health", timeout=5).json()
                if all(health.get(p, {}).get("status") == "healthy" for p in ("scheduler", "dag_processor")):
                    return
            except (requests.RequestException, ValueError):
                pass
            time.sleep(0.5)
        raise SettingsError(f"Airflow was not healthy within three minutes: see the logs in {self.logs}.")
