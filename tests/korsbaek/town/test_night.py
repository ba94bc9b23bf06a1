"""The ledger says what a night changed, and nothing else; told by comparing the file before and after."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from korsbaek.generate import generate
from korsbaek.ledger import ledger
from korsbaek.model import Sag
from korsbaek.night import pass_night
from korsbaek.town import Town

View = dict[str, dict[tuple[str, str], Any]]
TIMES = ("tidspunkt", "sts", "aendret")


def view(town: Town) -> View:
    """Every stream's records as (key, owner): what they say, without the vendor's times of change."""
    found: View = {name: {} for name in ("sdi/sager", "sbsys/sager", "sbsys/dokumenter", "sdi/dokumenter")}
    found["sbsys/journalarknotater"] = {}
    found["sbsys/erindringer"] = {}
    for (body,) in town.rows("select body from sag"):
        sag = json.loads(body)
        now = sag["registreringer"][-1]
        own = _timeless(now)
        own["fejl"] = [f for f in sag["fejl"] if f["system"] == "sbsys"]
        notes = own.pop("notater")
        posts = own.pop("journalposter")
        if sag["sbsys"] is not None:
            found["sbsys/sager"][str(sag["sbsys"]), ""] = own
            for n, state in enumerate(own["fremdrift"]):
                if state["status"] != "Afsluttet":
                    done = n < len(own["fremdrift"]) - 1
                    found["sbsys/erindringer"][str(sag["sbsys"] * 10 + n), ""] = (state["status"], done)
            for note in notes:
                found["sbsys/journalarknotater"][str(note["id"]), ""] = note
        if sag["indeks"]:
            theirs = {**own, "fejl": [f for f in sag["fejl"] if f["system"] == "sdi"]}
            texts = [{**note, "fejl": []} for note in notes]
            found["sdi/sager"][sag["uuid"], ""] = (theirs, texts, posts, len(sag["registreringer"]))
    for (body,) in town.rows("select body from dokument"):
        paper = json.loads(body)
        for system, holds in (("sdi", paper["indeks"]), ("sbsys", paper["sbsys"])):
            if holds:
                faults = [f for f in paper["fejl"] if f["system"] == system]
                said = {**_timeless(paper), "sbsys": None, "fejl": faults}
                key = paper["uuid"] if system == "sdi" else str(paper["id"])
                found[f"{system}/dokumenter"][key, ""] = said
    for name, table in (("ydi/bevillinger", "bevilling"), ("ydi/effektueringer", "effektuering")):
        found[name] = {(u, ""): _timeless(json.loads(b)) for u, b in town.rows(f"select uuid, body from {table}")}
    found["cpr/person"] = {("person", c): json.loads(b) for c, b in town.rows("select cpr, body from person")}
    found["nexus/borgere"] = {}
    for cpr, body in town.rows("select cpr, body from nexus"):
        patient = json.loads(body)
        for art, of in (("forloeb", "forloeb"), ("indsats", "indsatser")):
            for one in patient.pop(of):
                found["nexus/borgere"][f"{art}/{one['id']}", cpr] = _timeless(one)
        found["nexus/borgere"]["patient", cpr] = _timeless(patient)
    return found


def _timeless(record: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in record.items() if name not in TIMES}


def told(night: dict[str, Any], stream: str, *whats: str) -> set[tuple[str, str]]:
    records = night["streams"].get(stream, {"records": []})["records"]
    named = stream in ("cpr/person", "nexus/borgere")
    return {(r["key"], r["owner"] if named else "") for r in records if r["what"] in whats}


@pytest.mark.parametrize(("citizens", "seed"), [(60, 7), (300, 11)])
def test_the_ledger_says_what_nights_changed(tmp_path: Path, citizens: int, seed: int) -> None:
    town = generate(tmp_path / "town.db", citizens, seed, date(2026, 3, 2))
    for number in range(4):
        before, known = view(town), {c for (c,) in town.rows("select cpr from population")}
        night = pass_night(town, tmp_path, mend=number == 2)
        after = view(town)
        for stream, was in before.items():
            now = after[stream]
            new, gone = now.keys() - was.keys(), was.keys() - now.keys()
            changed = {key for key in now.keys() & was.keys() if now[key] != was[key]}
            entering = {("person", c) for (c,) in town.rows("select cpr from population") if c not in known}
            if stream == "cpr/person":
                assert told(night, stream, "new") - new <= entering
                assert told(night, stream, "changed", "mended") | told(night, stream, "new") >= changed
            else:
                assert told(night, stream, "new") == new, stream
                assert told(night, stream, "changed", "mended") == changed, stream
            assert told(night, stream, "gone") == gone, stream
            assert len(gone) <= 0.05 * len(was), stream


def test_a_night_moves_the_clock_and_every_index_change_has_its_day(tmp_path: Path) -> None:
    town = generate(tmp_path / "town.db", 80, 7, date(2026, 3, 2))
    night = pass_night(town, tmp_path)
    assert (town.day, town.meta("nights")) == (date(2026, 3, 3), "1")
    for key, _ in told(night, "sdi/sager", "new", "changed", "mended"):
        sag = town.sag(key)
        assert sag is not None and sag.nu.sts.date() in (date(2026, 3, 2), date(2026, 3, 3))
        assert sag.nu.sts > max([said.sts for said in sag.registreringer[:-1]], default=sag.nu.oprettet)
    at = town.rows("select count(*) from sag where sts > '2026-03-02T22' and indeks = 1")
    assert at == [(len(told(night, "sdi/sager", "new", "changed", "mended")),)]


def test_the_same_nights_follow_from_the_same_town(tmp_path: Path) -> None:
    ledgers = []
    for name in ("one", "two"):
        town = generate(tmp_path / f"{name}.db", 60, 7, date(2026, 3, 2))
        pass_night(town, tmp_path)
        pass_night(town, tmp_path, mend=True)
        ledgers.append(ledger(town))
    assert ledgers[0] == ledgers[1]


def test_mending_mends_all(tmp_path: Path) -> None:
    town = generate(tmp_path / "town.db", 60, 7, date(2026, 3, 2))
    pass_night(town, tmp_path, mend=True)
    assert all(at["malformed"] == 0 for at in ledger(town)["streams"].values())
    assert all(row["mended"] == 1 for row in ledger(town)["malformed"])
    assert not [sag.uuid for sag in town.each(Sag) if sag.fejl]


def test_a_mishap_takes_more_than_any_night(tmp_path: Path) -> None:
    town = generate(tmp_path / "town.db", 80, 7, date(2026, 3, 2))
    before = len(view(town)["sbsys/sager"])
    night = pass_night(town, tmp_path, gone=0.2)
    assert len(told(night, "sbsys/sager", "gone")) >= 0.15 * before


def test_readers_see_a_night_without_a_restart(tmp_path: Path) -> None:
    town = generate(tmp_path / "town.db", 60, 7, date(2026, 3, 2))
    reader = Town.open(tmp_path / "town.db")
    assert reader.day == date(2026, 3, 2)
    pass_night(town, tmp_path)
    assert reader.day == date(2026, 3, 3)


def test_the_ledger_counts_what_the_file_holds(tmp_path: Path) -> None:
    town = generate(tmp_path / "town.db", 80, 7, date(2026, 3, 2))
    pass_night(town, tmp_path)
    found = ledger(town)
    for stream, records in view(town).items():
        assert found["streams"][stream]["records"] == len(records), stream
    named = {pair["former"]: pair["cpr"] for pair in found["replaced"]}
    persons = {named.get(number, number) for number in found["population"]}
    assert len(persons) == found["streams"]["cpr/person"]["reachable"]
