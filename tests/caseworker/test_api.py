"""The JSON API gives the same answers, each with its receipt and the id of its log row."""

import json
import re
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from canonical_model.kilde import StreamState
from canonical_model.landing import Quarantine
from tests.caseworker.conftest import Browser, World
from tests.caseworker.facts import NOW, lookups


def client(app: FastAPI, bruger: str) -> TestClient:
    """An API client with a bearer token."""
    api = TestClient(app, base_url="http://127.0.0.1", raise_server_exceptions=False)
    token = api.post("/api/v1/login", json={"bruger": bruger}).json()["token"]
    api.headers["Authorization"] = f"Bearer {token}"
    return api


@pytest.fixture
def api(app: FastAPI) -> TestClient:
    """Karin's."""
    return client(app, "ydelse")


def test_search_then_open(api: TestClient, world: World) -> None:
    found = api.post("/api/v1/borgere/search", json={"q": "150384-1112", "formaal": "tilsyn"}).json()
    assert [b["person"] for b in found["borgere"]] == [str(world.mette)]
    assert found["borgere"][0]["adresse"] is None and found["borgere"][0]["beskyttet"]
    citizen = api.get(f"/api/v1/borgere/{world.mette}").json()
    assert citizen["hvem"]["navn"]["vaerdi"] == "Mette Lund Sørensen"
    assert citizen["hvem"]["adresse"] is None
    assert citizen["hvem"]["civilstand"]["andre"][0]["vaerdi"] == "Skilt"
    assert citizen["skjult"]["sager"] == 2
    assert citizen["opslag"] == str(lookups()[-1]["svar"])
    assert lookups()[-1]["kanal"] == "api"


def test_receipt_tells_every_source_apart(api: TestClient, world: World) -> None:
    answer = api.get(f"/api/v1/borgere/{world.mette}", headers={"X-Formaal": "tilsyn"}).json()
    status = {k["kilde"]: k["status"] for k in answer["coverage"]["kilder"]}
    assert status == {"cpr": "data", "sdi": "data", "sbsys": "data", "ydi": "data", "nexus": "failed"}
    nexus = next(k for k in answer["coverage"]["kilder"] if k["kilde"] == "nexus")
    assert nexus["failing_since"] == "2026-11-20T21:00:00Z" and nexus["systemejer"] == "Sonja Damm"
    world.facts.kilde("ny", 2, "00", complete_as_of=None)
    world.facts.kilde("tom", 2, "00")
    world.facts.kilde("spurgt", 2, "00", shape="keyed", by_person=True)
    world.facts.kilde("lukket", 3, "27")
    world.facts.sag(world.bent, "Hjemmehjælp", "27.36.04", 3, "lukket")
    world.facts.write()
    answer = api.get(f"/api/v1/borgere/{world.bent}", headers={"X-Formaal": "tilsyn"}).json()
    status = {k["kilde"]: k["status"] for k in answer["coverage"]["kilder"]}
    assert status["ny"] == status["spurgt"] == "not_asked"
    assert status["tom"] == "none" and status["lukket"] == "not_allowed"
    assert answer["skjult"]["sager"] == 1


def test_receipt_is_as_old_as_its_oldest_stream(api: TestClient, world: World) -> None:
    """Also when that one is asked case by case."""
    before = NOW - timedelta(days=2)
    world.facts.kilde("arkiv", 2, "00")
    world.facts.row(StreamState, source="arkiv", stream="dokumenter", shape="keyed", complete_as_of=before)
    world.facts.write()
    answer = api.get(f"/api/v1/borgere/{world.mette}", headers={"X-Formaal": "tilsyn"}).json()
    (line,) = [k for k in answer["coverage"]["kilder"] if k["kilde"] == "arkiv"]
    assert (datetime.fromisoformat(line["complete_as_of"]), line["status"], line["stale"]) == (before, "none", True)


def test_receipt_counts_what_could_not_be_read(api: TestClient, world: World) -> None:
    """Of the citizen and of nobody known; what is another's is not this citizen's matter."""
    for key, owner in (("1", None), ("2", world.mette), ("3", world.bent)):
        world.facts.row(
            Quarantine, source="sbsys", stream="sager", key=key, field="Nummer", reason="missing", since=NOW, body=b"",
            owner=owner,
        )  # fmt: skip
    world.facts.write()
    for person, count in ((world.mette, 2), (world.bent, 2), (uuid4(), 1)):
        answer = api.get(f"/api/v1/borgere/{person}", headers={"X-Formaal": "tilsyn"})
        if answer.status_code == 200:
            lines = {k["kilde"]: k["parkeret"] for k in answer.json()["coverage"]["kilder"]}
            assert lines == {"cpr": 0, "sdi": 0, "ydi": 0, "nexus": 0, "sbsys": count}
    whole = api.get("/api/v1/kilder").json()["coverage"]["kilder"]
    assert [k["parkeret"] for k in whole if k["kilde"] == "sbsys"] == [3]


def test_two_caseworkers_differ_everywhere(app: FastAPI, world: World) -> None:
    seen = {}
    for bruger in ("ydelse", "familie"):
        api = client(app, bruger)
        headers = {"X-Formaal": "egen_sag"}
        citizen = api.get(f"/api/v1/borgere/{world.mette}", headers=headers).json()
        timeline = api.get(f"/api/v1/borgere/{world.mette}/tidslinje", params={"art": "sag"}).json()
        search = api.post("/api/v1/sager/search", json={"q": "FAM-2026-2", "formaal": "egen_sag"}).json()
        seen[bruger] = (
            {s["sagsnummer"] for s in citizen["sager"]},
            any("Merudgifter" in e["tekst"] for e in timeline["tidslinje"]),
            len(search["sager"]),
            search["skjulte_sager"],
            api.get(f"/api/v1/sager/{world.familiesag}").status_code,
        )
    assert seen["ydelse"] == ({"KSD-2026-1"}, False, 0, 1, 404)
    assert seen["familie"] == ({"KSD-2026-1", "FAM-2026-2", "DAG-2026-3"}, True, 1, 0, 200)


def test_timeline_filters(api: TestClient, world: World) -> None:
    def ask(**query: str) -> list[dict[str, str]]:
        url = f"/api/v1/borgere/{world.mette}/tidslinje"
        return list(api.get(url, params=query, headers={"X-Formaal": "tilsyn"}).json()["tidslinje"])

    everything = ask()
    assert {e["art"] for e in everything} >= {"sag", "dok", "notat", "ydelse", "data"}
    assert everything == sorted(everything, key=lambda e: e["tid"], reverse=True)
    assert {e["art"] for e in ask(art="ydelse")} == {"ydelse"}
    assert all("ydi" in e["kilde"] for e in ask(kilde="ydi"))
    assert all(e["kle"].startswith("32.") for e in ask(kle="32"))
    assert ask(kle="3") == []
    assert all(e["tid"] >= "2026-11-10" for e in ask(fra="2026-11-11"))
    assert api.get(f"/api/v1/borgere/{world.mette}/tidslinje", params={"fra": "i går"}).status_code == 422


def test_money(api: TestClient, world: World) -> None:
    citizen = api.get(f"/api/v1/borgere/{world.mette}", headers={"X-Formaal": "tilsyn"}).json()
    assert [y["navn"] for y in citizen["ydelser"]] == ["Sygedagpenge"]
    assert [u["kommende"] for u in citizen["udbetalinger"]] == [True, False]
    assert citizen["udbetalinger"][0]["beloeb"] == "9214"


def test_errors_echo_nothing(api: TestClient, karin: Browser, app: FastAPI, world: World) -> None:
    number = "1503841112"
    for answer in (
        api.get(f"/api/v1/borgere/{number}"),
        api.post("/api/v1/borgere/search", json={"q": [number]}),
        api.post("/api/v1/borgere/search", content=f"{{{number}"),
        karin.get(f"/borgere/{number}"),
        karin.get(f"/{number}"),
        karin.submit("/soeg", q=number * 100),
    ):
        assert answer.status_code in (404, 422)
        assert number not in answer.text
    outside = TestClient(app, base_url="http://127.0.0.1")
    assert outside.get(f"/api/v1/borgere/{world.mette}").status_code == 401


def test_openapi_describes_the_api_only(api: TestClient) -> None:
    document = api.get("/api/v1/openapi.json").json()
    assert set(document["paths"]) == {
        "/api/v1/login", "/api/v1/borgere/search", "/api/v1/sager/search", "/api/v1/borgere/{person}",
        "/api/v1/borgere/{person}/tidslinje", "/api/v1/borgere/{person}/adresse", "/api/v1/sager/{sag}",
        "/api/v1/kilder", "/api/v1/borgere/{person}/anmodninger", "/api/v1/anmodninger/{anmodning}",
    }  # fmt: skip
    for path, operations in document["paths"].items():
        for operation in operations.values():
            name = operation["responses"]["200"]["content"]["application/json"]["schema"]["$ref"].split("/")[-1]
            properties = document["components"]["schemas"][name]["properties"]
            assert path == "/api/v1/login" or {"coverage", "opslag"} <= set(properties), path


def test_no_url_of_ours_holds_a_number(karin: Browser, world: World) -> None:
    pages = [karin.find("1503841112"), karin.find("bent sørensen"), karin.get(f"/sager/{world.ydelsessag}")]
    urls = [str(r.url) for p in pages for r in [*p.history, p]]
    urls += [u for p in pages for u in re.findall(r'(?:href|action|src)="([^"]*)"', p.text)]
    assert len(urls) > 20
    for url in urls:
        assert not re.search(r"(?<![0-9a-f-])\d{6}-?\d{4}(?![0-9a-f-])", url), url
    titles = [t for p in pages for t in re.findall(r"<title>(.*?)</title>", p.text)]
    assert not re.search(r"\d{6}", json.dumps(titles))
