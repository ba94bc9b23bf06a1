"""Every malformed record is parked with a reason that names the field, never the value; all else is loaded."""

import re
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import msgspec
import pytest

import connectors.kmd_nexus
import connectors.sbsys
from connectors.contract import Connector, Stream
from connectors.errors import RecordError
from korsbaek import municipality
from korsbaek.model import Dokument, Sag
from korsbaek.reminders import erindringer
from korsbaek.town import Town
from sync import quarantine
from tests.way.hub import SYSTEMS, Hub, names

pytestmark = pytest.mark.usefixtures("impatient")


def faults(town: Path) -> list[tuple[str, str, str, str]]:
    """System, stream, kind and field of every malformed record that stands."""
    rows = Town.open(town / "town.db").rows("select system, stream, slags, felt from fejl where mended is null")
    return [(system, stream, slags, felt) for system, stream, slags, felt in rows]


NOT_REFUSED = {
    ("cpr", "persondata_missing", "persondata"): "optional in the XSD: a person of whom CPR says nothing",
    ("sdi", "urn_unknown", "RelationListe/Sagspart/ReferenceID/URNIdentifikator"): "stored and flagged",
    ("nexus", "date_unreadable", "birthDate"): "not read: CPR has it",
}
"""Faults by which no record becomes unreadable to us, and why."""


def test_every_kind_is_parked_and_named_and_cleared_when_mended(moving_hub: Hub) -> None:
    wrong = faults(moving_hub.town)
    assert {system for system, *_ in wrong} == set(SYSTEMS)
    results = moving_hub.sync()
    assert {r.state for r in results.values()} == {"succeeded"}, results
    parked = moving_hub.quarantine()
    refused = [
        (system, stream, felt) for system, stream, slags, felt in wrong if (system, slags, felt) not in NOT_REFUSED
    ]
    assert Counter((p.source, p.stream) for p in parked) == Counter((system, stream) for system, stream, _ in refused)
    for system, stream, felt in refused:
        fields = [p.field for p in parked if (p.source, p.stream) == (system, stream)]
        assert any(names(field, felt) for field in fields), (system, stream, felt, fields)
    flagged = moving_hub.rows("select count(*) from sagspart where source = 'sdi' and flag like '%unknown URN%'")
    assert flagged == [(sum(slags == "urn_unknown" for _, _, slags, _ in wrong),)]

    told = "\n".join(f"{p.field} {p.reason}" for p in parked)
    town = Town.open(moving_hub.town / "town.db")
    values = {fault.vaerdi for sag in town.each(Sag) for fault in sag.fejl}
    values |= {fault.vaerdi for dokument in town.each(Dokument) for fault in dokument.fejl}
    assert not [value for value in values if value and value in told]
    assert not re.search(r"\d{4,}", told)

    _all_else_is_loaded(moving_hub, town)

    municipality.night(moving_hub.town, mend=True)
    assert faults(moving_hub.town) == []
    again = moving_hub.sync()
    assert {r.state for r in again.values()} == {"succeeded"}
    assert moving_hub.quarantine() == []


def _all_else_is_loaded(hub: Hub, town: Town) -> None:
    rows = hub.rows("select source, stream, count(*) from landed group by 1, 2")
    landed = {(source, stream): number for source, stream, number in rows}
    parked = Counter((p.source, p.stream) for p in hub.quarantine())
    held = {
        ("sdi", "sager"): "select count(*) from sag where indeks = 1",
        ("sdi", "dokumenter"): "select count(*) from dokument where indeks = 1",
        ("ydi", "bevillinger"): "select count(*) from bevilling",
        ("ydi", "effektueringer"): "select count(*) from effektuering",
        ("sbsys", "sager"): "select count(*) from sag where sbsys is not null",
        ("sbsys", "dokumenter"): "select count(*) from dokument where sbsys = 1",
    }
    for of, statement in held.items():
        ((number,),) = town.rows(statement)
        assert landed[of] + parked[of] == number, of
    notes = sum(len(sag.nu.notater) for sag in town.each(Sag, "sbsys is not null"))
    assert landed["sbsys", "journalarknotater"] + parked["sbsys", "journalarknotater"] == notes
    reminders = sum(len(erindringer(sag)) for sag in town.each(Sag, "sbsys is not null"))
    assert landed["sbsys", "erindringer"] == reminders
    ((patients,),) = town.rows("select (select count(*) from nexus) + (select count(*) from nexusref)")
    assert landed["nexus", "borgere"] + parked["nexus", "borgere"] == patients


def changed(connector: Connector[Any], name: str, **how: Any) -> Connector[Any]:
    """The connector with one stream replaced."""

    def same_or_new(stream: Stream[Any]) -> Stream[Any]:
        return replace(stream, **how) if stream.name == name else stream

    return replace(connector, streams=tuple(same_or_new(stream) for stream in connector.streams))


def test_replay_clears_what_only_our_translation_got_wrong(moving_hub: Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    right = connectors.sbsys.CONNECTOR
    translate = next(stream for stream in right.streams if stream.name == "dokumenter").translate

    def mistaken(raw: Any) -> Any:
        if "DokumentArt" in raw:
            raise RecordError("DokumentArt", "not a kind that we know")
        return translate(raw)

    monkeypatch.setattr(connectors.sbsys, "CONNECTOR", changed(right, "dokumenter", translate=mistaken))
    moving_hub.sync(ids=["sbsys"])
    of_ours = [p for p in moving_hub.quarantine() if p.stream == "dokumenter"]
    assert len(of_ours) > 10
    assert {(p.field, p.reason) for p in of_ours} == {("DokumentArt", "not a kind that we know")}
    assert moving_hub.rows("select count(*) from dokument where source = 'sbsys'") == [(0,)]

    municipality.down(moving_hub.town, only=["sbsys"])
    monkeypatch.setattr(connectors.sbsys, "CONNECTOR", right)
    outcome = quarantine.replay("sbsys")
    really = sum(1 for system, stream, *_ in faults(moving_hub.town) if (system, stream) == ("sbsys", "dokumenter"))
    assert outcome["sbsys/dokumenter"] == {"cleared": len(of_ours) - really, "left": really}
    assert len([p for p in moving_hub.quarantine() if p.stream == "dokumenter"]) == really
    ((documents,),) = moving_hub.rows("select count(distinct objekt) from dokument where source = 'sbsys'")
    assert documents == len(of_ours) - really


def test_a_new_translation_reaches_what_is_landed_without_the_vendor(
    moving_hub: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    right = connectors.kmd_nexus.CONNECTOR
    translate = right.streams[0].translate
    moving_hub.sync()
    current = (
        "select count(*), count(*) filter (where starts_with(titel, 'Forløb: '))"
        " from sag where source = 'nexus' and kendt_til is null"
    )
    ((before, none),) = moving_hub.rows(current)
    assert before > 0 and none == 0

    def better(raw: Any) -> Any:
        for draft in translate(raw):
            yield replace_title(draft) if type(draft).__name__ == "SagDraft" else draft

    def replace_title(draft: Any) -> Any:
        return msgspec.structs.replace(draft, titel=f"Forløb: {draft.titel}")

    municipality.down(moving_hub.town, only=["nexus"])
    monkeypatch.setattr(connectors.kmd_nexus, "CONNECTOR", changed(right, "borgere", translate=better, version=99))
    assert moving_hub.sync(ids=["nexus"])["nexus"].state == "failed"
    assert moving_hub.rows(current) == [(before, before)]
