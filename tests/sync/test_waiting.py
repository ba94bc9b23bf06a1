"""Deletions that wait for a person: never forgotten, never let go by themselves, and an approval is a ceiling."""

import random
import threading
from uuid import UUID

import pytest

from connectors.contract import Shape
from helhed.settings import SettingsError
from sync.approvals import approve, waiting
from sync.night import sync_source
from sync.runs import BusyError
from tests.sync.conftest import Hub
from tests.sync.test_night import case, fill
from tests.sync.vendor import Vendor, noter, personer, sager

WHO = "Grethe Holm"


def known(hub: Hub, table: str = "sag") -> int:
    """Rows that are known now."""
    found: int = hub.one(f"select count(*) from {table} where kendt_til is null")
    return found


@pytest.mark.parametrize("shape", [Shape.LISTED, Shape.CHANGED])
def test_an_approval_is_a_ceiling_however_the_number_moves(hub: Hub, vendor: Vendor, shape: Shape) -> None:
    """Random collapses, approvals at once from several sides, and a number that moves before they act."""
    chance = random.Random(11)
    hub.source("sag", vendor, sager(shape))
    for _ in range(6):
        fill(vendor, 60)
        sync_source("sag", full=True)
        gone = chance.sample(sorted(vendor.sager), chance.randint(20, 50))
        for key in gone:
            del vendor.sager[key]
        assert sync_source("sag").streams["sager"].held == len(gone)
        assert known(hub) == 60
        for key in chance.sample(sorted(vendor.sager), chance.randint(0, 2)):
            del vendor.sager[key]
            gone.append(key)
        limits = [len(gone) + chance.choice((-1, -1, 0, 1)) for _ in range(3)]

        def one(at_most: int) -> None:
            try:
                approve("sag", "sager", at_most, WHO)
            except (BusyError, SettingsError):
                pass

        threads = [threading.Thread(target=one, args=(limit,)) for limit in limits]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        acted = hub.rows("select at_most, deleted from deletion_approval where deleted > 0 order by id desc limit 1")
        if known(hub) == 60:
            assert waiting() and min(limits) < len(gone)
            assert sync_source("sag").streams["sager"].gone in (0, len(gone)), "one that came too late acts now"
        else:
            assert known(hub) == 60 - len(gone) and waiting() == []
            assert acted[0][1] == len(gone) <= acted[0][0]
        assert hub.rows("select * from deletion_approval where deleted > at_most") == []
    assert hub.rows("select distinct hvem from deletion_approval") == [(WHO,)]


def test_an_approval_is_used_once(hub: Hub, vendor: Vendor) -> None:
    """Neither a refused nor a used one lets a later collapse through."""
    fill(vendor, 40)
    hub.source("sag", vendor, sager())
    sync_source("sag")
    lost = {key: vendor.sager.pop(key) for key in list(vendor.sager)[:20]}
    sync_source("sag")
    vendor.status["/sager"] = 503
    assert approve("sag", "sager", 19, WHO).state == "failed"
    assert waiting()[0]["approved"] == 19, "it waits while the source cannot be read"
    vendor.status.clear()
    assert sync_source("sag").streams["sager"].gone == 0
    assert waiting()[0]["approved"] is None
    vendor.sager[next(iter(lost))] = lost[next(iter(lost))]
    assert sync_source("sag").streams["sager"].gone == 0, "nineteen are gone now, but the approval is used"
    assert approve("sag", "sager", 19, WHO).streams["sager"].gone == 19
    with pytest.raises(SettingsError, match="wait"):
        approve("sag", "sager", 99, WHO)


def test_a_source_that_mends_itself_needs_nobody(hub: Hub, vendor: Vendor) -> None:
    """The row goes; and an approval that was not used goes with it."""
    fill(vendor, 40)
    hub.source("sag", vendor, sager())
    sync_source("sag")
    held, vendor.sager = vendor.sager, {}
    assert sync_source("sag").state == "partial"
    row = waiting()[0]
    assert (row["held"], row["of"], row["ceiling"], row["systemejer"], row["kontakt"]) == (
        40, 40, 2, "Grethe Holm", "grethe@korsbaek.invalid",
    )  # fmt: skip
    assert row["kinds"] == {"sag": 40} and row["citizens"] == 2
    vendor.status["/sager"] = 503
    approve("sag", "sager", 40, WHO)
    vendor.status.clear()
    vendor.sager = held
    assert sync_source("sag").state == "succeeded"
    assert waiting() == [] and known(hub) == 40
    assert hub.rows("select at_most, deleted from deletion_approval where used is not null") == [(40, 0)]
    vendor.sager = {}
    sync_source("sag")
    assert known(hub) == 40


def test_what_waits_does_not_go_by_growing_thin(hub: Hub, vendor: Vendor) -> None:
    """Ten of a hundred wait; among three hundred ten are few, but they have waited for a person and still do."""
    fill(vendor, 100)
    hub.source("sag", vendor, sager())
    sync_source("sag")
    for number in range(10):
        del vendor.sager[f"s{number}"]
    sync_source("sag")
    for number in range(100, 300):
        vendor.sager[f"s{number}"] = case(number)
    counts = sync_source("sag").streams["sager"]
    assert (counts.state, counts.gone, counts.new) == ("held", 0, 200)
    assert "have waited" in str(counts.error)
    vendor.sager["s0"] = case(0)
    assert sync_source("sag").streams["sager"].gone == 9, "fewer, and few: an ordinary night"


@pytest.mark.parametrize(
    ("more", "gone"),
    [("[guard.sager]\nnumber = 3\n", 0), ("[guard.sager]\nshare = 0.1\n", 4), ("delete_number = 3\n", 0),
     ("delete_number = 3\n[guard.sager]\nnumber = 4\nshare = 0.5\n", 4), ("[guard.sager]\nnumber = 0\n", 0),
     ("delete_share = 0.0\n", 0)],
)  # fmt: skip
def test_each_stream_has_its_own_guard(hub: Hub, vendor: Vendor, more: str, gone: int) -> None:
    """Four of forty: by share or by number, of the stream or of the source."""
    fill(vendor, 40)
    hub.source("sag", vendor, sager(), more=more)
    sync_source("sag")
    for number in range(4):
        del vendor.sager[f"s{number}"]
    assert sync_source("sag").streams["sager"].gone == gone


def test_a_guard_of_no_stream_is_said_and_nothing_is_read(hub: Hub, vendor: Vendor) -> None:
    """A misspelt name must not leave a stream unguarded."""
    fill(vendor, 4)
    hub.source("sag", vendor, sager(), more="[guard.sag]\nnumber = 3\n")
    result = sync_source("sag")
    assert result.state == "failed" and "[guard.sag] guards no stream; there are: sager" in str(result.error)
    assert vendor.asked == []


def people(vendor: Vendor, many: int) -> list[str]:
    """Give the vendor persons, each with a case."""
    numbers = [f"{9_200_000_000 + n}" for n in range(many)]
    for n, cpr in enumerate(numbers):
        vendor.sager[f"s{n}"] = case(n, cpr=cpr)
        vendor.personer[cpr] = [{"id": "1", "cpr": cpr, "fornavn": "Ane", "efternavn": str(n)}]
    return numbers


def test_a_rotating_stream_does_not_forget_what_waits(hub: Hub, vendor: Vendor) -> None:
    """The nights after ask others, yet what waits stays, and is asked about, until it is resolved."""
    people(vendor, 70)
    hub.source("sag", vendor, sager())
    hub.source("reg", vendor, personer(rotation=7))
    hub.at("2026-11-01T01:00:00+01:00")
    sync_source("sag")
    sync_source("reg")
    assert known(hub, "navn") == 70
    held, vendor.personer = vendor.personer, {}
    hub.at("2026-11-02T01:00:00+01:00")
    first = sync_source("reg").streams["personer"]
    assert first.state == "held" and first.held > 1
    vendor.personer = {cpr: records for cpr, records in held.items()}
    mine = dict(hub.rows("select i.nummer, w.cause from worklist w join identitet i on i.objekt::text = w.key"))
    assert len(mine) == first.held and set(mine.values()) == {"held"}
    for cpr in mine:
        del vendor.personer[cpr]
    for night in range(3, 14):
        hub.at(f"2026-11-{night:02}T01:00:00+01:00")
        counts = sync_source("reg").streams["personer"]
        assert (counts.state, counts.held, counts.gone) == ("held", first.held, 0)
        assert [(row["stream"], row["held"], f"{row['since']:%d}") for row in waiting()] == [
            ("personer", first.held, "02")
        ]
    person = hub.one("select key from worklist where cause = 'held' limit 1")
    for alone in ({"persons": [UUID(person)]}, {"worklist": True}):
        hub.connection.execute("update worklist set cause = 'message' where key = %s", (person,))
        sync_source("reg", **alone)  # type: ignore[arg-type]
        assert known(hub, "navn") == 70, "a refresh of one person leaves what waits alone"
        assert hub.one("select count(*) from worklist where cause = 'held'") == first.held
    assert approve("reg", "personer", first.held, WHO).streams["personer"].gone == first.held
    assert known(hub, "navn") == 70 - first.held and waiting() == []
    assert hub.one("select count(*) from worklist") == 0


def test_silence_is_no_sign_of_mending(hub: Hub, vendor: Vendor) -> None:
    """What waits is not let go because those whom it concerns could not be asked."""
    numbers = people(vendor, 40)
    hub.source("sag", vendor, sager())
    hub.source("reg", vendor, personer())
    sync_source("sag")
    sync_source("reg")
    for cpr in numbers[:10]:
        vendor.personer[cpr] = []
    assert sync_source("reg").streams["personer"].state == "held"
    for cpr in numbers[1:10]:
        vendor.status[f"/person/{cpr}"] = 503
    sync_source("reg")
    assert known(hub, "navn") == 40 and len(waiting()) == 1
    vendor.status.clear()
    assert sync_source("reg").streams["personer"].held == 10


def test_what_hangs_on_records_that_wait_waits_with_them(hub: Hub, vendor: Vendor) -> None:
    """Cases that wait keep their notes, of which few enough to go by themselves are gone."""
    fill(vendor, 40)
    for number in range(40):
        vendor.noter[f"s{number}"] = [{"id": f"n{number}-{i}", "titel": "Note"} for i in range(1 if number < 6 else 20)]
    hub.source("sag", vendor, sager(), noter())
    sync_source("sag")
    notes = known(hub) - 40
    for number in range(6):
        del vendor.sager[f"s{number}"], vendor.noter[f"s{number}"]
    streams = sync_source("sag").streams
    assert (streams["sager"].state, streams["noter"].state) == ("held", "held")
    assert known(hub) == 40 + notes and [row["stream"] for row in waiting()] == ["sager"]
    streams = approve("sag", "sager", 6, WHO).streams
    assert (streams["sager"].gone, streams["noter"].gone) == (6, 6)
    assert waiting() == []


def test_what_a_source_deleted_keeps_its_last_values(hub: Hub, vendor: Vendor) -> None:
    """Closed, not emptied: what was known yesterday can be shown as it was."""
    fill(vendor, 40)
    hub.source("sag", vendor, sager())
    sync_source("sag")
    del vendor.sager["s3"]
    sync_source("sag")
    assert hub.rows("select titel, kendt_til is not null from sag where key = 's3'") == [("Sag 3", True)]
    assert hub.rows("select key from gone") == [("s3",)]
