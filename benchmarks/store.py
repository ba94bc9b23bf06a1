"""A PostgreSQL server for the benchmarks alone, with fresh databases: everybody measured uses the same one."""

import os
import secrets
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import psycopg

from helhed import cluster_roles, database

OPTIONS = {"shared_buffers": "1GB", "max_wal_size": "8GB", "checkpoint_timeout": "30min", "log_min_messages": "fatal"}
"""Beside the embedded server's own; fsync stays on."""
ROLES = {"owner": "HELHED_OWNER_DATABASE_URL", "sync": "HELHED_DATABASE_URL", "view": "HELHED_VIEW_DATABASE_URL"}


def plain(address: str) -> str:
    """An address as psycopg and dlt take it."""
    return urlsplit(address)._replace(scheme="postgresql").geturl()


class Server:
    """One running server."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.admin = database.admin_url(folder)
        self._urls = database.urls(folder)

    def fresh(self, migrated: bool) -> dict[str, str]:
        """Addresses of a new database by the variable that names them; with our tables in it, or empty."""
        name = f"bench_{secrets.token_hex(4)}"
        with psycopg.connect(self.admin, autocommit=True) as server:
            cluster_roles.create(server, name, template="template0")
        found = {
            variable: urlsplit(self._urls[role])._replace(path=f"/{name}").geturl() for role, variable in ROLES.items()
        }
        if migrated:
            from benchmarks.process import python

            python("-c", "from canonical_model.store import migrate; migrate()", environment=found)
        return found

    def cpu(self) -> float:
        """Seconds of CPU that the server has taken so far, with all of its processes, those that ended too."""
        first = int(next(self.folder.rglob("postmaster.pid")).read_text(encoding="utf-8").split()[0])
        ticks = 0
        for stat in Path("/proc").glob("[0-9]*/stat"):
            try:
                fields = stat.read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
            except OSError:
                continue  # ended meanwhile
            if int(stat.parent.name) == first:
                ticks += sum(map(int, fields[11:15]))
            elif int(fields[1]) == first:
                ticks += sum(map(int, fields[11:13]))
        return ticks / os.sysconf("SC_CLK_TCK")

    def settle(self) -> None:
        """Write everything to disk, so that nobody pays for what somebody else did."""
        with psycopg.connect(self.admin, autocommit=True) as server:
            server.execute("checkpoint")

    def drop(self, addresses: dict[str, str]) -> None:
        """Drop a database of `fresh`."""
        name = urlsplit(addresses[ROLES["owner"]]).path[1:]
        with psycopg.connect(self.admin, autocommit=True) as server:
            server.execute(psycopg.sql.SQL("drop database {} with (force)").format(psycopg.sql.Identifier(name)))
        self.settle()


@contextmanager
def running() -> Iterator[Server]:
    """A server in a temporary folder; gone afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="helhed-bench-"))
    folder.chmod(0o711)
    try:
        database.up(folder, options=OPTIONS)
        yield Server(folder)
    finally:
        database.down(folder)
        shutil.rmtree(folder, ignore_errors=True)
