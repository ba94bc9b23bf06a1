"""WorkZone as a plain HTTP client meets it: token with scope, only ID without $select, pages by nextLink."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import requests

from korsbaek import municipality
from korsbaek.landscape.records import shelf
from korsbaek.town import Town


@dataclass
class Door:
    """WorkZone, and what opens it."""

    url: str
    auth: dict[str, Any]
    folder: Path

    def token(self, **change: str) -> requests.Response:
        """Ask Entra ID for a token."""
        form = {k: self.auth[k] for k in ("client_id", "client_secret", "scope")}
        form |= {"grant_type": "client_credentials", **change}
        return requests.post(self.auth["token_url"], data=form, timeout=30)

    def get(self, link: str, **params: str) -> requests.Response:
        """Ask with a good token."""
        address = link if link.startswith("http") else f"{self.url}/{link}"
        head = {"Authorization": f"Bearer {self.token().json()['access_token']}"}
        return requests.get(address, params=params, headers=head, timeout=30)


@pytest.fixture(scope="module")
def door(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Door]:
    folder = tmp_path_factory.mktemp("workzone")
    municipality.up(folder, 160, 7, 0, date(2026, 3, 2), only=("workzone",), further=("workzone",))
    try:
        told = municipality.status(folder)["systems"]["workzone"]
        yield Door(told["url"], told["auth"], folder)
    finally:
        municipality.down(folder)


def test_a_token_needs_secret_and_scope(door: Door) -> None:
    assert door.token().status_code == 200
    assert door.token(client_secret="wrong").status_code == 401
    assert door.token(scope="").json()["error"] == "invalid_scope"
    refused = requests.get(f"{door.url}/Files", timeout=30)
    assert refused.status_code == 401 and refused.json()["error"]["code"] == "401.1;Unauthorized"


def test_without_select_only_the_id_comes(door: Door) -> None:
    page = door.get("Files").json()["value"]
    assert len(page) == 50 and all(set(entity) == {"ID"} for entity in page)
    one = door.get(f"Files('{page[0]['ID']}')", **{"$select": "Title,Created"}).json()
    assert set(one) == {"ID", "Title", "Created"} and date.fromisoformat(one["Created"])
    parties = door.get("Files", **{"$expand": "Parties($expand=Name($select=NameCode))"}).json()["value"][0]["Parties"]
    assert [set(p) for p in parties] == [{"ID", "Name"}] * len(parties) and set(parties[0]["Name"]) == {
        "ID",
        "NameCode",
    }


def test_pages_are_followed_to_the_end_and_no_further(door: Door) -> None:
    town = Town.open(door.folder / "town.db")
    for name, kind in (("Files", "sager"), ("Records", "dokumenter")):
        reply, seen = door.get(name, **{"$select": "Title"}).json(), []
        while True:
            seen += [entity["ID"] for entity in reply["value"]]
            if "@odata.nextLink" not in reply:
                break
            assert "$select=Title" in reply["@odata.nextLink"]
            reply = door.get(reply["@odata.nextLink"]).json()
        assert len(seen) == len(set(seen)) == shelf(town, "workzone").count(kind) > 50
    town.close()


@pytest.mark.parametrize(
    ("link", "params", "status"),
    [
        ("Files", {"$filter": "State_Value eq 'UB'"}, 400),
        ("Files", {"$expand": "Parties($select=ID"}, 400),
        ("Tables", {}, 404),
        ("Files('1')", {}, 404),
    ],
)
def test_what_is_not_answered_is_refused(door: Door, link: str, params: dict[str, str], status: int) -> None:
    assert door.get(link, **params).status_code == status
