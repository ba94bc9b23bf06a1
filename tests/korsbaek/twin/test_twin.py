"""A vendor's twin: it speaks the contract to plain clients, the same each time, and misbehaves as it is told."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests
import zeep

from korsbaek.numbers import passes_modulus_11
from korsbaek.twin.serve import running, twin

TUTORIAL = Path(__file__).parents[3] / "docs" / "tutorial"
BINDING = "{urn:fiktiv-havn:1}HavnBinding"


class Byg:
    """The OpenAPI twin, with its token."""

    def __init__(self, url: str) -> None:
        self.url = url
        token = requests.post(f"{url}/token", timeout=5).json()["access_token"]
        self.head = {"Authorization": f"Bearer {token}"}

    def get(self, path: str, **query: int) -> requests.Response:
        return requests.get(f"{self.url}/{path}", params=query, headers=self.head, timeout=2)

    def sager(self, skip: int = 0, limit: int = 100) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.get("sager", skip=skip, limit=limit).json()["sager"]
        return found


@pytest.fixture
def faults(tmp_path: Path) -> Path:
    return tmp_path / "faults.json"


@pytest.fixture
def byg(faults: Path) -> Iterator[Byg]:
    with running(twin(TUTORIAL / "openapi.json", records=7, faults=faults)) as url:
        yield Byg(url)


def test_it_answers_as_the_document_says(byg: Byg) -> None:
    from jsonschema import Draft202012Validator

    document = json.loads((TUTORIAL / "openapi.json").read_text(encoding="utf-8"))
    schema = json.loads(json.dumps(document["components"]["schemas"]["Sag"]).replace('"nullable": true', '"x": 1'))
    schema["properties"]["ansoeger"] = document["components"]["schemas"]["Part"]
    for sag in byg.sager():
        Draft202012Validator(schema).validate({k: v for k, v in sag.items() if v is not None})
        assert not passes_modulus_11(sag["ansoeger"]["cpr"]) and sag["ansoeger"]["cpr"][:4] != "0101"
    papers = [byg.get(f"sager/{s['id']}/dokumenter").json() for s in byg.sager()]
    assert any(papers) and all(isinstance(p, list) for p in papers)
    assert byg.get("sager/nobody/dokumenter").status_code == 404 and byg.get("andet").status_code == 404
    assert requests.get(f"{byg.url}/sager", timeout=2).status_code == 401


def test_its_pages_make_the_whole_and_a_seed_is_a_town(byg: Byg) -> None:
    whole = byg.sager()
    assert [s for skip in (0, 3, 6) for s in byg.sager(skip, 3)] == whole and len(whole) == 7
    assert byg.get("sager", skip=3, limit=3).json()["antal"] == 7
    with running(twin(TUTORIAL / "openapi.json", records=7)) as url:
        assert Byg(url).sager() == whole
    with running(twin(TUTORIAL / "openapi.json", seed=8, records=7)) as url:
        assert Byg(url).sager() != whole


@pytest.mark.parametrize(
    ("fault", "seen"),
    [
        ({"kind": "status", "status": 429, "retry_after": 7}, lambda r: r.status_code == 429),
        ({"kind": "error_in_200"}, lambda r: r.ok and "Message" in r.json()),
        ({"kind": "token_expired"}, lambda r: r.status_code == 401),
        ({"kind": "half_page"}, lambda r: len(r.json()["sager"]) == 2 and r.json()["antal"] == 7),
        ({"kind": "empty"}, lambda r: r.json() == {"sager": [], "antal": 0}),
        ({"kind": "duplicate_keys"}, lambda r: r.json()["sager"][-1] == r.json()["sager"][-2]),
        ({"kind": "repeated_page"}, lambda r: r.json()["sager"][0]["id"] == FIRST),
        ({"kind": "mass_deletion", "share": 0.45}, lambda r: 0 < r.json()["antal"] < 7),
        ({"kind": "missing", "field": "titel"}, lambda r: all("titel" not in s for s in r.json()["sager"])),
        ({"kind": "renamed", "field": "titel"}, lambda r: "titel" not in r.json()["sager"][0]),
        ({"kind": "nulls", "field": "kle"}, lambda r: r.json()["sager"][0]["kle"] is None),
    ],
)
def test_it_misbehaves_on_demand(byg: Byg, faults: Path, fault: dict[str, Any], seen: Any) -> None:
    global FIRST
    FIRST = byg.sager()[0]["id"]
    faults.write_text(json.dumps([fault | {"path": "sager"}]))
    asked = {"skip": 0, "limit": 4} if fault["kind"] in ("half_page", "mass_deletion") else {"skip": 3, "limit": 4}
    assert seen(byg.get("sager", **asked))
    faults.unlink()
    assert len(byg.sager()) == 7 or fault["kind"] == "token_expired"


FIRST = ""


@pytest.mark.parametrize("kind", ["truncated", "reset", "hang"])
def test_its_connection_breaks_on_demand(byg: Byg, faults: Path, kind: str) -> None:
    faults.write_text(json.dumps([{"kind": kind, "path": "sager"}]))
    with pytest.raises(requests.RequestException):
        byg.get("sager", skip=0, limit=4)


@pytest.fixture
def havn(faults: Path) -> Iterator[Any]:
    with running(twin(TUTORIAL / "service.wsdl", records=7, faults=faults)) as url:
        yield zeep.Client(str(TUTORIAL / "service.wsdl")).create_service(BINDING, url)  # type: ignore[no-untyped-call]


def test_a_client_made_from_the_wsdl_reads_it_strictly(havn: Any) -> None:
    whole = havn.HentTilladelser(Fra=0, Antal=100)
    assert whole.IAlt == 7 and len({t.TilladelseId for t in whole.Tilladelse}) == 7
    paged = [t.TilladelseId for fra in (0, 3, 6) for t in havn.HentTilladelser(Fra=fra, Antal=3).Tilladelse]
    assert paged == [t.TilladelseId for t in whole.Tilladelse]
    assert all(not passes_modulus_11(t.Ansoeger.Cpr) and t.Oprettet.tzinfo for t in whole.Tilladelse)


def test_the_service_misbehaves_on_demand(havn: Any, faults: Path) -> None:
    faults.write_text(json.dumps([{"kind": "error_in_200"}]))
    with pytest.raises(zeep.exceptions.Fault):
        havn.HentTilladelser(Fra=0, Antal=3)
    faults.write_text(json.dumps([{"kind": "half_page"}]))
    assert len(havn.HentTilladelser(Fra=0, Antal=4).Tilladelse) == 2
    faults.write_text(json.dumps([{"kind": "missing", "field": "KleEmne"}]))
    with pytest.raises(zeep.exceptions.XMLParseError):
        havn.HentTilladelser(Fra=0, Antal=4)
    faults.write_text(json.dumps([{"kind": "status", "status": 503}]))
    with pytest.raises(zeep.exceptions.TransportError):
        havn.HentTilladelser(Fra=0, Antal=4)


def test_a_file_that_is_no_contract_is_told_in_one_line(tmp_path: Path) -> None:
    for name, text in (("a.json", "[]"), ("b.json", "{"), ("c.json", '{"openapi": "3.0.0"}'), ("d.wsdl", "<x/>")):
        (tmp_path / name).write_text(text)
        with pytest.raises(ValueError) as said:
            twin(tmp_path / name)
        assert "\n" not in str(said.value)
