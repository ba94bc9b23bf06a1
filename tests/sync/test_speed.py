"""Loading is set-based and goes by index: cost follows the change, not the store."""

import json
import re
import time
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest

from canonical_model.fact import Fact
from connectors.contract import Record, Shape
from helhed.settings import database_url
from sync.chunk import item
from sync.database import Connection
from sync.deletions import Deletions
from sync.land import Chunk, Item, Lander
from sync.night import let_go
from sync.runs import Counts
from sync.sealing import sent_digester
from sync.standing import Standing
from tests.sync.conftest import Hub
from tests.sync.vendor import personer, sager


class Explaining(psycopg.Cursor[tuple[Any, ...]]):
    """Explains every statement that reads or writes before it runs it."""

    plans: list[tuple[str, str]] = []
    statements = 0

    def execute(self, query: Any, params: Any = None, **kwargs: Any) -> Any:
        """Remember the plan, then execute."""
        text = str(query).strip()
        Explaining.statements += 1
        if text.split(None, 1)[0].lower() in ("select", "insert", "update", "delete", "with"):
            rows = super().execute(f"explain {text}", params, prepare=False).fetchall()
            Explaining.plans.append((text, "\n".join(str(_text(row[0])) for row in rows)))
        return super().execute(query, params, **kwargs)

    def copy(self, statement: Any, params: Any = None, **kwargs: Any) -> Any:
        """The same for what is read by COPY."""
        if query := re.fullmatch(r"\s*copy \((.*)\)\s*to stdout.*", str(statement), re.DOTALL):
            rows = super().execute(f"explain {query[1]}", params, prepare=False).fetchall()
            Explaining.plans.append((query[1], "\n".join(str(_text(row[0])) for row in rows)))
        return super().copy(statement, params, **kwargs)


def _text(value: Any) -> str:
    return value.decode() if isinstance(value, bytes) else str(value)


@pytest.fixture
def explaining(store: dict[str, str]) -> Iterator[Connection]:
    """A connection that explains what it does."""
    Explaining.plans, Explaining.statements = [], 0
    address = database_url("sync").replace("+psycopg", "")
    with psycopg.connect(address, autocommit=True, cursor_factory=Explaining) as connection:
        yield connection


def _item(key: str, body: bytes) -> Item:
    return item(Record(key, body))


def cases(many: int, titel: str = "Sag") -> list[Item]:
    """Records of three facts each, every one with a party of its own; another title makes each of them another."""
    return [
        _item(f"s{n}", json.dumps({
            "id": f"s{n}", "titel": f"{titel} {n}", "cpr": f"{9_300_000_000 + n}",
            "navn": f"Ane {titel}", "fremdrift": [{"status": titel, "fra": "2026-01-01T00:00:00+00:00"}],
        }).encode())
        for n in range(many)
    ]  # fmt: skip


def persons(many: int, fornavn: str = "Ane") -> list[Item]:
    """Persons, some with a number they had before."""
    return [
        _item(f"p{n}", json.dumps({"id": f"p{n}", "cpr": f"{9_300_000_000 + n}", "fornavn": fornavn, "efternavn": "Å",
                                  "tidligere": [f"{9_400_000_000 + n}"] if n % 50 == 0 else []}).encode())
        for n in range(many)
    ]  # fmt: skip


STORE_TABLES = ("landed", "quarantine", "identitet", "objekt", "sag", "sagspart", "fremdrift", "navn", "worklist")


def test_every_statement_of_loading_goes_by_index(hub: Hub, explaining: Connection) -> None:
    """With a store of some size and a small change, no statement reads a table of the store from end to end."""
    quiet = hub.connection
    Lander(quiet, "sag", sager(), Counts()).land(Chunk(cases(10_000)))
    Lander(quiet, "reg", personer(), Counts()).land(Chunk(persons(10_000)))
    changed = [*cases(100, "Ny"), _item("bad", b"{}"), *cases(300)[200:]]
    lander = Lander(explaining, "sag", sager(), Counts())
    lander.land(Chunk(changed, "c"))
    Lander(explaining, "reg", personer(), Counts()).land(Chunk(persons(100, "Anna")))
    Deletions(explaining, _source(hub), sager(), Counts()).of_keys([f"s{n}" for n in range(200)], {"s0"}, None)
    assert len(Explaining.plans) > 20
    for statement, plan in Explaining.plans:
        for table in STORE_TABLES:
            assert f"Seq Scan on {table} " not in plan, f"{statement}\n{plan}"


def test_bodies_that_leave_are_found_by_their_age(hub: Hub, explaining: Connection, store: dict[str, str]) -> None:
    """Every run of every source looks for them, and most find none."""
    Lander(hub.connection, "sag", sager(), Counts()).land(Chunk(cases(10_000)))
    with psycopg.connect(store["owner"].replace("+psycopg", ""), autocommit=True) as owner:
        owner.execute("analyze landed")
    let_go(explaining, "sag", 3)
    (plan,) = (plan for statement, plan in Explaining.plans if statement.startswith("update landed"))
    assert "using landed_body on landed" in plan, plan


def test_what_stands_is_read_from_indexes_alone(hub: Hub, explaining: Connection, store: dict[str, str]) -> None:
    """Before each whole read of a stream: its digests, and none of the bodies that they stand beside."""
    Lander(hub.connection, "sag", sager(), Counts()).land(Chunk(cases(2_000, "Sag " * 80)))
    with psycopg.connect(store["owner"].replace("+psycopg", ""), autocommit=True) as owner:
        owner.execute("vacuum (analyze) landed")
    assert len(list(Standing(explaining, ("sag", "sager"), sent_digester(sager().version)).left())) == 2_000
    ((_, plan),) = Explaining.plans
    assert "Index Only Scan using landed_pkey on landed" in plan and "landed_unknown on landed" in plan, plan
    assert "Seq Scan" not in plan, plan


@pytest.mark.parametrize("table", ["sag", "sagspart", "fremdrift"])
def test_a_store_that_the_planner_thinks_empty_is_looked_up_by_key(
    hub: Hub, explaining: Connection, store: dict[str, str], table: str
) -> None:
    """Nobody has analysed the tables yet while the first load fills them."""
    with psycopg.connect(store["owner"].replace("+psycopg", ""), autocommit=True) as owner:
        for name in ("sag", "sagspart", "fremdrift"):
            owner.execute(f"alter table {name} set (autovacuum_enabled = off)")
        owner.execute(f"analyze {table}")
    Lander(hub.connection, "sag", sager(), Counts()).land(Chunk(cases(3_000)))
    Explaining.plans = []
    Lander(explaining, "sag", sager(), Counts()).land(Chunk(cases(3_000, "Ny")))
    scans = [
        (plan.splitlines()[n + 1], statement)
        for statement, plan in Explaining.plans
        if statement.startswith(("update", "insert"))
        for n, line in enumerate(plan.splitlines())
        if f"using {table}_aktuel on {table}" in line
    ]
    assert len(scans) >= 2
    for condition, statement in scans:
        assert "Index Cond" in condition and re.search(r"\bkey\b[^=]* = ", condition), f"{statement}\n{condition}"


def test_numbers_are_looked_up_by_number_while_the_planner_thinks_that_there_are_none(
    hub: Hub, explaining: Connection, store: dict[str, str]
) -> None:
    """Else each of them is compared with every number of the chunk, on the very first load."""
    with psycopg.connect(store["owner"].replace("+psycopg", ""), autocommit=True) as owner:
        owner.execute("alter table identitet set (autovacuum_enabled = off)")
        owner.execute("analyze identitet")
    Lander(explaining, "sag", sager(), Counts()).land(Chunk(cases(3_000)))
    scans = [plan for statement, plan in Explaining.plans if statement.startswith("select") and " on identitet" in plan]
    assert len(scans) >= 1
    for plan in scans:
        assert re.search(r"on identitet.*\n +Index Cond: .*nummer\)::text = asked\.nummer", plan), plan


def test_statements_do_not_grow_with_records(hub: Hub, explaining: Connection) -> None:
    """No statement a record."""
    counted = []
    for many in (10, 1000):
        lander = Lander(explaining, f"sag{many}", sager(), Counts())
        begin = Explaining.statements
        lander.land(Chunk(cases(many)))
        counted.append(Explaining.statements - begin)
    assert counted[1] - counted[0] <= 2


def test_no_table_object_is_made_on_the_way(hub: Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    """table=True instances cost 60-70 microseconds each."""

    def refuse(self: object, **values: object) -> None:
        raise AssertionError("a table=True instance on the load path")

    for kind in Fact.__subclasses__():
        monkeypatch.setattr(kind, "__init__", refuse)
    counts = Counts()
    Lander(hub.connection, "sag", sager(), counts).land(Chunk(cases(10)))
    assert counts.new == 10


def test_cpu_of_loading_and_of_an_unchanged_night(hub: Hub) -> None:
    """Our own part of the work, in processor time; the figures of record are in benchmarks/."""
    items = [one for _ in range(2) for one in cases(10_000)]
    lander = Lander(hub.connection, "sag", sager(Shape.LISTED), Counts())
    spent = []
    for _ in range(2):
        begin = time.process_time()
        lander.land(Chunk(items))
        spent.append(time.process_time() - begin)
    first, again = (10_000 / seconds for seconds in spent)
    assert first > 3_000 and again > 20_000


def _source(hub: Hub) -> Any:
    from helhed.settings import Source

    return Source.model_validate(
        {"id": "sag", "connector": "x", "navn": "x", "myndighed": "11111111", "systemejer": "x", "kontakt": "x",
         "leverandoer": "x", "formaal": "x", "hjemmel": "x", "kle": ["27"], "foelsomhed": 1, "opbevaring_maaneder": 1,
         "delete_share": 1.0}
    )  # fmt: skip
