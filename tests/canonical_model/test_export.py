"""Two databases that say the same hash the same, whatever ids they gave; and not when they say something else."""

import json
import time
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import psycopg
import pytest
from typer.testing import CliRunner

from canonical_model import export
from canonical_model.store import connect
from helhed.commands import export_model

DAY = datetime(2026, 11, 20, tzinfo=UTC)
OLD, NEW = "0505705555", "0101705551"
SAG = UUID("5b7ae0a1-0c3f-4f5e-9a5e-0d2f3a7a9d11")
FACTS = "objekt, source, stream, key, fact, digest, kendt_fra, kendt_til"


def _number(db: "psycopg.Connection[tuple[object, ...]]", nummer: str, objekt: UUID, gone: bool = False) -> None:
    db.execute(
        "insert into identitet (art, nummer, objekt, kendt_fra, kendt_til) values ('cpr', %s, %s, %s, %s)",
        (nummer, objekt, DAY, DAY if gone else None),
    )


def _fill(hub_time: datetime, turned: bool = False, title: str = "Boligsag") -> None:
    """One citizen with a replaced number, a case in the index, and a note kept under the citizen."""
    loser, person, enhed = uuid4(), uuid4(), uuid4()
    with connect("sync") as db:
        _number(db, OLD, loser, gone=True)
        _number(db, OLD, person)
        _number(db, NEW, person)
        db.execute("insert into objekt (source, art, key, objekt) values ('nexus', 'enhed', '17', %s)", (enhed,))
        facts: list[tuple[str, str, tuple[object, ...]]] = [
            ("sag", ", titel", (SAG, "sdi", "sager", str(SAG), "", b"1", hub_time, None, title)),
            ("sag", ", titel", (SAG, "sdi", "sager", str(SAG), "", b"0", hub_time, hub_time, "Gammel titel")),
            ("sagspart", ", rolle, part", (SAG, "sdi", "sager", "s", "a", b"2", hub_time, None, "primaer_part", loser)),
            ("navn", ", fornavn", (person, "nexus", "p", f"{person}/7", f"{enhed}|", b"3", hub_time, None, "Åse")),
            ("organisationenhed", ", navn", (enhed, "nexus", "e", "17", "", b"4", hub_time, None, "Hjemmeplejen")),
        ]
        for table, more, values in reversed(facts) if turned else facts:
            marks = ", ".join(["%s"] * len(values))
            db.execute(f"insert into {table} ({FACTS}{more}) values ({marks})", values)


def _again() -> None:
    with connect("sync") as connection:
        for table in ("identitet", "objekt", "sag", "sagspart", "navn", "organisationenhed"):
            connection.execute(f"delete from {table}")


@pytest.mark.parametrize("current", [False, True])
def test_other_ids_other_times_and_another_order_hash_the_same(store: dict[str, str], current: bool) -> None:
    _fill(DAY)
    first = export.digest(current)
    _again()
    _fill(DAY + timedelta(days=3), turned=True)
    assert export.digest(current) == first
    assert first.rows == (6 if current else 9)


@pytest.mark.parametrize("current", [False, True])
def test_one_other_letter_hashes_otherwise_and_names_its_table(store: dict[str, str], current: bool) -> None:
    _fill(DAY)
    first = export.digest(current)
    _again()
    _fill(DAY, title="Boligsag.")
    other = export.digest(current)
    assert other.sha256 != first.sha256
    assert {name for name in first.tables if first.tables[name] != other.tables[name]} == {"sag"}


def test_no_random_id_is_left_and_a_person_is_its_smallest_number(store: dict[str, str]) -> None:
    _fill(DAY)
    with connect("sync") as db:
        given = {str(row[0]) for row in db.execute("select objekt from identitet union select objekt from objekt")}
    told = [(table, line) for table, line in export.lines()]
    assert not [line for _, line in told if any(objekt in line for objekt in given)]
    facts = {table: json.loads(line) for table, line in told}
    assert facts["sagspart"]["part"] == f"cpr:{NEW}", "the closed row's person is the same person"
    assert facts["navn"] == {
        "objekt": f"cpr:{NEW}", "source": "nexus", "stream": "p", "key": f"cpr:{NEW}/7", "fact": "nexus/enhed/17|",
        "fornavn": "Åse", "lukket": False,
    }  # fmt: skip
    assert facts["sagspart"]["objekt"] == str(SAG), "ids of the standard stay"


def test_current_leaves_out_what_is_no_longer_known(store: dict[str, str]) -> None:
    _fill(DAY)
    assert "Gammel titel" in "".join(line for _, line in export.lines())
    assert "Gammel titel" not in "".join(line for _, line in export.lines(current=True))


@pytest.mark.full
def test_a_hundred_thousand_rows_take_seconds(store: dict[str, str]) -> None:
    with connect("sync") as db:
        db.execute(
            "insert into identitet (art, nummer, objekt, kendt_fra) select 'cpr', n::text, gen_random_uuid(), now()"
            " from generate_series(1, 20000) n"
        )
        db.execute(
            "insert into navn (objekt, source, stream, key, fact, digest, kendt_fra, fornavn)"
            " select objekt, 'cpr', 'p', objekt || '/' || n, n::text, '', now(), 'A' || n"
            " from identitet, generate_series(1, 5) n"
        )
    before = time.perf_counter()
    assert export.digest().rows == 120_000
    assert time.perf_counter() - before < 60


def test_the_command_prints_the_hash_or_the_lines(store: dict[str, str]) -> None:
    _fill(DAY)
    run = CliRunner()
    assert run.invoke(export_model.app, ["--digest"]).stdout.strip() == export.digest().sha256
    told = json.loads(run.invoke(export_model.app, ["--digest", "--current", "--json"]).stdout)
    assert told["sha256"] == export.digest(current=True).sha256
    lines = run.invoke(export_model.app, []).stdout.splitlines()
    assert [json.loads(line)["table"] for line in lines] == [table for table, _ in export.lines()]
