"""No statement of the page, its JSON and search reads a big table from end to end, whatever it is asked about."""

import os
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import psycopg
import pytest

from benchmarks.bare import recorded
from benchmarks.citizens import Citizen
from benchmarks.filling import fill
from benchmarks.store import ROLES
from canonical_model.store import connect
from canonical_model.tables import FACT_TABLES
from caseworker.anmodning import latest
from caseworker.overblik import read_borger
from caseworker.reading import reading
from caseworker.roles import load_roles
from caseworker.search import search
from caseworker.tid import tid

BIG = {*FACT_TABLES, "identitet", "personopslag", "asked", "opslag", "anmodning"}
"""Tables that grow with the citizens or with those who look at them."""
CITIZENS = 1_200


def nodes(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield plan
    for part in plan.get("Plans", []):
        yield from nodes(part)


def scans(plan: dict[str, Any], big: set[str]) -> Iterator[str]:
    """Reads of a big table that no condition on an index narrows."""
    for node in nodes(plan):
        if node.get("Relation Name") in big:
            below = [node, *node.get("Plans", [])]
            if not any("Index Cond" in part for one in below for part in nodes(one)):
                yield f"{node['Node Type']} of {node['Relation Name']}"


def explained(connection: psycopg.Connection[Any], statement: str) -> dict[str, Any]:
    """The plan that serves every parameter, which is the one that the view runs by."""
    (row,) = connection.execute(f"explain (generic_plan, format json) {statement}", prepare=False).fetchall()
    return row[0][0]["Plan"]  # type: ignore[no-any-return]


@pytest.fixture
def citizen(store: dict[str, str], clock: None, config: Path) -> Citizen:
    """One of so many that the planner has a choice to make."""
    (found,), _ = fill({ROLES["owner"]: os.environ[ROLES["owner"]]}, CITIZENS, 1)
    return found


def test_everything_goes_by_an_index(citizen: Citizen) -> None:
    roles, now, then = load_roles(), tid(), tid("2026-11-01", "2026-10-01")
    typed = (citizen.navn, citizen.adresse, citizen.sagsnummer, "0101011111")
    asked: list[Callable[[], object]] = [
        *(partial(read_borger, roles[bruger], citizen.person, when) for bruger in roles for when in (now, then)),
        *(partial(search, roles["ydelse"], one, now) for one in typed),
        partial(latest, citizen.person, now),
    ]
    for _ in range(3):
        read_borger(roles["ydelse"], citizen.person, now)
    with reading() as connection:
        held = connection.execute("select sum(custom_plans)::int, min(generic_plans) from pg_prepared_statements")
        assert held.fetchone() == (0, 3)  # planned once, run three times at least
    statements = {text.decode() for one in recorded(asked) for text, _ in one}
    assert len(statements) > 30
    with connect("view") as connection:
        for other in ("seqscan", "hashjoin", "mergejoin"):  # what a planner takes for so few rows
            connection.execute(f"set enable_{other} = off")
        filled = connection.execute("select relname from pg_class where reltuples >= %s", [CITIZENS // 20])
        big = BIG & {str(name) for (name,) in filled}
        assert len(big) > 20
        assert list(scans(explained(connection, "select * from sag where titel = 'x'"), big))
        for statement in statements:
            assert not list(scans(explained(connection, statement), big)), statement
