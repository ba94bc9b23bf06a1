"""Airflow on many workers: CeleryExecutor with Redis as broker, on loopback; `python -m helhed.airflow_workers`.

The same parts and settings as docker/compose.yaml has for a municipality's own servers (docs/workers.md).
"""

import argparse
import secrets
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from helhed import children
from helhed.airflow_parts import AirflowParts
from helhed.settings import SettingsError, database_url, home, load_home_environment

ONE_TASK_EACH = {
    "AIRFLOW__CORE__EXECUTOR": "CeleryExecutor",
    "AIRFLOW__CORE__PARALLELISM": "32",
    "AIRFLOW__SCHEDULER__MP_START_METHOD": "fork",
    "AIRFLOW__CELERY__WORKER_CONCURRENCY": "1",
    "AIRFLOW__CELERY__WORKER_PREFETCH_MULTIPLIER": "1",
    "AIRFLOW__CELERY_BROKER_TRANSPORT_OPTIONS__VISIBILITY_TIMEOUT": "86400",
}
"""A task keeps a vendor's whole `concurrency` busy with threads, so a worker takes one, and no more than it does."""
A_DEAD_WORKER = {
    "AIRFLOW__SCHEDULER__TASK_INSTANCE_HEARTBEAT_TIMEOUT": "60",
    "AIRFLOW__SCHEDULER__TASK_INSTANCE_HEARTBEAT_TIMEOUT_DETECTION_INTERVAL": "10",
    "AIRFLOW__WORKERS__MIN_HEARTBEAT_INTERVAL": "5",
}
"""Its task is given to another about a minute later (Airflow's own default is five), and tried again at once."""
PATIENCE = 120
"""Seconds that a part may take to start."""


class Workers:
    """Airflow's parts and as many workers as wanted, one task each."""

    def __init__(self, parts: AirflowParts) -> None:
        self.parts = parts

    def start(self, *names: str) -> None:
        """Start workers of those names, and wait until they take tasks. Raises SettingsError when one does not."""
        logs = {name: self.parts.logs / f"{name}.log" for name in names}
        already = {name: log.stat().st_size if log.is_file() else 0 for name, log in logs.items()}
        for name in names:
            pid = home() / "airflow" / f"{name}.pid"
            self.parts.start(
                name, ["celery", "worker", "--skip-serve-logs", "-H", f"{name}@localhost", "--pid", str(pid)]
            )
        deadline = time.monotonic() + PATIENCE
        for name, log in logs.items():
            while b" ready." not in log.read_bytes()[already[name] :]:
                if time.monotonic() > deadline or self.parts.processes[name].poll() is not None:
                    raise SettingsError(f"The worker {name} did not start: the reason stands at the end of {log}.")
                time.sleep(0.2)

    def stop(self, name: str) -> None:
        """Ask a worker to end; it finishes its task first."""
        process = self.parts.processes.pop(name)
        process.terminate()
        process.wait(PATIENCE)


@contextmanager
def broker(folder: Path) -> Iterator[str]:
    """A Redis of our own on loopback, with a password, without a file; its address. Raises SettingsError."""
    program = shutil.which("redis-server")
    if program is None:
        raise SettingsError("redis-server is missing: install it (Debian: apt-get install redis-server).")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    word = secrets.token_hex(24)
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "redis.log").open("ab") as log:
        process = subprocess.Popen(
            [program, "-"], stdin=subprocess.PIPE, stdout=log, stderr=subprocess.STDOUT, start_new_session=True
        )
    assert process.stdin is not None
    settings = f'bind 127.0.0.1\nport {port}\nrequirepass {word}\nsave ""\nappendonly no\ndir {folder}\n'
    process.stdin.write(settings.encode())
    process.stdin.close()
    try:
        _answers(port, process, folder / "redis.log")
        yield f"redis://:{word}@127.0.0.1:{port}/0"
    finally:
        children.stop(process)


def _answers(port: int, process: "subprocess.Popen[bytes]", log: Path) -> None:
    deadline = time.monotonic() + PATIENCE
    while True:
        with socket.socket() as knock:
            if knock.connect_ex(("127.0.0.1", port)) == 0:
                return
        if process.poll() is not None or time.monotonic() > deadline:
            raise SettingsError(f"redis-server did not start: the reason stands at the end of {log}.")
        time.sleep(0.1)


@contextmanager
def running(port: int, workers: int) -> Iterator[Workers]:
    """Broker, Airflow's parts and workers named w1, w2, ...; all stopped at the end."""
    with broker(home() / "airflow") as address:
        results = "db+" + database_url("airflow").replace("+psycopg:", "+psycopg2:")
        celery = {"AIRFLOW__CELERY__BROKER_URL": address, "AIRFLOW__CELERY__RESULT_BACKEND": results}
        with AirflowParts(port, print, ONE_TASK_EACH | A_DEAD_WORKER | celery) as parts:
            found = Workers(parts)
            found.start(*(f"w{number + 1}" for number in range(workers)))
            yield found


def main() -> None:
    """Until Ctrl-C."""
    words = argparse.ArgumentParser(prog="python -m helhed.airflow_workers", description=__doc__)
    words.add_argument("--workers", type=int, default=2)
    words.add_argument("--airflow-port", type=int, default=8080)
    asked = words.parse_args()
    load_home_environment()
    try:
        with children.ended_in_order(), running(asked.airflow_port, asked.workers) as found:
            print(f"Airflow: {found.parts.base}, user admin; its password stands in {home() / 'airflow'}")  # noqa: T201
            signal.pause()
    except SettingsError as error:
        raise SystemExit(str(error)) from None
    except KeyboardInterrupt:
        return


if __name__ == "__main__":
    main()
