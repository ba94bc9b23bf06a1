"""What may go wrong without harm: malformed records, a source that collapses, a crash, a mended translation."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from connectors.contract import Shape
from sync import quarantine
from sync.approvals import approve, waiting
from sync.database import connect
from sync.guard import allowed
from sync.night import sync_source
from sync.runs import BusyError, alone
from sync.sealing import seal, unseal
from tests.sync.conftest import Hub
from tests.sync.test_night import A, case, fill
from tests.sync.vendor import Vendor, personer, sager


def test_malformed_records_are_parked_without_their_values_and_overwrite_nothing(hub: Hub, vendor: Vendor) -> None:
    """Everything else lands; the former facts stay; the mended record clears by itself."""
    fill(vendor, 10)
    hub.source("sag", vendor, sager())
    sync_source("sag")
    del vendor.sager["s3"]["titel"]
    vendor.sager["s4"] |= {"titel": "boom", "cpr": A}
    vendor.sager["s77"] = {"id": "s77", "rev": ""}
    vendor.sager["s5"] |= {"titel": "Ny"}
    counts = sync_source("sag").streams["sager"]
    assert (counts.quarantined, counts.changed, counts.new, counts.gone, counts.read) == (3, 1, 0, 0, 11)
    assert hub.rows("select key, field, reason from quarantine order by key") == [
        ("s3", "titel", "is missing"), ("s4", "translation", "KeyError"), ("s77", "titel", "is missing"),
    ]  # fmt: skip
    assert hub.rows("select titel from sag where key = 's3' and kendt_til is null") == [("Sag 3",)]
    assert sync_source("sag").streams["sager"].quarantined == 3, "a quarantined key is never skipped"
    vendor.sager["s3"]["titel"] = "Mendet"
    del vendor.sager["s77"]
    counts = sync_source("sag").streams["sager"]
    assert (counts.quarantined, counts.changed) == (1, 1)
    assert [row.key for row in quarantine.rows()] == ["s4"]


def test_a_mended_translation_clears_the_quarantine_without_the_vendor(hub: Hub, vendor: Vendor) -> None:
    """By replay, and by the next run."""
    vendor.sager = {"s1": {"id": "s1", "rev": ""}, "s2": {"id": "s2", "rev": ""}}
    hub.source("sag", vendor, sager(Shape.CHANGED))
    sync_source("sag")
    assert len(quarantine.rows("sag")) == 2

    def mended(record: dict[str, Any]) -> Any:
        from canonical_model.draft import Lokal
        from canonical_model.drafts import SagDraft

        return [SagDraft(objekt=Lokal("sag", record["id"]), titel="Uden titel")]

    hub.source("sag", vendor, sager(Shape.CHANGED, translate=mended))
    vendor.close()
    assert quarantine.replay() == {"sag/sager": {"cleared": 2, "left": 0}}
    assert hub.one("select count(*) from sag where kendt_til is null") == 2
    assert quarantine.rows() == []


def test_a_new_version_of_the_translation_reaches_what_is_landed(hub: Hub, vendor: Vendor) -> None:
    """Also records that the vendor does not send again."""
    fill(vendor, 6)
    hub.source("sag", vendor, sager(Shape.CHANGED))
    sync_source("sag")

    def other(record: dict[str, Any]) -> Any:
        from canonical_model.draft import Lokal
        from canonical_model.drafts import SagDraft

        return [SagDraft(objekt=Lokal("sag", record["id"]), titel=record["titel"].upper())]

    hub.source("sag", vendor, sager(Shape.CHANGED, translate=other, version=2))
    vendor.status["/sager"] = 503
    sync_source("sag")
    assert hub.one("select count(*) from sag where kendt_til is null and titel like 'SAG %%'") == 6
    assert hub.one("select count(*) from sagspart where kendt_til is null") == 0


def test_a_new_version_reads_the_whole_when_bodies_have_been_let_go(hub: Hub, vendor: Vendor) -> None:
    """Once, and again while it fails; afterwards only what changed is asked for."""
    fill(vendor, 30)
    hub.source("sag", vendor, sager(Shape.CHANGED), more="landed_days = 3\n")
    hub.at("2026-11-21T01:00:00+01:00")
    sync_source("sag")
    hub.at("2026-11-30T01:00:00+01:00")
    sync_source("sag")
    assert hub.one("select count(body) from landed") < 30

    def other(record: dict[str, Any]) -> Any:
        from canonical_model.draft import Lokal
        from canonical_model.drafts import SagDraft

        return [SagDraft(objekt=Lokal("sag", record["id"]), titel=record["titel"].upper())]

    hub.source("sag", vendor, sager(Shape.CHANGED, translate=other, version=2), more="landed_days = 3\n")
    vendor.status["/sager"] = 503
    hub.at("2026-12-01T01:00:00+01:00")
    assert sync_source("sag").state == "failed"
    vendor.status.clear()
    assert sync_source("sag").streams["sager"].read == 30
    assert hub.one("select count(*) from sag where kendt_til is null and titel like 'SAG %%'") == 30
    hub.at("2026-12-09T01:00:00+01:00")
    assert sync_source("sag").streams["sager"].read < 30
    assert sync_source("sag").streams["sager"].read < 30


def test_a_parked_version_is_not_overwritten_by_an_older_one(hub: Hub, vendor: Vendor) -> None:
    """A new translation reaches the records that are landed, but not one whose newer version is parked."""
    vendor.sager = {"s1": {"id": "s1", "rev": "", "titel": "Før"}, "s2": {"id": "s2", "rev": "", "titel": "To"}}
    hub.source("sag", vendor, sager(Shape.CHANGED))
    sync_source("sag")
    vendor.sager["s1"] = {"id": "s1", "rev": "", "titel": "boom"}
    sync_source("sag")
    [parked] = quarantine.rows()

    def stricter(record: dict[str, Any]) -> Any:
        from canonical_model.draft import Lokal
        from canonical_model.drafts import SagDraft

        if record["titel"] == "boom":
            raise KeyError
        return [SagDraft(objekt=Lokal("sag", record["id"]), titel=record["titel"].upper())]

    hub.source("sag", vendor, sager(Shape.CHANGED, translate=stricter, version=2))
    vendor.status["/sager"] = 503
    sync_source("sag")
    assert quarantine.rows() == [parked], "what waits to be mended is the newer version"
    assert hub.rows("select key, titel from sag where kendt_til is null order by key") == [("s1", "Før"), ("s2", "TO")]


def test_volatile_fields_are_no_change(hub: Hub, vendor: Vendor) -> None:
    """A field that changes with every reply writes nothing."""
    fill(vendor, 3)
    hub.source("sag", vendor, sager(volatile=frozenset({"hentet"})))
    sync_source("sag")
    for record in vendor.sager.values():
        record["hentet"] = "nu"
    assert sync_source("sag").streams["sager"].unchanged == 3


@pytest.mark.parametrize(
    ("of", "share", "shape", "most"),
    [(1000, 0.05, Shape.LISTED, 50), (10, 0.05, Shape.LISTED, 1), (1, 0.05, Shape.LISTED, 0),
     (2, 1.0, Shape.CHANGED, 1), (1, 0.05, Shape.KEYED, 1), (0, 0.05, Shape.LISTED, 0)],
)  # fmt: skip
def test_how_much_may_leave(of: int, share: float, shape: Shape, most: int) -> None:
    """The share, one at least, and never all of a set."""
    assert allowed(of, share, None, shape) == most
    assert allowed(of, share, 0, shape) == allowed(of, 0, None, shape) == 0


@pytest.mark.parametrize("shape", [Shape.LISTED, Shape.CHANGED])
def test_a_source_that_collapses_deletes_nothing_and_says_so(hub: Hub, vendor: Vendor, shape: Shape) -> None:
    """Empty but well: held, shown, and let go only up to the number approved."""
    fill(vendor, 40)
    hub.source("sag", vendor, sager(shape))
    hub.at("2026-11-20T01:00:00+01:00")
    sync_source("sag")
    before = dict(vendor.sager)
    vendor.sager = {}
    hub.at("2026-11-21T01:00:00+01:00")
    result = sync_source("sag")
    counts = result.streams["sager"]
    assert (result.state, counts.state, counts.gone, counts.held) == ("partial", "held", 0, 40)
    assert "helhed deletions approve sag sager" in str(counts.error)
    assert hub.one("select count(*) from sag where kendt_til is null") == 40
    assert hub.one("select complete_as_of from stream_state").isoformat().startswith("2026-11-20"), "not complete since"
    assert [(row["source"], row["stream"], row["held"]) for row in waiting()] == [("sag", "sager", 40)]
    vendor.sager = {key: before[key] for key in list(before)[:10]}
    assert approve("sag", "sager", 29, "Grethe Holm").streams["sager"].gone == 0
    assert approve("sag", "sager", 30, "Grethe Holm").streams["sager"].gone == 30
    assert waiting() == []
    assert hub.one("select count(*) from sagspart where kendt_til is null") == 10
    vendor.sager = before
    sync_source("sag", full=True)
    assert hub.one("select count(*) from sag where kendt_til is null") == 40


def test_a_backfill_deletes_nothing_and_keeps_the_cursor(hub: Hub, vendor: Vendor) -> None:
    """--since asks for a part only."""
    fill(vendor, 20)
    hub.source("sag", vendor, sager(Shape.CHANGED))
    sync_source("sag")
    cursor = hub.one("select cursor from stream_state")
    since = hub.at("2026-11-15T01:00:00+01:00")
    result = sync_source("sag", since=since)
    assert 0 < result.streams["sager"].read < 20 and result.streams["sager"].gone == 0
    assert hub.one("select cursor from stream_state") == cursor


def test_one_run_of_a_source_at_a_time(hub: Hub, vendor: Vendor) -> None:
    """The second is told so."""
    hub.source("sag", vendor, sager())
    with connect() as other, alone(other, "sag"), pytest.raises(BusyError, match="under way"):
        sync_source("sag")
    sync_source("sag")


def test_bodies_are_sealed_and_leave_after_landed_days(hub: Hub, vendor: Vendor) -> None:
    """Nothing of a record can be read in the store without the key."""
    fill(vendor, 3)
    hub.source("sag", vendor, sager(), more="landed_days = 3\n")
    hub.at("2026-11-01T01:00:00+01:00")
    sync_source("sag")
    body = bytes(hub.one("select body from landed where key = 's1'"))
    assert A.encode() not in body and json.loads(unseal(body))["cpr"] == A
    assert seal(b"x") != seal(b"x")
    hub.at("2026-11-05T01:00:00+01:00")
    counts = sync_source("sag").streams["sager"]
    assert hub.one("select count(body) from landed") == 0 and counts.unchanged == 3
    assert sync_source("sag").streams["sager"].unchanged == 3


SCRIPT = """
import json, sys
from connectors import registry
from connectors.contract import Shape
from sync import land, night, keyed
from tests.sync.vendor import connector, sager, personer
land.CHUNK = keyed.KEYS_A_CHUNK = 50
from sync import pull, sift
pull.CHUNK = sift.CHUNK = sift.MOST_READ = 50
made = connector(sager(Shape[sys.argv[1]])) if sys.argv[1] != "KEYED" else connector(personer())
registry.load = lambda name: made
def tell(source, stream, counts):
    print(counts.read, flush=True)
night.sync_source(sys.argv[2], progress=tell)
"""


@pytest.mark.parametrize("shape", ["LISTED", "CHANGED"])
def test_a_crash_between_chunks_loses_and_doubles_nothing(hub: Hub, vendor: Vendor, shape: str) -> None:
    """Kill -9 after some chunks, several times, then a rerun: the facts are those of an undisturbed run."""
    fill(vendor, 400)
    hub.source("sag", vendor, sager(Shape[shape]), page_size=20)
    hub.source("calm", vendor, sager(Shape[shape]), page_size=20)
    root = Path(__file__).parents[2]
    for after in (1, 3, 5):
        with subprocess.Popen(
            [sys.executable, "-c", SCRIPT, shape, "sag"], cwd=root, env=os.environ | {"PYTHONPATH": str(root)},
            stdout=subprocess.PIPE, start_new_session=True,
        ) as process:  # fmt: skip
            assert process.stdout is not None
            for _ in range(after):
                assert process.stdout.readline(), "the run ended before it was killed"
            os.killpg(process.pid, signal.SIGKILL)
    assert hub.rows("select distinct state from run where source = 'sag' and ended is null") == [("running",)]
    assert sync_source("sag").state == "succeeded"
    sync_source("calm")
    same = "select key, titel from sag where source = %s and kendt_til is null order by key"
    assert hub.rows(same, ("sag",)) == hub.rows(same, ("calm",)) and len(hub.rows(same, ("sag",))) == 400
    assert hub.one("select count(*) from sag where source = 'sag'") == 400
    states = hub.rows("select state, count(*) from run where source = 'sag' group by state order by state")
    assert states == [("failed", 3), ("succeeded", 1)]


def test_a_crash_while_persons_are_asked_loses_and_doubles_nothing(hub: Hub, vendor: Vendor) -> None:
    """The same for keyed streams."""
    for number in range(200):
        cpr = f"{9_200_000_000 + number}"
        vendor.sager[f"s{number}"] = case(number, cpr=cpr)
        vendor.personer[cpr] = [{"id": "1", "cpr": cpr, "fornavn": "Ane", "efternavn": str(number)}]
    hub.source("sag", vendor, sager())
    hub.source("reg", vendor, personer())
    sync_source("sag")
    root = Path(__file__).parents[2]
    with subprocess.Popen(
        [sys.executable, "-c", SCRIPT, "KEYED", "reg"], cwd=root, env=os.environ | {"PYTHONPATH": str(root)},
        stdout=subprocess.PIPE, start_new_session=True,
    ) as process:  # fmt: skip
        assert process.stdout is not None and process.stdout.readline()
        os.killpg(process.pid, signal.SIGKILL)
    assert 0 < hub.one("select count(*) from asked") < 200
    assert sync_source("reg").state == "succeeded"
    assert hub.one("select count(*) from navn") == hub.one("select count(*) from asked") == 200
