"""What is physically there: COPY of ready rows into the same tables and indexes; reading the pages and hashing them.

python -m benchmarks.limits URL reads and hashes, as a process of its own.
"""

import json
import sys
import time
from hashlib import blake2b
from pathlib import Path

import psycopg
import requests

from benchmarks.store import ROLES, Server, plain

PAGE = 1_000


def ready(addresses: dict[str, str], folder: Path) -> dict[str, int]:
    """Writes every filled table of a store as COPY wants it into `folder`; rows by table."""
    folder.mkdir(parents=True, exist_ok=True)
    rows: dict[str, int] = {}
    with psycopg.connect(plain(addresses[ROLES["owner"]])) as store:
        tables = store.execute("select relname from pg_stat_user_tables where schemaname = 'public' order by 1")
        for (table,) in tables.fetchall():
            name = psycopg.sql.Identifier(table)
            rows[table] = store.execute(psycopg.sql.SQL("select count(*) from {}").format(name)).fetchone()[0]  # type: ignore[index]
            with (
                store.cursor().copy(psycopg.sql.SQL("copy {} to stdout (format binary)").format(name)) as copy,
                (folder / f"{table}.copy").open("wb") as out,
            ):
                for block in copy:
                    out.write(block)
    return {table: many for table, many in rows.items() if many and table in LOADED | _facts()}


LOADED = {"landed", "identitet", "objekt"}
"""What a load fills beside the facts."""


def _facts() -> set[str]:
    from canonical_model.tables import FACT_TABLES

    return set(FACT_TABLES)


def copy(server: Server, folder: Path, tables: dict[str, int]) -> dict[str, float]:
    """Copies ready rows into a fresh store; seconds by the wall, and of the server's CPU."""
    addresses = server.fresh(migrated=True)
    with psycopg.connect(plain(addresses[ROLES["owner"]])) as store:
        wall, cpu = time.perf_counter(), server.cpu()
        for table in tables:
            statement = psycopg.sql.SQL("copy {} from stdin (format binary)").format(psycopg.sql.Identifier(table))
            with store.cursor().copy(statement) as into, (folder / f"{table}.copy").open("rb") as ready_rows:
                while block := ready_rows.read(1 << 20):
                    into.write(block)
        store.commit()
        took = {"wall": time.perf_counter() - wall, "server": server.cpu() - cpu}
    server.drop(addresses)
    return took


def main(url: str) -> None:
    """Read every page and hash it; prints what it took as JSON."""
    session = requests.Session()
    session.post(f"{url}/token")
    wall, cpu, skip, total = time.perf_counter(), time.process_time(), 0, 1
    while skip < total:
        reply = session.post(f"{url}/api/sag/search", json={"Limit": PAGE, "Skip": skip})
        blake2b(reply.content, digest_size=16).digest()
        total = int(reply.content[reply.content.rindex(b'"TotalNumberOfResults": ') + 24 : -1])
        skip += PAGE
    print(json.dumps({"wall": time.perf_counter() - wall, "cpu": time.process_time() - cpu}))  # noqa: T201


if __name__ == "__main__":
    main(*sys.argv[1:])
