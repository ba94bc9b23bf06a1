"""A store full of invented citizens: ready rows by COPY, with every index in place."""

from random import Random
from typing import Any

import psycopg
from psycopg.sql import SQL, Identifier

from benchmarks.citizens import Citizen, Citizens
from benchmarks.store import ROLES, plain

CHUNK = 2_000
"""Citizens whose rows are copied together."""


def fill(addresses: dict[str, str], number: int, sample: int) -> tuple[list[Citizen], int]:
    """Fills a migrated, empty store with so many citizens; some of them by chance, and how many facts there are."""
    citizens, facts = Citizens(), 0
    wanted = set(Random(3).sample(range(number), sample))
    chosen = []
    with psycopg.connect(plain(addresses[ROLES["owner"]]), autocommit=True) as store:
        _copy(store, citizens.town())
        for n in range(number):
            citizen = citizens.citizen(n)
            if n in wanted:
                chosen.append(citizen)
            if n % CHUNK == CHUNK - 1 or n == number - 1:
                facts += _copy(store, citizens.taken())
        store.execute("vacuum (analyze)")
    return chosen, facts


def _copy(store: psycopg.Connection[Any], tables: dict[str, list[dict[str, Any]]]) -> int:
    """How many of the rows copied are facts."""
    facts = 0
    for table, rows in tables.items():
        columns = sorted(set().union(*rows))
        names = SQL(", ").join(map(Identifier, columns))
        with store.cursor().copy(SQL("copy {} ({}) from stdin").format(Identifier(table), names)) as copy:
            for row in rows:
                copy.write_row([row.get(column) for column in columns])
        facts += len(rows) if "digest" in rows[0] else 0
    return facts
