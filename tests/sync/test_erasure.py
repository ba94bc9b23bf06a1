"""Physical erasure: on the source's deadline, from every place, with a receipt, and never more than is due."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from threading import Thread

import pytest
from tenacity import Retrying, retry_if_result, stop_after_delay, wait_fixed
from typer.testing import CliRunner

from canonical_model.tables import FACT_TABLES
from connectors.contract import Record
from helhed.commands import retention
from sync import forgetting
from sync.chunk import Chunk, Item
from sync.consolidate import consolidate
from sync.database import connect, one_value
from sync.erasure import erase
from sync.land import Lander
from sync.night import sync_source
from sync.refreshed import Refreshed
from sync.runs import Counts, alone
from sync.sealing import seal
from tests.sync.conftest import Hub
from tests.sync.test_night import A, B, case
from tests.sync.vendor import Vendor, personer, sager

NIGHT = "2026-{}T01:00:00+01:00"


def town(hub: Hub, vendor: Vendor, more: str = "") -> None:
    """Forty cases of B, one of A alone; and what the register says of both."""
    for number in range(40):
        vendor.sager[f"s{number}"] = case(number, cpr=B, navn="Bo")
    vendor.sager["s99"] = case(99, cpr=A, navn="Ane Aa")
    for cpr, navn in ((A, "Ane"), (B, "Bo")):
        vendor.personer[cpr] = [{"id": "1", "cpr": cpr, "fornavn": navn, "efternavn": "Aa", "vej": "Algade"}]
    hub.source("sag", vendor, sager(), more=more)
    hub.source("reg", vendor, personer(), more=more)
    for night in ("11-01", "11-02"):
        hub.at(NIGHT.format(night))
        sync_source("sag")
        sync_source("reg")
    consolidate()


def everywhere(hub: Hub, person: object) -> dict[str, int]:
    """Where a person or a case still stands."""
    found = {
        table: hub.one(f"select count(*) from {table} where objekt = %(p)s or key = 's99'", {"p": person})
        for table in FACT_TABLES
    }
    found |= {
        "sagspart.part": hub.one("select count(*) from sagspart where part = %s", (person,)),
        "landed": hub.one("select count(*) from landed where key = 's99' or owner = %s", (person,)),
        "identitet": hub.one("select count(*) from identitet where objekt = %s or nummer = %s", (person, A)),
        "objekt": hub.one("select count(*) from objekt where key = 's99'"),
        "personopslag": hub.one("select count(*) from personopslag where person = %s", (person,)),
        "asked": hub.one("select count(*) from asked where objekt = %s", (person,)),
        "worklist": hub.one("select count(*) from worklist where key = %s", (str(person),)),
        "gone": hub.one("select count(*) from gone where key = 's99' or key like %s", (f"{person}/%",)),
    }
    return {place: rows for place, rows in found.items() if rows}


def counted(hub: Hub) -> tuple[int, ...]:
    """Rows of cases, names and numbers, closed ones too."""
    return tuple(hub.one(f"select count(*) from {table}") for table in ("sag", "navn", "identitet"))


def test_what_a_source_deleted_leaves_every_place_on_its_deadline(hub: Hub, vendor: Vendor) -> None:
    """Closed at once, shown as known on the day before until the deadline, gone everywhere after it."""
    town(hub, vendor, more="erase_after_days = 7\n")
    person = hub.one("select objekt from identitet where nummer = %s", (A,))
    others = counted(hub)
    del vendor.sager["s99"]
    hub.at(NIGHT.format("11-03"))
    sync_source("sag")
    erase()
    sync_source("reg")
    consolidate()
    hub.at(NIGHT.format("11-09"))
    assert not [row for row in erase().as_rows() if row["place"] in FACT_TABLES], "not before its day"
    names = hub.rows("select fornavn from navn where objekt = %s", (person,))
    assert (hub.rows("select titel from sag where key = 's99'"), names) == ([("Sag 99",)], [("Ane",)])
    hub.at(NIGHT.format("11-11"))
    before = erase(dry_run=True).as_rows()
    assert everywhere(hub, person)["identitet"] == 1
    told = json.loads(CliRunner().invoke(retention.app, ["run", "--json"]).stdout)
    assert told["erased"] == before and told["left"] == []
    assert everywhere(hub, person) == {}
    receipt = {(r["source"], r["place"], r["reason"]): r["erased"] for r in told["erased"]}
    assert receipt["sag", "sag", "gone"] == receipt["reg", "navn", "gone"] == receipt["", "identitet", "unknown"] == 1
    written = hub.rows("select place, reason, erased from erasure where started = (select max(started) from erasure)")
    assert {(p, r): n for p, r, n in written} == {(p, r): n for (_, p, r), n in receipt.items()}
    assert counted(hub) == tuple(rows - 1 for rows in others), "nobody else lost anything"
    assert erase().as_rows() == []
    assert A not in json.dumps(told) and str(person) not in json.dumps(told)
    assert "Nothing is due." in CliRunner().invoke(retention.app, ["run"]).output
    vendor.sager["s99"] = case(99, cpr=A, navn="Ane Aa")
    sync_source("sag")
    assert sync_source("reg").streams["personer"].new == 1, "named again, asked again"


def test_a_record_that_came_back_keeps_its_history(hub: Hub, vendor: Vendor) -> None:
    """Deleted by mistake and sent again before the deadline: nothing is erased, not even what it said before."""
    town(hub, vendor)
    held = vendor.sager.pop("s99")
    hub.at(NIGHT.format("11-03"))
    sync_source("sag")
    vendor.sager["s99"] = held
    hub.at(NIGHT.format("11-04"))
    sync_source("sag")
    hub.at(NIGHT.format("12-24"))
    assert not [row for row in erase().as_rows() if row["reason"] == "gone"]
    assert hub.one("select count(*) from sag where key = 's99'") == 2
    assert hub.one("select count(*) from gone where key = 's99'") == 0


def test_a_replaced_version_is_kept_as_long_as_the_source_allows(hub: Hub, vendor: Vendor) -> None:
    """opbevaring_maaneder (60) after it was replaced; the version in force stays however old it is."""
    town(hub, vendor)
    vendor.sager["s99"]["titel"] = "Ny"
    hub.at(NIGHT.format("11-03"))
    sync_source("sag")
    hub.at("2031-11-02T01:00:00+01:00")
    erase()
    assert hub.rows("select titel from sag where key = 's99' order by id") == [("Sag 99",), ("Ny",)]
    hub.at("2031-11-04T01:00:00+01:00")
    assert {(r["place"], r["erased"]) for r in erase().as_rows() if r["reason"] == "replaced"} == {("sag", 1)}
    assert hub.rows("select titel from sag where key = 's99'") == [("Ny",)]


def test_what_came_in_by_the_doors_has_its_own_age(hub: Hub, vendor: Vendor) -> None:
    """Bodies after landed_days, the quarantine after quarantine_days, messages after theirs: handled and not."""
    town(hub, vendor, more="landed_days = 3\nquarantine_days = 50\n")
    del vendor.sager["s99"]["titel"]
    hub.at(NIGHT.format("11-03"))
    sync_source("sag")
    for besked, parked in (("m1", None), ("m2", "no Haendelsesbesked")):
        hub.connection.execute(
            "insert into inbox (besked_id, received, body, parked) values (%s, '2026-11-03', %s, %s)",
            (besked, seal(b"x"), parked),
        )
    hub.at(NIGHT.format("12-12"))
    assert {(r["place"], r["erased"]) for r in erase().as_rows()} == {("landed", 41), ("landed", 2), ("inbox", 1)}
    hub.at("2027-02-12T01:00:00+01:00")
    assert {(r["place"], r["erased"]) for r in erase().as_rows()} == {("quarantine", 1), ("inbox", 1)}
    assert hub.one("select count(body) from landed") == hub.one("select count(*) from inbox") == 0


def test_numbers_stay_while_a_run_may_be_about_to_use_them(
    hub: Hub, vendor: Vendor, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An identity is given before its facts are written: erasure waits for the runs, and says so."""
    monkeypatch.setattr(forgetting, "PATIENCE", 0.2)
    town(hub, vendor)
    hub.connection.execute(
        "insert into identitet (art, nummer, objekt, kendt_fra) values ('cpr', '0000000000', gen_random_uuid(), now())"
    )
    with connect() as other, alone(other, "sag"):
        assert "Runs are under way" in erase().left[0]
    assert hub.one("select count(*) from identitet where nummer = '0000000000'") == 1
    assert {(r["place"], r["erased"]) for r in erase().as_rows()} == {("identitet", 1)}


SCRIPT = """
import sync.erasure as e
e.CHUNK = 3
write_down = e.Erasing.write_down
def tell(*said):
    write_down(*said)
    print("chunk", flush=True)
e.Erasing.write_down = tell
e.erase()
"""


def test_who_is_forgotten_while_a_refresh_is_under_way_is_whole_afterwards(hub: Hub, vendor: Vendor) -> None:
    """What the refresh found goes in after the person's records have been closed, not beside it."""
    town(hub, vendor)
    (key, person), = hub.rows("select key, owner from landed where source = 'reg' and owner = (select objekt from"
                              " identitet where nummer = %s and kendt_til is null)", (A,))  # fmt: skip
    del vendor.sager["s99"]
    hub.at(NIGHT.format("11-03"))
    sync_source("sag")
    body = json.dumps(vendor.personer[A][0] | {"fornavn": "Anna"}).encode()
    waiting = "select count(*) from pg_locks where locktype = 'advisory' and not granted"
    with connect() as beside:
        with Refreshed(beside, "reg", personer()).reading([str(person)]):
            erasing = Thread(target=erase)
            erasing.start()
            waits = retry_if_result(lambda many: many != 1)
            Retrying(retry=waits, wait=wait_fixed(0.02), stop=stop_after_delay(30))(one_value, beside, waiting)
            found = [Item(key, Record("1", body), person)]
            Lander(beside, "reg", personer(), Counts()).land(Chunk(found))
        erasing.join()
    names = "select count(*) from {} where key = %s{}"
    landed = hub.one(names.format("landed", ""), (key,))
    for table in ("navn", "adresse"):
        assert hub.one(names.format(table, " and kendt_til is null"), (key,)) == landed


def test_a_crash_while_erasing_is_finished_by_the_next_run(hub: Hub, vendor: Vendor) -> None:
    """Kill -9 after some chunks: the receipts of all runs together are what is gone, once each."""
    town(hub, vendor, more="delete_share = 1.0\n")
    for number in range(39):
        del vendor.sager[f"s{number}"]
    hub.at(NIGHT.format("11-03"))
    sync_source("sag")
    root = Path(__file__).parents[2]
    for night, after in (("12-10", 4), ("12-11", 9)):
        hub.at(NIGHT.format(night))
        with subprocess.Popen(
            [sys.executable, "-c", SCRIPT], cwd=root, env=os.environ | {"PYTHONPATH": str(root)},
            stdout=subprocess.PIPE, start_new_session=True,
        ) as process:  # fmt: skip
            assert process.stdout is not None
            for _ in range(after):
                assert process.stdout.readline(), "it ended before it was killed"
            os.killpg(process.pid, signal.SIGKILL)
    left = hub.one("select count(*) from sag")
    assert 2 < left < 41
    hub.at(NIGHT.format("12-12"))
    erase()
    assert hub.one("select count(*) from sag") == 2 and hub.one("select count(*) from gone") == 0
    assert hub.rows("select sum(erased)::int from erasure where place = 'sag'") == [(39,)]
    assert hub.one("select count(*) from objekt where art = 'sag'") == 2
