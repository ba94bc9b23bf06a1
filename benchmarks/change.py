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

from benchmarks import load, process, records
from benchmarks.results import Figure
from benchmarks.store import ROLES, Server, plain

CHANGES = 10_000
TOUCHED = ("landed", "sag")
"""Tables in which such a change looks something up."""
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
_COPIED = {
    "key": SQL("case n when 0 then key else key || '/' || n end"),
    "objekt": SQL("case n when 0 then objekt else md5(objekt::text || n)::uuid end"),
    "sagsnummer": SQL("case n when 0 then sagsnummer else sagsnummer || '/' || n end"),
}
"""What copy n of a record has of its own."""
_EACH = "select l.*, generate_series(0, {}) n from (select * from loaded order by key) l"
"""All copies of one, then all of the next."""


def figure(server: Server, pages: list[Path], folder: Path, number: int) -> Figure:
    """Loads the first pages, grows the store to `number` records, lands the second pages, in which every record is
    another; grows it tenfold, and lands the first ones again. Each time the server's own memory is full of other
    work, and the machine's has what such changes read: else the disk is measured, and how much of a store fits in
    memory.
    """
    _, where = load.ours(server, pages[:1], folder)
    address, costs, sizes = plain(where[ROLES["owner"]]), [], []
    for wanted, changed in ((number, pages[1]), (10 * number, pages[0])):
        grow(address, wanted // CHANGES)
        with psycopg.connect(address) as store:
            sizes += [many for (many,) in store.execute("select count(*) from landed").fetchall()]
        server.warm(where, TOUCHED)
        read(address, changed)
        server.other_work()
        before = server.cpu()
        took = process.measured("benchmarks.change", str(changed), environment=where | load.settings(folder, ""))
        costs.append(server.cpu() - before)
        if took["changed"] != CHANGES:
            raise RuntimeError(f"{took['changed']} of {CHANGES} records changed")
    server.drop(where)
    size = f"{CHANGES:,} changes into {sizes[0]:,} and {sizes[1]:,} records"
    beside = {"seconds of the server's CPU": [round(c, 2) for c in costs]}
    return Figure(5, costs[1] / costs[0], size, number >= WHOLE, beside)


def grow(address: str, copies: int) -> None:
    """Puts so many copies of every record that was loaded in the place of all that is there, with its open facts,
    under keys and numbers of their own; number 0 is the record itself.

    Each record lies among its copies: else all that change would lie side by side, as in no store. Without indexes,
    which are built again afterwards: ten million records would take a day with them in place.
    """
    from canonical_model.tables import FACT_TABLES

    with psycopg.connect(address, autocommit=True) as store:
        store.execute("set maintenance_work_mem = '1GB'")
        for table in ("landed", *FACT_TABLES):
            again = _without_indexes(store, table)
            columns = [name for (name,) in store.execute(_COLUMNS, (table,)).fetchall() if name != "id"]
            store.execute(
                SQL("create temp table loaded as select * from {} where key not like '%/%' {}").format(
                    Identifier(table), SQL("" if table == "landed" else "and kendt_til is null")
                )
            )
            store.execute(SQL("truncate {}").format(Identifier(table)))
            store.execute(
                SQL("insert into {} ({}) select {} from ({}) copied").format(
                    Identifier(table),
                    SQL(", ").join(map(Identifier, columns)),
                    SQL(", ").join(_COPIED.get(c, Identifier(c)) for c in columns),
                    SQL(_EACH).format(copies - 1),
                )
            )
            store.execute("drop table loaded")
            for statement in again:
                store.execute(statement)
            store.execute(SQL("vacuum (analyze) {}").format(Identifier(table)))


def read(address: str, changed: Path) -> None:
    """Reads the records that are about to change, and their facts."""
    keys = [str(one["Id"]) for one in records.read(changed)]
    statement = SQL("select count(t.*::text) from {} t where source = 'bench' and stream = 'sager' and key = any (%s)")
    with psycopg.connect(address) as store:
        for table in TOUCHED:
            store.execute(statement.format(Identifier(table)), (keys,))


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

    items = [item(record(str(one["Id"]), one, sheets.SAG)) for one in records.read(Path(pages))]
    counts, began = Counts(), time.perf_counter()
    with connect() as connection:
        Lander(connection, "bench", CONNECTOR.streams[0], counts).land(Chunk(items))
    print(json.dumps({"changed": counts.changed, "wall": time.perf_counter() - began}))  # noqa: T201


if __name__ == "__main__":
    main(sys.argv[1])
