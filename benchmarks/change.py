"""Row 5: the same 10,000 changes into a store, and into one ten times larger; the server's CPU tells.

python -m benchmarks.change PAGES lands every record of those pages, in the store that the environment names.
"""

import json
import sys
import time
from pathlib import Path
from typing import Any

import psycopg
from psycopg.sql import SQL, Composed, Identifier

from benchmarks import load, process
from benchmarks.results import Figure
from benchmarks.store import ROLES, Server, plain

CHANGES = 10_000
WHOLE = 1_000_000
"""Records of the smaller store at the target's size."""
_COLUMNS = "select column_name from information_schema.columns where table_schema = 'public' and table_name = %s"
_INDEXES = """
    select c.oid is not null, i.relname, coalesce(pg_get_constraintdef(c.oid), pg_get_indexdef(i.oid))
    from pg_index x join pg_class i on i.oid = x.indexrelid
    left join pg_constraint c on c.conindid = i.oid and c.conrelid = x.indrelid
    where x.indrelid = %s::regclass
"""
"""Whether it is a constraint's, its name, and how it is made."""


def figure(server: Server, pages: list[Path], folder: Path, number: int) -> Figure:
    """Loads the first pages, grows the store to `number` records, lands the second pages, in which every record is
    another; grows it tenfold, and lands the first ones again. Each time the indexes are in memory and the tables on
    disk: else the machine's memory is measured, which the larger store does not fit in.
    """
    _, where = load.ours(server, pages[:1], folder)
    address, costs, sizes, copies = plain(where[ROLES["owner"]]), [], [], 1
    for wanted, changed in ((number, pages[1]), (10 * number, pages[0])):
        grow(address, copies, wanted // CHANGES)
        copies = wanted // CHANGES
        with psycopg.connect(address) as store:
            sizes += [many for (many,) in store.execute("select count(*) from landed").fetchall()]
        server.settle()
        server.warm(where)
        before = server.cpu()
        took = process.measured("benchmarks.change", str(changed), environment=where | load.settings(folder, ""))
        costs.append(server.cpu() - before)
        if took["changed"] != CHANGES:
            raise RuntimeError(f"{took['changed']} of {CHANGES} records changed")
    server.drop(where)
    size = f"{CHANGES:,} changes into {sizes[0]:,} and {sizes[1]:,} records"
    beside = {"seconds of the server's CPU": [round(c, 2) for c in costs]}
    return Figure(5, costs[1] / costs[0], size, number >= WHOLE, beside)


def grow(address: str, begin: int, end: int) -> None:
    """Copies every record that was loaded, with its open facts, under keys of their own numbered begin to end - 1.

    Without indexes, which are built again afterwards: ten million records would take a day with them in place.
    """
    from canonical_model.tables import FACT_TABLES

    with psycopg.connect(address, autocommit=True) as store:
        store.execute("set maintenance_work_mem = '1GB'")
        for table in ("landed", *FACT_TABLES):
            again = _without_indexes(store, table)
            columns = [name for (name,) in store.execute(_COLUMNS, (table,)).fetchall() if name != "id"]
            fresh = {"key": SQL("key || '/' || n"), "objekt": SQL("md5(objekt::text || n)::uuid")}
            store.execute(
                SQL(
                    "insert into {} ({}) select {} from {}, generate_series({}, {}) n where key not like '%/%' {}"
                ).format(
                    Identifier(table),
                    SQL(", ").join(map(Identifier, columns)),
                    SQL(", ").join(fresh.get(c, Identifier(c)) for c in columns),
                    Identifier(table),
                    begin,
                    end - 1,
                    SQL("" if table == "landed" else "and kendt_til is null"),
                )  # fmt: skip
            )
            for statement in again:
                store.execute(statement)
            store.execute(SQL("vacuum (analyze) {}").format(Identifier(table)))


def _without_indexes(store: psycopg.Connection[Any], table: str) -> list[Composed]:
    """Drops the indexes of a table; statements that make them again."""
    again = []
    for constraint, name, definition in store.execute(_INDEXES, (table,)).fetchall():
        alter, index = SQL("alter table {} ").format(Identifier(table)), Identifier(name)
        if constraint:
            store.execute(alter + SQL("drop constraint {}").format(index))
            again.append(alter + SQL("add constraint {} {}").format(index, SQL(definition)))
        else:
            store.execute(SQL("drop index {}").format(index))
            again.append(Composed([SQL(definition)]))
    return again


def main(pages: str) -> None:
    """Land them and print how many changed, and what it took."""
    from benchmarks.doors.sbsys_sager import CONNECTOR
    from connectors.minimise import record
    from connectors.sbsys import sheets
    from sync.chunk import Chunk, item
    from sync.database import connect
    from sync.land import Lander
    from sync.runs import Counts

    found = [r for path in sorted(Path(pages).iterdir()) for r in json.loads(path.read_bytes())["Results"]]
    items = [item(record(str(one["Id"]), one, sheets.SAG)) for one in found]
    counts, began = Counts(), time.perf_counter()
    with connect() as connection:
        Lander(connection, "bench", CONNECTOR.streams[0], counts).land(Chunk(items))
    print(json.dumps({"changed": counts.changed, "wall": time.perf_counter() - began}))  # noqa: T201


if __name__ == "__main__":
    main(sys.argv[1])
