"""No log, no data: a row for each person shown, committed first; and a seal that shows tampering."""

import hashlib
import json
import re
from uuid import UUID, uuid4

import pytest
from fastapi import FastAPI
from fastapi.routing import APIRoute
from sqlalchemy import text

from canonical_model.store import engine
from caseworker.anmodning import ask
from caseworker.opslag import Logged, log, seal, verify
from caseworker.overblik.views import View
from caseworker.render import Page, render
from caseworker.roles import load_roles
from caseworker.seal import _digest, _plain
from tests.caseworker.conftest import Browser, World
from tests.caseworker.facts import lookups

SILENT = {"/login", "/logud", "/", "/healthz", "/readyz", "/metrics", "/api/v1/login"}
"""Routes that touch no citizen; logins are logged too, but not as lookups. GET /soeg only leads back."""


def owner(sql: str) -> None:
    """A statement as the owner."""
    with engine("owner").begin() as connection:
        connection.execute(text(sql))


def walk(app: FastAPI) -> list[tuple[str, str]]:
    """Every method and path of the app that touches a citizen."""
    found = []
    for route in app.routes:
        if isinstance(route, APIRoute) and route.path not in SILENT:
            found += [(m, route.path) for m in sorted(route.methods)]
    return [f for f in found if f != ("GET", "/soeg")]


def addressed(path: str, world: World, asked: UUID) -> str:
    """A path with somebody and something in it."""
    named = {"person": world.mette, "sag": world.ydelsessag, "anmodning": asked}
    for name, uuid in named.items():
        path = path.replace(f"{{{name}}}", str(uuid))
    return path


def request_about(world: World) -> UUID:
    """Ali has asked for Mette."""
    return ask(load_roles()["familie"], world.mette, "Tilsyn", "en")


def test_every_route_that_touches_a_citizen_writes_a_row_for_each_person_shown(
    app: FastAPI, ali: Browser, world: World
) -> None:
    ali.find("1503841112")
    paths = walk(app)
    assert len(paths) >= 12
    csrf, asked = ali.csrf, request_about(world)
    for method, path in paths:
        url = addressed(path, world, asked)
        before = len(lookups())
        if method == "GET":
            answer = ali.get(url, follow_redirects=False)
        elif url.startswith("/api/"):
            body = {"q": "BYG-2026-4", "formaal": "egen_sag", "begrundelse": "borgeren bad om et brev"}
            answer = ali.post(url, json=body, headers={"X-CSRF-Token": csrf}, follow_redirects=False)
        else:
            data = {"csrf": csrf, "q": "BYG-2026-4", "formaal": "egen_sag", "begrundelse": "borgeren bad om et brev"}
            answer = ali.post(url, data=data, follow_redirects=False)
        assert answer.status_code == 200, (method, path, answer.text[:300])
        rows = lookups()[before:]
        assert rows and all(r["resultat"] == "shown" and r["formaal"] for r in rows), (method, path)
        linked = {UUID(u) for u in re.findall(r"/borgere/([0-9a-f-]{36})", answer.text)}
        linked |= {UUID(u) for u in re.findall(r'"person":"([0-9a-f-]{36})"', answer.text)}
        people = [r["person"] for r in rows if r["person"]]
        assert linked <= set(people) and len(people) == len(set(people)), (method, path)
        assert len({r["svar"] for r in rows}) == 1 and rows[0]["uid"] == rows[0]["svar"], (method, path)
        if url.startswith("/api/"):
            assert answer.json()["opslag"] == str(rows[0]["svar"]) and "coverage" in answer.json()


def test_log_down_means_nothing_shown(app: FastAPI, ali: Browser, world: World) -> None:
    ali.find("1503841112")
    csrf, asked = ali.csrf, request_about(world)
    owner("alter table opslag rename to opslag_vaek")
    owner("create view opslag as select * from opslag_vaek where false")
    owner("grant select on opslag to helhed_view")
    for method, path in walk(app):
        url = addressed(path, world, asked)
        body = {"q": "KSD-2026-1", "formaal": "egen_sag", "begrundelse": "borgeren bad om et brev"}
        headers = {"X-CSRF-Token": csrf}
        if method == "GET":
            answer = ali.get(url)
        elif url.startswith("/api/"):
            answer = ali.post(url, json=body, headers=headers)
        else:
            answer = ali.post(url, data={**body, "csrf": csrf})
        assert answer.status_code == 503, (method, path)
        assert "Mette" not in answer.text and "Sygedagpenge" not in answer.text


def test_a_hit_list_is_logged_on_everyone_in_it(karin: Browser, world: World) -> None:
    world.facts.person("0303031111", "Bente Sørensen")
    world.facts.write()
    before = len(lookups())
    found = karin.find("ben sørensen").text
    rows = lookups()[before:]
    assert found.count("/borgere/") == 2 == len(rows)
    assert {r["handling"] for r in rows} == {"search"} and world.bent in {r["person"] for r in rows}
    assert {r["handling"] for r in lookups() if r["person"] == world.mette} <= {"relation"}


def test_found_is_told_apart_from_opened(karin: Browser, world: World) -> None:
    karin.find("bent sørensen")
    karin.get(f"/borgere/{world.bent}/tidslinje")
    assert [r["handling"] for r in lookups() if r["person"] == world.mette] == [], "the timeline shows no relative"
    page = karin.get(f"/borgere/{world.bent}").text
    assert "fundet i en søgning: " in page and "tidslinje åbnet: " in page
    assert [r["handling"] for r in lookups() if r["person"] == world.mette] == ["relation"]


def test_a_case_is_logged_on_every_party_and_a_case_found_too(karin: Browser, world: World) -> None:
    world.facts.fact("sagspart", world.ydelsessag, "sdi", rolle="sekundaer_part", type="person", part=world.bent)
    firm = uuid4()
    world.facts.fact("sagspart", world.ydelsessag, "sdi", rolle="parter", type="virksomhed", part=firm)
    world.facts.write()
    before = len(lookups())
    karin.find("KSD-2026-1")
    karin.get(f"/sager/{world.ydelsessag}")
    rows = [(r["handling"], r["person"], r["sager"]) for r in lookups()[before:]]
    shown = [str(world.ydelsessag)]
    assert sorted(rows, key=str) == sorted(
        ((handling, who, shown) for handling in ("search", "sag") for who in (world.mette, world.bent)), key=str
    )


def test_who_may_not_see_a_case_does_not_see_that_others_looked(karin: Browser, ali: Browser, world: World) -> None:
    ali.find("FAM-2026-2")
    ali.get(f"/sager/{world.familiesag}")
    ali.find("1503841112")
    for browser, seen in ((karin, ["search", "open"]), (ali, ["search", "sag", "search", "open"])):
        browser.find("1503841112")
        page = browser.get(f"/api/v1/borgere/{world.mette}").json()
        found = [o["handling"] for o in reversed(page["opslag_paa_borgeren"]) if o["navn"] == "Ali Demir"]
        assert found[: len(seen)] == seen


def test_the_database_says_in_which_order_and_when_a_row_was_written(karin: Browser, world: World) -> None:
    karin.find("1503841112")
    assert all(r["skrevet"] is not None for r in lookups())
    for column, value in (("id", "7"), ("skrevet", "now()")):
        sql = (
            f"insert into opslag ({column}, uid, tid, bruger, brugernavn, enhed, handling, objekter, formaal, kanal,"
            f" resultat, hidden) select {value}, gen_random_uuid(), tid, bruger, brugernavn, enhed, handling, 0,"
            " formaal, kanal, resultat, 0 from opslag limit 1"
        )
        for role in ("view", "sync"):
            with pytest.raises(Exception, match="permission denied"), engine(role).begin() as connection:  # type: ignore[arg-type]
                connection.execute(text(sql))


def test_a_seal_from_before_a_column_holds(store: dict[str, str], config: object, clock: None) -> None:
    log(load_roles()["ydelse"], "open", "Tilsyn", "cli")
    (row,) = lookups()
    old = {**row, "svar": None, "skrevet": None}
    first = {k: v for k, v in old.items() if k not in ("svar", "skrevet")}
    assert (
        _digest(b"", [old]) == hashlib.sha256(json.dumps([_plain(first[c]) for c in first]).encode() + b"\n").digest()
    )
    assert _digest(b"", [row]) != _digest(b"", [old])


def test_view_role_cannot_change_the_log(karin: Browser, world: World) -> None:
    karin.find("1503841112")
    for sql in ("update opslag set formaal = 'andet'", "delete from opslag", "truncate opslag"):
        with pytest.raises(Exception, match="permission denied"), engine("view").begin() as connection:
            connection.execute(text(sql))


def test_search_words_are_not_logged(karin: Browser, world: World) -> None:
    for q in ("1503841112", "bent sørensen", "Birkehegnet 9", "KSD-2026-1"):
        karin.find(q)
    text_of_log = str([{k: v for k, v in r.items() if k not in ("tid", "uid")} for r in lookups()])
    for word in ("150384", "sørensen", "Birkehegnet", "KSD-2026-1"):
        assert word not in text_of_log
    kinds = [r["kriterium"] for r in lookups() if r["handling"] == "search"]
    assert kinds == ["cpr", "navn", "adresse", "sagsnummer"]


def test_seal_and_verify(store: dict[str, str], config: object, monkeypatch: pytest.MonkeyPatch, clock: None) -> None:
    karin = load_roles()["ydelse"]
    for _ in range(3):
        log(karin, "open", "Tilsyn", "cli")
    assert seal() == 0, "rows younger than the grace wait for the next block"
    monkeypatch.setenv("HELHED_NOW", "2026-11-22T04:00:00+00:00")
    assert seal() == 3
    log(karin, "open", "Tilsyn", "cli")
    monkeypatch.setenv("HELHED_NOW", "2026-11-22T05:00:00+00:00")
    assert seal() == 1 and seal() == 0
    assert verify() == []
    owner("update opslag set formaal = 'andet' where id = (select min(id) from opslag)")
    assert "not as they were sealed" in verify()[0]
    owner("update opslag set formaal = 'Tilsyn' where id = (select min(id) from opslag)")
    assert verify() == []
    owner("delete from opslag where id = (select max(id) from opslag)")
    assert any("missing" in fault for fault in verify())


def test_a_view_is_not_rendered_without_its_log_row(world: World, config: object) -> None:
    with pytest.raises(TypeError):
        Logged(world.mette, world.facts.kendt, "x", object())
    with pytest.raises(ValueError, match="coverage"):
        View()  # type: ignore[call-arg]
    view = View.model_construct(coverage=None)
    with pytest.raises(TypeError):
        Page(view, None)  # type: ignore[arg-type]
    with pytest.raises(TypeError):
        render("borger.html", session=None, v=view)
