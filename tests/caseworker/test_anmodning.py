"""Hent igen as the caseworker meets it: one request however often the button is pressed, logged, and its receipt."""

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy import text

from canonical_model.store import engine
from caseworker import anmodning
from caseworker.roles import load_roles
from tests.caseworker.conftest import Browser, World
from tests.caseworker.facts import NOW, lookups
from tests.caseworker.test_api import client


def requests() -> list[dict[str, Any]]:
    """Every request, oldest first."""
    with engine("owner").connect() as connection:
        return [dict(r) for r in connection.execute(text("select * from anmodning order by id")).mappings()]


def answered(uid: UUID, tilstand: str, **svar: str) -> None:
    """A worker has executed the request: source to its state."""
    said = {k: {"state": v, "asked": ["stream"], "at": NOW.isoformat()} for k, v in svar.items()}
    with engine("sync").begin() as connection:
        connection.execute(
            text("update anmodning set tilstand = :t, afsluttet = :at, svar = cast(:svar as jsonb) where uid = :uid"),
            {"t": tilstand, "at": NOW, "svar": json.dumps(said), "uid": uid},
        )


@pytest.fixture
def api(app: FastAPI) -> TestClient:
    """Ali's client; he holds the role."""
    made = client(app, "familie")
    made.headers["X-Formaal"] = "egen_sag"
    return made


def test_the_button_asks_once_and_is_logged_with_its_purpose(ali: Browser, world: World) -> None:
    page = ali.find("1503841112").text
    assert "Hent igen" in page and 'id="hentes"' not in page
    for _ in range(3):
        answer = ali.submit(f"/borgere/{world.mette}/hent-igen", noegle="en")
        assert answer.status_code == 200 and "Anmodningen venter" in answer.text
    assert [(r["objekt"], r["noegle"], r["formaal"]) for r in requests()] == [
        (world.mette, "en", "Behandling af en sag, jeg arbejder på")
    ]
    rows = [r for r in lookups() if r["handling"] == "anmodning"]
    assert len(rows) == 3 and {(r["person"], r["resultat"]) for r in rows} == {(world.mette, "shown")}
    assert "Borgeren hentes igen" in ali.get(f"/borgere/{world.mette}").text


def test_without_the_role_there_is_no_button_and_no_request(karin: Browser, app: FastAPI, world: World) -> None:
    assert "Hent igen" not in karin.find("1503841112").text
    assert karin.submit(f"/borgere/{world.mette}/hent-igen", noegle="en").status_code == 403
    assert lookups()[-1]["resultat"] == "refused"
    api = client(app, "ydelse")
    assert api.post(f"/api/v1/borgere/{world.mette}/anmodninger", headers={"X-Formaal": "tilsyn"}).status_code == 403
    assert requests() == []


def test_a_foreign_form_and_a_stranger_make_no_request(ali: Browser, world: World) -> None:
    ali.find("1503841112")
    url = f"/borgere/{world.mette}/hent-igen"
    assert ali.post(url, data={"noegle": "en"}).status_code == 403
    assert ali.post(url, data={"csrf": ali.csrf}, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
    assert ali.submit(f"/borgere/{uuid4()}/hent-igen").status_code == 404
    assert requests() == []


def test_the_same_key_or_an_open_request_is_the_same_request(api: TestClient, app: FastAPI, world: World) -> None:
    url = f"/api/v1/borgere/{world.mette}/anmodninger"
    first = api.post(url, headers={"Idempotency-Key": "a"}).json()
    assert first["tilstand"] == "waiting" and {s["tilstand"] for s in first["systemer"]} == {"waiting"}
    assert api.post(url, headers={"Idempotency-Key": "b"}).json()["anmodning"] == first["anmodning"]
    answered(UUID(first["anmodning"]), "succeeded", cpr="succeeded")
    assert api.post(url, headers={"Idempotency-Key": "a"}).json()["tilstand"] == "succeeded"
    other = api.post(f"/api/v1/borgere/{world.bent}/anmodninger", headers={"Idempotency-Key": "a"})
    assert other.status_code == 409 and len(requests()) == 1
    assert api.post(url, headers={"Idempotency-Key": "c"}).json()["anmodning"] != first["anmodning"]
    assert api.get(f"/api/v1/anmodninger/{uuid4()}").status_code == 404


def test_a_crowd_that_presses_at_once_makes_one_request(world: World, config: object) -> None:
    ali = load_roles()["familie"]
    with ThreadPoolExecutor(8) as pool:
        made = set(pool.map(lambda n: anmodning.ask(ali, world.mette, "Tilsyn", f"key {n}"), range(24)))
    assert len(made) == 1 and len(requests()) == 1


def test_nobody_reads_more_than_so_many_in_so_short_a_time(
    api: TestClient, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = f"/api/v1/borgere/{world.mette}/anmodninger"
    for _ in range(anmodning.MANY):
        answered(UUID(api.post(url).json()["anmodning"]), "succeeded", cpr="succeeded")
    assert api.post(url).status_code == 429
    assert lookups()[-1]["resultat"] == "refused" and len(requests()) == anmodning.MANY
    monkeypatch.setenv("HELHED_NOW", (NOW + anmodning.WITHIN + timedelta(seconds=1)).isoformat())
    assert api.post(url).status_code == 200


def test_the_receipt_names_each_system_and_counts_only_what_one_may_see(
    ali: Browser, api: TestClient, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = api.post(f"/api/v1/borgere/{world.mette}/anmodninger").json()
    monkeypatch.setenv("HELHED_NOW", (NOW + timedelta(minutes=1)).isoformat())
    world.facts.kendt = NOW + timedelta(seconds=30)
    world.facts.sag(world.mette, "Ny sag om merudgifter", "27.54.03", 3, nummer="FAM-2026-9")
    world.facts.sag(world.mette, "Endnu mere hemmelig", "32.24.04", 4, nummer="VIP-2")
    world.facts.write()
    answered(UUID(made["anmodning"]), "partial", cpr="succeeded", sdi="succeeded", nexus="failed", sbsys="not_asked")
    answer = api.get(f"/api/v1/anmodninger/{made['anmodning']}").json()
    said = {s["kilde"]: (s["tilstand"], s["nyt"]) for s in answer["systemer"]}
    assert said == {
        "cpr": ("succeeded", 0), "sdi": ("succeeded", 1), "nexus": ("failed", 0), "sbsys": ("not_asked", 0),
        "ydi": ("failed", 0),
    }  # fmt: skip
    assert answer["opslag"] == str(lookups()[-1]["uid"]) and answer["coverage"]["kilder"]
    ali.find("1503841112")
    page = ali.get(f"/borgere/{world.mette}/hent-igen").text
    assert "1 oplysning er ny eller ændret" in page and "intet er ændret" in page
    assert "kan ikke spørges om én borger" in page and "Sonja Damm" in page
    assert "Borgeren er hentet delvist" in ali.get(f"/borgere/{world.mette}").text
