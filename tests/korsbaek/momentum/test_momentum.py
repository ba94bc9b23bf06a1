"""Momentum keeps rammearkitektur 7.4: its token and key, its ways of paging, and everything that the town holds."""

from collections.abc import Iterator
from datetime import datetime

import pytest

from tests.korsbaek.further import Further, running


@pytest.fixture(scope="module")
def momentum(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Further]:
    """Momentum, logged in."""
    with running(tmp_path_factory.mktemp("momentum"), "momentum") as found:
        token = found.token(resource=found.auth["resource"]).json()["access_token"]
        found.session.headers.update({"Authorization": f"Bearer {token}", "apikey": found.auth["apikey"]})
        yield found


def search(momentum: Further, number: int, size: int) -> dict[str, object]:
    """One page of all citizens."""
    asked = {"filters": [], "term": "*", "paging": {"pageNumber": number, "pageSize": size}}
    reply: dict[str, object] = momentum.post("/citizensearch", asked).json()
    return reply


def test_token_and_key_are_both_needed(momentum: Further) -> None:
    assert momentum.token().status_code == 400, "no resource"
    assert momentum.token(resource=momentum.auth["resource"], client_secret="x").status_code == 401
    citizen = momentum.shelf().rows("borgere")[0][0]
    for header in ("Authorization", "apikey"):
        kept = momentum.session.headers.pop(header)
        assert momentum.get(f"/citizens/{citizen}").status_code == 401
        momentum.session.headers[header] = kept
    assert momentum.get(f"/citizens/{citizen}").status_code == 200


def test_pages_count_from_nought_until_has_more_is_false(momentum: Further) -> None:
    whole = [body["id"] for body in momentum.shelf().each("borgere")]
    found, number = [], 0
    while True:
        page = search(momentum, number, 3)
        rows = page["data"]
        assert isinstance(rows, list) and len(rows) <= 3
        found += [row["id"] for row in rows]
        number += 1
        if not page["hasMore"]:
            break
    assert found == whole and len(whole) > 3
    assert search(momentum, number, 3) == {"data": [], "hasMore": False}


def test_the_other_search_skips(momentum: Further) -> None:
    asked = {"term": "*", "size": 3, "skip": 0, "allowedCategories": ["Caseworker"], "isActive": True}
    first = momentum.post("/search", asked).json()
    rest = momentum.post("/search", asked | {"skip": 3, "size": 200}).json()
    assert first["totalCount"] == rest["totalCount"] == len(first["results"]) + len(rest["results"]) > 3


def test_a_citizen_is_found_by_number_and_has_what_the_town_says(momentum: Further) -> None:
    shelf = momentum.shelf()
    for key, _ in shelf.rows("borgere"):
        cpr = shelf.owner("borgere", key)
        assert momentum.get("/citizens/find", cpr=cpr).json() == {"citizenId": key}
        assert momentum.get(f"/citizens/{key}").json()["cpr"] == cpr
        held = {kind: list(shelf.of(kind, cpr)) for kind in ("forloeb", "ansvarlige", "markeringer", "noter")}
        assert momentum.get(f"/citizen/{key}/personvisitationstatus").json() == held["forloeb"]
        assert momentum.get(f"/responsibleCaseworkers/all/byCitizen/{key}").json() == held["ansvarlige"]
        assert momentum.get("/tagassignments", referenceId=key).json() == held["markeringer"]
        assert momentum.get(f"/journals/{key}").json() == held["noter"]
    assert momentum.get("/citizens/find", cpr="3112999999").status_code == 404
    assert momentum.get("/journals/00000000-0000-4000-8000-000000000000").status_code == 404


def test_tasks_come_by_deadline_with_their_number(momentum: Further) -> None:
    shelf = momentum.shelf()
    most = max(shelf.rows("borgere"), key=lambda row: len(list(shelf.of("opgaver", row[1]["cpr"]))))[0]
    tasks = list(shelf.of("opgaver", shelf.owner("borgere", most)))
    asked = {"filters": [{"fieldName": "citizenId", "values": [most]}], "paging": {"pageNumber": 0, "pageSize": 1}}
    pages = [
        momentum.post("/tasks/citizen", asked | {"paging": {"pageNumber": n, "pageSize": 1}}).json()
        for n in range(len(tasks))
    ]
    assert {page["totalSearchCount"] for page in pages} == {len(tasks)}
    came = [task for page in pages for task in page["data"]]
    assert sorted(t["id"] for t in came) == sorted(t["id"] for t in tasks)
    due = [datetime.fromisoformat(task["deadline"]) for task in came]
    assert due == sorted(due) and {task["status"] for task in came} <= {0, 1, 3}
    assert momentum.post("/tasks/citizen", {"filters": []}).status_code == 400


def test_a_course_has_the_uuid_and_number_of_its_case_in_the_index(momentum: Further) -> None:
    shelf = momentum.shelf()
    same = [c for c in shelf.each("forloeb") if (sag := shelf.town.sag(c["id"])) and sag.master == "KMD Momentum"]
    assert same
    for course in same:
        sag = shelf.town.sag(course["id"])
        assert sag is not None and sag.nu.sagsnummer == course["caseNumber"]
