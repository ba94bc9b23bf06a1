"""A PostgreSQL server for the benchmarks alone, with fresh databases: everybody measured uses the same one."""

import secrets
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import psycopg

from benchmarks import cpu
from helhed import cluster_roles, database

OPTIONS = {"shared_buffers": "1GB", "max_wal_size": "8GB", "checkpoint_timeout": "30min", "log_min_messages": "fatal"}
"""Beside the embedded server's own; fsync stays on."""
ROLES = {"owner": "HELHED_OWNER_DATABASE_URL", "sync": "HELHED_DATABASE_URL", "view": "HELHED_VIEW_DATABASE_URL"}
_OTHER_WORK = "insert into other_work select n, repeat('x', 7000) from generate_series(1, 150000) n"
"""A row a page, and more of them than shared_buffers hold."""
METADATA = "HELHED_AIRFLOW_DATABASE_URL"


def plain(address: str) -> str:
    """An address as psycopg and dlt take it."""
    return urlsplit(address)._replace(scheme="postgresql").geturl()


def database_of(address: str) -> str:
    """The name of the database at an address."""
    return urlsplit(address).path[1:]


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
        return self.again(name) if migrated else self._addresses(name)

    def again(self, name: str) -> dict[str, str]:
        """Addresses of a database that is there, with our tables as they are now."""
        from benchmarks.process import python

        found = self._addresses(name)
        python("-c", "from canonical_model.store import migrate; migrate()", environment=found)
        return found

    def _addresses(self, name: str) -> dict[str, str]:
        return {
            variable: urlsplit(self._urls[role])._replace(path=f"/{name}").geturl() for role, variable in ROLES.items()
        }

    def metadata(self) -> dict[str, str]:
        """The address of a new empty database for Airflow, by the variable that names it."""
        name = f"bench_{secrets.token_hex(4)}"
        with psycopg.connect(self.admin, autocommit=True) as server:
            cluster_roles.create(server, name, ("airflow",))
        return {METADATA: urlsplit(self._urls["airflow"])._replace(path=f"/{name}").geturl()}

    def cpu(self) -> float:
        """Seconds of CPU that the server has taken so far, with all of its processes, those that ended too."""
        first = int(next(self.folder.rglob("postmaster.pid")).read_text(encoding="utf-8").split()[0])
        return cpu.of_trees([first])

    def settle(self) -> None:
        """Write everything to disk, so that nobody pays for what somebody else did."""
        with psycopg.connect(self.admin, autocommit=True) as server:
            server.execute("checkpoint")

    def overnight(self, addresses: dict[str, str]) -> None:
        """What the server does by itself before the next night: a database vacuumed and analysed, and all on disk."""
        with psycopg.connect(plain(addresses[ROLES["owner"]]), autocommit=True) as store:
            store.execute("vacuum (analyze)")
        self.settle()

    def warm(self, addresses: dict[str, str], tables: Sequence[str]) -> None:
        """Have the indexes of these tables in the machine's memory."""
        data = next(self.folder.rglob("postmaster.pid")).parent
        with psycopg.connect(plain(addresses[ROLES["owner"]])) as store:
            paths = store.execute(
                "select pg_relation_filepath(indexrelid) from pg_index where indrelid = any (%s::regclass[])",
                (list(tables),),
            ).fetchall()
        for (path,) in paths:
            for part in (data / path, *data.glob(f"{path}.*")):
                with part.open("rb") as pages:
                    while pages.read(1 << 24):
                        pass

    def other_work(self) -> None:
        """Begin anew, and fill the server's own memory with what nobody asks for, as a day of other work does."""
        database.down(self.folder)
        database.up(self.folder, options=OPTIONS)
        with psycopg.connect(self.admin, autocommit=True) as server:
            if server.execute("select to_regclass('other_work')").fetchone() == (None,):
                server.execute("create table other_work (n int, filler text storage plain)")
                server.execute(_OTHER_WORK)
                server.execute("create index on other_work (n)")
                server.execute("vacuum (analyze) other_work")
                server.execute("checkpoint")
            server.execute("set enable_seqscan = off")
            server.execute("set enable_bitmapscan = off")
            server.execute("select count(filler) from other_work where n > 0")

    def drop(self, addresses: dict[str, str]) -> None:
        """Drop a database of `fresh` or `metadata`."""
        name = database_of(next(iter(addresses.values())))
        with psycopg.connect(self.admin, autocommit=True) as server:
            server.execute(psycopg.sql.SQL("drop database {} with (force)").format(psycopg.sql.Identifier(name)))
        self.settle()


@contextmanager
def running(kept: Path | None = None) -> Iterator[Server]:
    """A server in a temporary folder, gone afterwards; or in the folder `kept`, where its databases stay."""
    folder = kept or Path(tempfile.mkdtemp(prefix="helhed-bench-"))
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o711)
    try:
        database.up(folder, options=OPTIONS)
        yield Server(folder)
    finally:
        database.down(folder)
        if not kept:
            shutil.rmtree(folder, ignore_errors=True)
