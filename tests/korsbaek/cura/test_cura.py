"""Cura keeps rammearkitektur 7.10: three steps of login, and FHIR searches by change, page by page."""

from collections.abc import Iterator
from typing import Any

import pytest
import requests

from tests.korsbaek.further import Further, running

KINDS = ("Patient", "ProcedureRequest", "Communication")
ROLE = {"organization": "Korsbæk Kommune", "userRole": "Integration", "apiVersion": "1"}


@pytest.fixture(scope="module")
def cura(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Further]:
    """Cura, logged in as its public client does."""
    with running(tmp_path_factory.mktemp("cura"), "cura") as found:
        auth = found.auth
        address = found.get(auth["login_url"] + auth["username"]).text.strip('"')
        assert address == auth["token_url"]
        word = {"username": auth["username"], "password": auth["password"], "client_id": auth["client_id"]}
        token = found.token(grant_type="password", **word).json()["access_token"]
        found.session.headers.update({"Authorization": f"Bearer {token}", "CURA-API-KEY": auth["api_key"]})
        session = found.session.post(found.url + "/session-token", data=ROLE, timeout=10)
        found.session.headers["CuraSessionToken"] = f"Bearer {session.json()['sessionToken']['tokenString']}"
        yield found


def walk(cura: Further, address: str, **query: Any) -> list[dict[str, Any]]:
    """Every entry of a search, by next links."""
    reply, found = cura.get(address, **query).json(), []
    while True:
        assert reply["resourceType"] == "Bundle" and reply["type"] == "searchset"
        found += reply["entry"]
        following = [link["url"] for link in reply["link"] if link["relation"] == "next"]
        if not following:
            return found
        reply = cura.get(following[0]).json()


def ids(entries: list[dict[str, Any]]) -> list[str]:
    """The ids of those that the search picked."""
    return [e["resource"]["id"] for e in entries if e["search"]["mode"] == "match"]


def test_each_of_the_three_headers_is_needed(cura: Further) -> None:
    for header in ("Authorization", "CURA-API-KEY", "CuraSessionToken"):
        kept = cura.session.headers.pop(header)
        answer = cura.get("/Patient")
        assert answer.status_code == 401 and answer.json()["resourceType"] == "OperationOutcome"
        cura.session.headers[header] = kept
    assert requests.post(cura.url + "/session-token", data=ROLE, timeout=10).status_code == 401


@pytest.mark.parametrize("kind", KINDS)
def test_pages_hold_everything_once_oldest_change_first(cura: Further, kind: str) -> None:
    whole = walk(cura, f"/{kind}", _count=4, _sort="_lastUpdated")
    assert sorted(ids(whole)) == sorted(key for key, _ in cura.shelf().rows(kind)) and len(whole) > 4
    times = [e["resource"]["meta"]["lastUpdated"] for e in whole]
    assert times == sorted(times)
    assert cura.get(f"/{kind}", _count=1).json()["total"] == len(whole)


@pytest.mark.parametrize("kind", KINDS)
def test_what_changed_since_and_before_an_instant(cura: Further, kind: str) -> None:
    whole = walk(cura, f"/{kind}", _count=100)
    middle = whole[len(whole) // 2]["resource"]["meta"]["lastUpdated"]
    later = ids(walk(cura, f"/{kind}", _lastUpdated=f"ge{middle}"))
    before = ids(walk(cura, f"/{kind}", _lastUpdated=f"lt{middle}"))
    assert later and before and sorted(later + before) == sorted(ids(whole)) and not set(later) & set(before)
    assert cura.get(f"/{kind}", _lastUpdated=f"ge{middle}", _count=1).json()["total"] == len(later)
    assert ids(walk(cura, f"/{kind}", _lastUpdated=[f"ge{middle}", f"lt{middle}"])) == []
    assert cura.get(f"/{kind}", _lastUpdated="i går").status_code == 400


def test_citizens_come_with_what_names_them(cura: Further) -> None:
    found = walk(cura, "/ProcedureRequest", _include="ProcedureRequest:subject", _count=3)
    patients = {f"Patient/{e['resource']['id']}" for e in found if e["search"]["mode"] == "include"}
    named = {e["resource"]["subject"]["reference"] for e in found if e["search"]["mode"] == "match"}
    assert patients == named and patients
    one = sorted(named)[0]
    assert len(ids(walk(cura, "/ProcedureRequest", subject=one))) >= 1
    assert cura.get(f"/{one}").json()["id"] == one.partition("/")[2]
    assert cura.get("/Patient/0").status_code == 404


def test_a_citizen_is_found_by_number_and_ids_alone_can_be_asked_for(cura: Further) -> None:
    shelf = cura.shelf()
    key, _ = shelf.rows("Patient")[0]
    assert ids(walk(cura, "/Patient", identifier=shelf.owner("Patient", key))) == [key]
    bare = walk(cura, "/Patient", _elements="id,meta")
    assert all(set(e["resource"]) == {"resourceType", "id", "meta"} for e in bare)
