"""A record in the same bytes as before is passed over unread, and nothing but the time it takes can tell (ADR 0093)."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from random import Random
from typing import Any

import pytest

from canonical_model.draft import UNSET, Draft, Lokal
from canonical_model.drafts import SagDraft
from connectors import minimise
from connectors.contract import Ask, Page, Shape, Stream
from connectors.errors import RecordError
from connectors.rest_lists import Listing
from sync import quarantine
from sync.night import sync_source
from tests.sync.conftest import Hub
from tests.sync.test_night import case, fill
from tests.sync.vendor import Door, Vendor, sager

SHEET = minimise.Sheet(frozenset({"id", "titel", "rev", "navn", "antal"}), frozenset({"cpr", "stempel", "note"}))
WIDER = replace(SHEET, kept=SHEET.kept | {"note"}, dropped=SHEET.dropped - {"note"})
STORE = {
    "landed": "key, digest is null, body is null, landed",
    "quarantine": "key, field, reason, since",
    "sag": "key, fact, titel, beskrivelse, kendt_fra, kendt_til",
    "drift": "field, kind, became, since, last_seen, records, closed",
    "field_seen": "field, version, seen, of, types, absent, absent_since",
    "gone": "key, since",
}
CHANGES = (
    "title", "title", "leave", "come", "break", "mend", "unknown", "order", "stamp", "note", "lose", "find", "back",
)  # fmt: skip


def stream(sheet: minimise.Sheet = SHEET, version: int = 1) -> Stream[Any]:
    """The vendor's cases as a list in JSON, read no further than to their keys."""

    def read(door: Door, ask: Ask) -> Iterator[Page]:
        """Pages of everything."""
        listing = Listing("", sheet, ("id",))
        for skip in range(0, 10_000, door.size):
            reply = door.session.get(f"{door.url}/sager", params={"skip": skip, "limit": door.size}, timeout=5)
            found = listing.read(reply.content, "GET sager")
            yield Page(found)
            if len(found) < door.size:
                return

    def translate(raw: Any) -> Iterable[Draft]:
        """A case, that says which version of the translation it was said by."""
        if "titel" not in raw:
            raise RecordError("titel", "is missing")
        titel = raw["titel"] if version == 1 else f"{raw['titel']} ({version})"
        yield SagDraft(objekt=Lokal("sag", raw["id"]), titel=titel, beskrivelse=raw.get("note", UNSET))

    return replace(sager(), read=read, translate=translate, parse=minimise.parse, version=version)


def content(hub: Hub, source: str) -> dict[str, Any]:
    """Everything that a night leaves of one source, but the objects that are named at random."""
    found = {
        table: sorted(map(str, hub.rows(f"select {columns} from {table} where source = %s", (source,))))
        for table, columns in STORE.items()
    }
    rows = "s.state, s.read, s.unchanged, s.changed, s.new, s.gone, s.quarantined, s.held, s.unknown_fields, s.error"
    found["runs"] = hub.rows(
        f"select {rows} from run_stream s join run r on r.id = s.run where r.source = %s order by r.id", (source,)
    )
    return found


def happen(vendor: Vendor, rng: Random, what: str, night: int) -> None:
    """Something at the vendor."""
    sager, name = vendor.sager, rng.choice(sorted(vendor.sager))
    one = sager[name]
    if what == "title":
        one["titel"] = f"Sag {night}"
    elif what == "back":
        one["titel"] = "Sag"
    elif what == "leave":
        del sager[name]
    elif what == "come":
        sager[f"s{100 + night}"] = case(100 + night)
    elif what == "break":
        one.pop("titel", None)
    elif what == "mend":
        for broken in sager.values():
            broken.setdefault("titel", "Sag")
    elif what == "unknown":
        one["farve"] = "blue"
    elif what == "order":
        sager[name] = dict(reversed(one.items()))
    elif what == "stamp":
        for stamped in sager.values():
            stamped["stempel"] = night
    elif what == "note":
        one["note"] = f"Note {night}"
    elif what in ("lose", "find"):
        for other in sager.values():
            other.update({"navn": "Ane"}) if what == "find" else other.pop("navn", None)


@pytest.mark.parametrize("seed", [1, *(pytest.param(n, marks=pytest.mark.full) for n in range(2, 12))])
def test_a_night_that_remembers_is_as_one_that_has_forgotten(hub: Hub, vendor: Vendor, seed: int) -> None:
    """Facts, their times, counts, quarantine, drift: whatever happens at the vendor, to the sheet, to the translation
    and to what is parked."""
    rng = Random(seed)
    fill(vendor, 40)
    sheet, version = SHEET, 1
    for night in range(1, 21):
        for what in rng.sample(CHANGES, rng.choice((0, 1, 2, 3))) if night > 1 else ():
            happen(vendor, rng, what, night)
        version += night in (8, 15)
        sheet = WIDER if night >= 12 else SHEET
        hub.at(f"2026-11-{night:02}T01:00:00+01:00")
        for source in ("husker", "glemmer"):
            hub.source(source, vendor, stream(sheet, version), page_size=15)
            hub.connection.execute("update landed set sent = null, unknown = null where source = 'glemmer'")
            if night % 6 == 0:
                quarantine.replay(source)
            sync_source(source)
        assert content(hub, "husker") == content(hub, "glemmer"), night
        assert hub.one("select count(sent) from landed where source = 'husker'") > 30


def test_what_is_as_it_was_is_not_read(hub: Hub, vendor: Vendor, monkeypatch: pytest.MonkeyPatch) -> None:
    """But for the sample that drift is learnt from, and for what is parked."""
    monkeypatch.setattr("sync.fields.FIRST", 0)
    opened: list[bytes] = []
    way = minimise.Sheet.open

    def counting(self: minimise.Sheet, sent: Any) -> Any:
        opened.append(bytes(sent))
        return way(self, sent)

    monkeypatch.setattr(minimise.Sheet, "open", counting)
    fill(vendor, 40)
    del vendor.sager["s3"]["titel"]
    hub.source("sag", vendor, stream())
    sync_source("sag")
    assert len(opened) == 40
    for night in range(2):
        opened.clear()
        vendor.sager["s5"]["titel"] = f"Ny {night}"
        counts = sync_source("sag").streams["sager"]
        assert (counts.read, counts.unchanged, counts.changed, counts.quarantined) == (40, 38, 1, 1)
        assert sorted({json.loads(sent)["id"] for sent in opened} - {"s0"}) == ["s3", "s5"]


def test_what_was_parked_is_read_again_in_the_bytes_that_were_good(hub: Hub, vendor: Vendor) -> None:
    """A record that broke, and stands again just as it was landed, leaves quarantine."""
    fill(vendor, 3)
    hub.source("sag", vendor, stream())
    sync_source("sag")
    whole = dict(vendor.sager["s1"])
    del vendor.sager["s1"]["titel"]
    assert sync_source("sag").streams["sager"].quarantined == 1
    vendor.sager["s1"] = whole
    assert sync_source("sag").streams["sager"].quarantined == 0
    assert hub.rows("select key from quarantine") == []


def test_what_leaves_is_gone_however_it_stood(hub: Hub, vendor: Vendor, monkeypatch: pytest.MonkeyPatch) -> None:
    """In the bytes it came in, with a name that nobody knows, with no digest or another's; and nothing else is. All of
    them on one page, however little lands together."""
    for name in ("pull.CHUNK", "sift.CHUNK", "sift.MOST_READ"):
        monkeypatch.setattr(f"sync.{name}", 15)
    fill(vendor, 40)
    vendor.sager["s1"]["ukendt"] = 1
    hub.source("sag", vendor, stream())
    sync_source("sag")
    for key, stood in (("s1", "sent"), ("s2", "null"), ("s3", "sent"), ("s4", "'short'")):
        hub.connection.execute(f"update landed set sent = {stood} where key = '{key}'")
        del vendor.sager[key]
        counts = sync_source("sag").streams["sager"]
        assert (counts.read, counts.gone) == (len(vendor.sager), 1)
        assert {k for (k,) in hub.rows("select key from landed")} == vendor.sager.keys()


def test_the_same_bytes_are_read_again_for_another_sheet_and_another_translation(hub: Hub, vendor: Vendor) -> None:
    """What the door drops of them, and what is said of them, may be another thing now."""
    fill(vendor, 3)
    for sag in vendor.sager.values():
        sag["note"] = "Note"
    for at, sheet, version, titel, note in (
        (1, SHEET, 1, "Sag 1", None), (2, WIDER, 1, "Sag 1", "Note"), (3, WIDER, 2, "Sag 1 (2)", "Note"),
    ):  # fmt: skip
        hub.at(f"2026-11-{at:02}T01:00:00+01:00")
        hub.source("sag", vendor, stream(sheet, version))
        sync_source("sag")
        said = hub.rows("select distinct titel, beskrivelse from sag where key = 's1' and kendt_til is null")
        assert said == [(titel, note)]


def test_a_vendor_that_stamps_its_replies_changes_nothing(hub: Hub, vendor: Vendor) -> None:
    """Other bytes, of which the same comes in: no fact and no row of history."""
    fill(vendor, 5)
    hub.source("sag", vendor, stream())
    sync_source("sag")
    before = hub.rows("select key, digest, body, landed from landed order by key"), hub.rows("select * from sag")
    for stamp in range(2):
        for sag in vendor.sager.values():
            sag["stempel"] = stamp
        assert sync_source("sag").streams["sager"].unchanged == 5
    after = hub.rows("select key, digest, body, landed from landed order by key"), hub.rows("select * from sag")
    assert before == after


def test_the_digest_of_what_was_sent_gives_nothing_away(monkeypatch: pytest.MonkeyPatch) -> None:
    """Another key, another digest: who has the store alone cannot try all numbers."""
    from connectors.contract import Record
    from sync.sealing import sent_digester

    made = set()
    for key in ("a" * 44, "b" * 44):
        monkeypatch.setenv("HELHED_KEY", key)
        made.update(sent_digester(1)([Record("1", b'{"cpr":"9301010000"}')]))
    assert len(made) == 2 and Shape.LISTED
