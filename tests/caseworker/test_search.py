"""One box for everything, and no fishing."""

from dataclasses import replace
from pathlib import Path
from uuid import uuid4

import pytest

from canonical_model.person import Identitet
from caseworker.roles import load_roles
from caseworker.search import MOST, kind, search
from caseworker.tid import tid
from tests.caseworker.conftest import Browser, World
from tests.caseworker.facts import NOW
from tests.caseworker.test_api import client


@pytest.mark.parametrize(
    ("typed", "art"),
    [
        ("1503841112", "cpr"),
        ("150384-1112", "cpr"),
        ("150384 1112", "cpr"),
        ("mette sørensen", "navn"),
        ("mette 15.03.1984", "navn"),
        ("Rørsangervej 14", "adresse"),
        ("Rørsangervej 14B", "adresse"),
        ("KSD-2026-1", "sagsnummer"),
        ("27.54.03-G01-1-26", "sagsnummer"),
    ],
)
def test_kind(typed: str, art: str) -> None:
    assert kind(typed) == art


def test_names_fold_and_prefix(karin: Browser, world: World) -> None:
    for typed in ("bent aagaard", "Ågård bent", "BENT SØREN", "ben 15.03.1984"):
        assert "Bent Ågård Sørensen" in karin.find(typed).text, typed


@pytest.mark.parametrize("typed", ["sørensen", "15.03.1984", "*", "%%", "'; drop table opslag; --", "& | !"])
def test_fishing_is_refused_politely(karin: Browser, world: World, typed: str) -> None:
    answer = karin.find(typed)
    assert answer.status_code == 200
    assert "Bent" not in answer.text
    assert "mindst to navne" in answer.text or "0 borgere" in answer.text


def test_at_most_twenty(world: World, config: object) -> None:
    for number in range(MOST + 5):
        world.facts.person(f"02{number:02}991111", f"Anna Berg Nummer{number}")
    world.facts.write()
    found = search(load_roles()["ydelse"], "anna berg", tid())
    assert len(found.borgere) == MOST and found.flere


def test_former_number_finds_the_person_and_says_so(karin: Browser, world: World) -> None:
    loser = uuid4()
    world.facts.row(Identitet, art="cpr", nummer="1503841999", objekt=loser, kendt_fra=world.facts.kendt, kendt_til=NOW)
    world.facts.row(Identitet, art="cpr", nummer="1503841999", objekt=world.mette, kendt_fra=NOW, virkning_til=NOW)
    world.facts.fact("kontaktoplysning", loser, "sbsys", art="mobil", vaerdi="20 00 41 17")
    world.facts.write()
    answer = karin.find("150384-1999")
    assert answer.url.path == f"/borgere/{world.mette}"
    assert "tidligere CPR-nummer" in answer.text and "150384-1112" in answer.text
    assert "20 00 41 17" in answer.text, "facts under the former UUID are the person's"
    assert "20 00 41 17" in karin.get(f"/borgere/{loser}").text, "and its page is the survivor's"


def test_case_search_obeys_the_predicate(karin: Browser, ali: Browser, world: World) -> None:
    assert "Sygedagpenge" in karin.find("ksd-2026-1").text
    hidden = karin.find("FAM-2026-2").text
    assert "Merudgifter" not in hidden and "1 sag vises ikke" in hidden
    assert "Merudgifter" in ali.find("FAM-2026-2").text
    vip = karin.find("VIP-1").text
    assert "Hemmelig" not in vip and "vises ikke" not in vip


def test_a_case_is_found_by_who_may_see_cases_and_a_citizen_by_who_may_search(app, config: Path, world: World) -> None:  # type: ignore[no-untyped-def]
    found = {}
    for bruger, rolle in (("ydelse", "soeg_borger"), ("familie", "se_overblik")):
        app.state.caseworkers[bruger] = replace(app.state.caseworkers[bruger], roller=frozenset({rolle}))
        browser, api = Browser(app, bruger), client(app, bruger)
        for q in ("KSD-2026-1", "bent sørensen"):
            body = {"q": q, "formaal": "tilsyn"}
            codes = {api.post(f"/api/v1/{what}/search", json=body).status_code for what in ("sager", "borgere")}
            found[rolle, q] = codes | {browser.find(q).status_code}
    assert found == {
        ("soeg_borger", "KSD-2026-1"): {403}, ("soeg_borger", "bent sørensen"): {200},
        ("se_overblik", "KSD-2026-1"): {200}, ("se_overblik", "bent sørensen"): {403},
    }  # fmt: skip


def test_unknown_number_and_empty_search(karin: Browser, world: World) -> None:
    assert "Vælg et formål" in karin.find("1503841112", formaal="").text
    assert "Skriv, hvem" in karin.find(" ").text
    assert "0 borgere" in karin.find("0102031111").text
