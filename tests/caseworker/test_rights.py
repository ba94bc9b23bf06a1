"""Every route, every role, now and looking back: nothing is shown but what a plain reading of the store allows."""

import re
from dataclasses import replace
from itertools import product
from typing import Any
from uuid import UUID

import pytest
from fastapi import FastAPI
from fastapi.routing import APIRoute
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from canonical_model.store import engine
from caseworker.app import create_app
from caseworker.principal import ROLLER, SE_ADRESSE, SE_OVERBLIK, SOEG_BORGER, Grant, Principal
from caseworker.tid import tid
from tests.caseworker.conftest import Browser
from tests.caseworker.facts import CVR, Facts
from tests.caseworker.oracle import KIND, Oracle
from tests.caseworker.test_predicate import (
    BETALINGER,
    BEVILLINGER,
    DAYS,
    DOKUMENTER,
    FACTS,
    KILDER,
    SAGER,
    THINGS,
    Fact,
    moments,
    one,
    principals,
    rows,
    write,
)  # fmt: skip

MARK = re.compile(r"(?:sag|dokument|bevilling|effektuering|krav|linje)_\d+_")
KRAV = [UUID(int=80 + number) for number in range(2)]
ALL = {**THINGS, "krav": KRAV}
KEYS = {o: f"{kind}_{number}_" for kind, objekter in ALL.items() for number, o in enumerate(objekter)}
SAID = {
    "sag": ("titel", "beskrivelse", "hjemmel"), "journalnotat": ("titel", "notat", "forfatter"),
    "sagsaktoer": ("fuldt_navn",), "dokument": ("titel",), "oekonomiskeffektuering": ("udbetalt_tekst",),
    "sagspart": ("fuldt_navn",), "sagsklasse": ("klassetitel",), "krav": ("titel", "art"),
}  # fmt: skip
"""Columns that some page shows; each carries the mark of the object that it tells of."""
PEOPLE = [UUID(int=5000), UUID(int=5001)]
PARTS = st.one_of(
    rows("sagspart", SAGER, rolle="primaer_part", type="person", part=one(PEOPLE)),
    rows("sagspart", SAGER, rolle="primaer_part", type="person", part=one(PEOPLE)),
    rows("journalpost", SAGER, rolle="tilakteret", dokument=one(DOKUMENTER)),
    rows("dokumentpart", DOKUMENTER, rolle="parter", part=one(PEOPLE)),
    rows("bevillingspart", BEVILLINGER, rolle="ydelsesmodtager", part=one(PEOPLE)),
    rows("effektueringspart", BETALINGER, rolle="effektueringsmodtager", part=one(PEOPLE)),
    rows("sagsrelation", SAGER, rolle="andre_sager", reference=one(SAGER)),
    rows("krav", KRAV, part=one(PEOPLE)),
)


readers = st.builds(
    lambda p, wide: replace(p, grants=(*p.grants, wide)),
    principals, one([Grant(CVR, ("*",), 3), Grant(CVR, ("*",), 2), Grant(CVR, ("32.*", "27.*"), 2)]),
)  # fmt: skip


def marked(facts: list[Fact], people: list[UUID]) -> list[Fact]:
    """The facts with marks in what pages show, and the people in place of their numbers."""
    out: list[Fact] = []
    for number, (name, values) in enumerate(facts):
        v = {k: people[PEOPLE.index(x)] if x in PEOPLE else x for k, x in values.items()}
        key = KEYS.get(v["objekt"], "")
        v |= {column: f"{key} tekst" for column in SAID.get(name, ())}
        if name == "sag":
            v["sagsnummer"] = f"NR-{SAGER.index(v['objekt'])}"
        if name == "journalpost" and v.get("dokument"):
            v["dokumenttitel"] = f"{KEYS[v['dokument']]} {key}"
        if name == "bevilgetydelse":
            v["navn"] = f"linje_{number}_"
        out.append((name, v))
    return out


def walk(app: FastAPI) -> list[tuple[str, str]]:
    """Every method and path there is; a path part that nobody here can fill in is a fault of this test."""
    found = [(m, r.path) for r in app.routes if isinstance(r, APIRoute) for m in sorted(r.methods)]
    unknown = {p for _, path in found for p in re.findall(r"{(\w+)[^}]*}", path)} - {"person", "sag", "anmodning"}
    assert not unknown, f"say here what {unknown} is, so that the new route is tested too"
    return sorted((f for f in found if f[1] != "/logud"), key=lambda f: "login" in f[1])


def ask(client: TestClient, method: str, url: str, q: str, when: dict[str, str], csrf: str) -> Any:
    """One call with everything that any route asks for."""
    body = {"q": q, "formaal": "tilsyn", "begrundelse": "borgeren bad om et brev", "bruger": "ydelse", "csrf": csrf}
    headers = {"X-CSRF-Token": csrf}
    if method == "GET":
        return client.get(url, params=when, follow_redirects=False)
    if url.startswith("/api/"):
        return client.post(url, params=when, json=body, headers=headers, follow_redirects=False)
    return client.post(url, params=when, data=body, headers=headers, follow_redirects=False)


def request_of(person: UUID) -> UUID:
    """The latest request about a citizen, else none that there is."""
    sql = "select uid from anmodning where objekt = :person order by id desc limit 1"
    with engine("owner").connect() as connection:
        return connection.execute(text(sql), {"person": person}).scalar() or UUID(int=1)


def allowed(p: Principal, when: dict[str, str]) -> set[str]:
    """The marks of everything that may be seen at these instants."""
    with engine("owner").connect() as connection:
        oracle = Oracle(connection, p, tid(when.get("kendt"), when.get("sand")))
        seen = {KEYS[o] for kind, objekter in ALL.items() for o in objekter if oracle.visible(kind, o)}
        lines = connection.execute(text("select * from bevilgetydelse")).mappings().all()
        return seen | {str(r["navn"]) for r in lines if oracle.line(dict(r))}


def campaign(app: FastAPI, people: list[UUID], examples: int) -> None:
    """Random stores, principals, roles and instants over all routes."""
    shown = {True: 0, False: 0}

    @settings(max_examples=examples, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck),
              phases=[Phase.generate])  # fmt: skip
    @given(
        readers, st.lists(FACTS, min_size=6, max_size=24), st.lists(PARTS, min_size=4, max_size=14),
        st.sampled_from([ROLLER, ROLLER, ROLLER, *({r} for r in sorted(ROLLER)), ROLLER - {SE_ADRESSE}, set()]),
        moments, moments,
    )  # fmt: skip
    def leaks(p: Principal, facts: list[Fact], parts: list[Fact], roles: Any, known_on: Any, true_on: Any) -> None:
        p = replace(p, id="ydelse", roller=frozenset(roles))
        app.state.caseworkers["ydelse"] = p
        with engine("owner").begin() as connection:
            for name in [n for n, kind in KIND.items() if kind] + ["sikkerhedsprofil"]:
                connection.execute(text(f"delete from {name}"))
            anchors = [
                ("sag", {"objekt": s, "source": "a", "known": (DAYS[0], None), "true": (None, None)}) for s in SAGER
            ]
            write(connection, marked([*anchors, *facts, *parts], people))
        when = {k: v.isoformat() for k, v in (("kendt", known_on), ("sand", true_on)) if v}
        browser = Browser(app, "ydelse")
        csrf = browser.csrf
        browser.post("/soeg", data={"csrf": csrf, "q": "x", "formaal": "tilsyn"})
        now, then = allowed(p, {}), allowed(p, when)
        for method, path in walk(app):
            looked = when if method == "GET" else {}
            for person, sag in product(people, SAGER) if "{" in path else [(people[0], SAGER[0])]:
                for q in ("NR-0", "NR-1", "0101011111") if "search" in path or path == "/soeg" else ("NR-0",):
                    url = path.replace("{person}", str(person)).replace("{sag}", str(sag))
                    url = url.replace("{anmodning}", str(request_of(person)))
                    answer = ask(browser, method, url, q, looked, csrf)
                    assert answer.status_code < 500, (method, path)
                    marks = set(MARK.findall(answer.text))
                    assert marks <= (then if looked else now), (method, path, looked)
                    shown[bool(looked)] += len(marks)
                    role = SE_ADRESSE if "adresse" in path else SE_OVERBLIK
                    if not {SE_OVERBLIK, role} <= p.roller:
                        assert not marks, (method, path)
                    if "/adresse" not in path or SE_ADRESSE not in p.roller:
                        assert "Hemmeligvej" not in answer.text, (method, path)
                    if "search" in path and not p.may(SE_OVERBLIK if q.startswith("NR") else SOEG_BORGER):
                        assert answer.status_code == 403, (method, path, q)
                if "{person}" not in path and "{sag}" not in path:
                    break

    leaks()
    assert min(shown.values()) > 5, shown


@pytest.fixture
def people(store: dict[str, str], clock: None) -> list[UUID]:
    """Two citizens, one of them protected, and the systems of the predicate's test."""
    f = Facts()
    for id, (cvr, kle, level) in KILDER.items():
        f.kilde(id, level, kle, cvr)
    f.kilde("cpr", 2, "23")
    found = [f.person("0101011111", "Mette Holm", "Hemmeligvej 7, 3650 Ølstykke", beskyttet=True)]
    found.append(f.person("0202021111", "Bent Holm", "Birkevej 9, 3650 Ølstykke"))
    f.fact("personrelation", found[1], "cpr", relationstype="barn", reference=found[0])
    f.write()
    return found


def test_no_route_shows_more_than_the_rules_allow(people: list[UUID], config: object) -> None:
    campaign(create_app(), people, 4)


@pytest.mark.full
def test_no_route_shows_more_over_many_stores(people: list[UUID], config: object) -> None:
    campaign(create_app(), people, 80)
