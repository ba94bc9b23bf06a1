"""Fields that change at the vendor: noticed, named and closed by themselves; what can be read loads all the same."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from typer.testing import CliRunner

from canonical_model.draft import Draft, Lokal
from canonical_model.drafts import SagDraft
from connectors import soap_xml
from connectors.contract import Ask, Page, Record, Shape
from helhed.commands import sources
from sync.drift import ABSENT, LEARNT, Usual, compare
from sync.fields import EVERY, FIRST, FieldSample
from sync.night import sync_source
from tests.sync.conftest import Hub
from tests.sync.test_night import A, case, fill
from tests.sync.vendor import Door, Vendor, read, sager

SHEET: soap_xml.Sheet = {"id": None, "titel": None, "rev": None, "navn": None, "cpr": None, "parter": {"rolle": None}}


def as_xml(door: Door, ask: Ask) -> Iterator[Page]:
    """The vendor's records as SOAP elements, sifted by a sheet."""
    for page in read(door, ask):
        records = []
        for record in page.records:
            root = etree.Element("{urn:x}Sag")
            for name, value in json.loads(record.body).items():
                etree.SubElement(root, f"{{urn:x}}{name}").text = str(value)
            held, unknown = soap_xml.sift(root, SHEET)
            records.append(Record(record.key, soap_xml.body(held), unknown))
        yield Page(records, page.cursor)


def with_an_object(door: Door, ask: Ask) -> Iterator[Page]:
    """The same, with an element where the text of navn was."""
    for page in as_xml(door, ask):
        records = []
        for record in page.records:
            root = etree.Element("{urn:x}Sag")
            for name, value in soap_xml.parse(record.body).items():
                child = etree.SubElement(root, f"{{urn:x}}{name}")
                (etree.SubElement(child, "{urn:x}vaerdi") if name == "navn" else child).text = value
            held, unknown = soap_xml.sift(root, SHEET)
            records.append(Record(record.key, soap_xml.body(held), unknown))
        yield Page(records, page.cursor)


def translate_xml(said: soap_xml.Held) -> Iterable[Draft]:
    """A case."""
    yield SagDraft(objekt=Lokal("sag", str(said["id"])), titel=said.get("titel"))


XML: dict[str, Any] = {"read": as_xml, "parse": soap_xml.parse, "translate": translate_xml}


def drifts(hub: Hub) -> list[tuple[Any, ...]]:
    """What is open."""
    return hub.rows("select field, kind, became, records from drift where closed is null order by field")


@pytest.mark.parametrize("kind", ["json", "xml"])
def test_each_change_is_named_once_loads_all_the_same_and_closes_by_itself(hub: Hub, vendor: Vendor, kind: str) -> None:
    """Unknown, missing, renamed, retyped, emptied: with since when and how many records; the fields' names only."""
    stream = replace(sager(), **XML) if kind == "xml" else sager()
    fill(vendor, 40)
    for sag in vendor.sager.values():
        sag |= {"antal": 4} if kind == "json" else {"cpr": "4"}
    number = "antal" if kind == "json" else "cpr"
    hub.source("sag", vendor, stream)
    hub.at("2026-11-01T01:00:00+01:00")
    sync_source("sag")
    assert drifts(hub) == []
    good = json.dumps(vendor.sager)

    def night(day: int) -> list[tuple[Any, ...]]:
        hub.at(f"2026-11-{day:02}T01:00:00+01:00")
        assert sync_source("sag").state == "succeeded"
        assert hub.one("select count(*) from sag where kendt_til is null") == 40
        return drifts(hub)

    vendor.sager["s3"]["farve"] = "blue"
    assert night(2) == [("farve", "unknown", None, 1)]
    assert night(3) == [("farve", "unknown", None, 2)]
    vendor.sager = json.loads(good)
    assert night(4) == []
    for sag in vendor.sager.values():
        del sag["navn"]
    assert night(5) == [("navn", "missing", None, 40)]
    assert night(6) == [("navn", "missing", None, 80)]
    shown = CliRunner().invoke(sources.app, [], env={"COLUMNS": "300"}).output
    assert "navn: missing since 2026-11-05, 80 records" in shown and "Grethe Holm" in shown
    vendor.sager = json.loads(good)
    assert night(7) == []
    for sag in vendor.sager.values():
        sag["farve"] = sag.pop("navn")
    assert night(8) == [("navn", "renamed", "farve", 40)]
    told = json.loads(CliRunner().invoke(sources.app, ["--json"]).stdout)["sources"][0]["streams"][0]["drift"]
    assert [(d["field"], d["became"], d["since"][:10]) for d in told] == [("navn", "farve", "2026-11-08")]
    vendor.sager = json.loads(good)
    assert night(9) == []
    for sag in vendor.sager.values():
        sag[number] = "fire"
    assert night(10) == [(number, "retyped", "number -> text", 40)]
    vendor.sager = json.loads(good)
    assert night(11) == []
    for sag in vendor.sager.values():
        sag["navn"] = "" if kind == "xml" else None
    assert night(12) == [("navn", "missing", None, 40)]
    vendor.sager = json.loads(good)
    assert night(13) == []
    assert A not in json.dumps(hub.rows("select field, became from drift union all select field, '' from field_seen"))


def test_a_new_translation_learns_anew(hub: Hub, vendor: Vendor) -> None:
    """A developer has seen to it: what is gone for good is missed no longer."""
    fill(vendor, 40)
    hub.source("sag", vendor, sager())
    sync_source("sag")
    for sag in vendor.sager.values():
        del sag["navn"]
    sync_source("sag")
    assert [row[1] for row in drifts(hub)] == ["missing"]
    hub.source("sag", vendor, sager(version=2))
    sync_source("sag")
    assert drifts(hub) == []


def test_a_value_that_became_an_object_is_retyped(hub: Hub, vendor: Vendor) -> None:
    """The door keeps nothing of what the sheet does not list, so that only the unknown names tell it."""
    fill(vendor, 40)
    hub.source("sag", vendor, replace(sager(), **XML))
    sync_source("sag")
    hub.source("sag", vendor, replace(sager(), **(XML | {"read": with_an_object})))
    for _ in range(2):
        sync_source("sag")
        assert [row[:3] for row in drifts(hub)] == [("navn", "retyped", "text -> object")]
    hub.source("sag", vendor, replace(sager(), **XML))
    sync_source("sag")
    assert drifts(hub) == []


def test_a_trickle_of_changed_records_is_enough(hub: Hub, vendor: Vendor) -> None:
    """A stream that hands over only what changed: four a night without the field, and on the third night it is said."""
    fill(vendor, 400)
    hub.source("sag", vendor, sager(Shape.CHANGED))
    sync_source("sag")
    for night in range(3):
        assert drifts(hub) == []
        for number in range(4):
            name = f"s{night * 4 + number}"
            vendor.sager[name] = {k: v for k, v in vendor.sager[name].items() if k != "navn"}
            vendor.sager[name]["rev"] = f"2026-11-2{night + 2}T10:00:00+00:00"
        sync_source("sag")
    assert [row[:2] for row in drifts(hub)] == [("navn", "missing")]


def test_names_that_hold_numbers_are_not_kept(hub: Hub, vendor: Vendor) -> None:
    """A vendor that uses a person's number as a name."""
    vendor.sager["s1"] = case(1, **{A: {"x": 1}})
    hub.source("sag", vendor, sager())
    sync_source("sag")
    fields = {row[0] for row in hub.rows("select field from field_seen")}
    assert "titel" in fields and not any(A in name for name in fields)


@given(st.lists(st.booleans(), min_size=1, max_size=80), st.integers(0, 60))
@settings(max_examples=200, deadline=None)
def test_missing_is_said_of_usual_fields_alone(had: list[bool], absent: int) -> None:
    """Only what nearly all of enough records had, and enough in a row have not; and it is never unlearnt by that."""
    sample = FieldSample()
    sample.look([Record("", json.dumps({"a": 1, "b": 2} if one else {"a": 1}).encode()) for one in had])
    usual, found, _ = compare({}, sample)
    assert found == []
    later = FieldSample()
    later.look([Record("", b'{"a": 1}')] * (absent))
    learnt, found, _ = compare(usual, later)
    was = usual.get("b", Usual(0, 0, frozenset()))
    expected = sum(had) >= 0.98 * was.of and was.of >= LEARNT
    assert [row.field for row in found] == (["b"] if expected and absent >= ABSENT else [])
    if expected:
        assert learnt["b"].expected


def test_a_big_stream_is_looked_at_in_part() -> None:
    """All of the first, then each fiftieth; and how many records is reckoned from that."""
    sample = FieldSample()
    sample.look([Record("", b'{"a": 1}')] * (FIRST + 100 * EVERY))
    assert (sample.read, sample.taken) == (FIRST + 100 * EVERY, FIRST + 100)
