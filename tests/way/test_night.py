"""After a night: per stream exactly the changes that its contract reveals are written, and yesterday stays readable."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

import pytest

from caseworker.overblik.borger import read_borger
from caseworker.principal import ROLLER, Grant, Principal
from caseworker.tid import tid
from helhed.settings import now
from korsbaek import municipality
from tests.way.hub import SYSTEMS, Hub, expected

ANYTHING = Principal(uuid4(), "alt", "Ser Alt", "Test", "11111111", (Grant("11111111", ("*",), 4),), ROLLER)
OF_THE_READING = {"coverage", "kendt", "sand", "rejser", "opslag_paa_borgeren"}
"""What a page says of the reading itself, and not of the citizen."""


def parked_numbers(hub: Hub) -> set[str]:
    """Numbers of the persons whose CPR record is parked."""
    found = hub.rows(
        "select i.nummer from quarantine q join identitet i on i.objekt = q.owner"
        " where q.source = 'cpr' and i.art = 'cpr'"
    )
    return {nummer for (nummer,) in found}


def asked_by_turn(hub: Hub, page: dict[str, Any], began: datetime, parked: set[str]) -> dict[str, int]:
    """What came of the persons whom CPR is asked about in turn: those whose turn it was, and those that were parked."""
    found = hub.rows(
        "select i.nummer from asked a join identitet i on i.objekt = a.objekt"
        " where a.source = 'cpr' and a.asked >= %s and i.art = 'cpr'",
        (began,),
    )
    asked = {nummer for (nummer,) in found}
    mine = [r for r in page["records"] if r["revealed"] == "asked" and r["owner"] in asked]
    return {
        "new": sum(r["what"] == "mended" and r["owner"] in parked for r in mine),
        "changed": sum(r["owner"] not in parked for r in mine),
    }


def pages(persons: list[UUID], at: datetime) -> dict[UUID, dict[str, Any]]:
    """What the citizens' pages said at an instant."""
    return {
        person: read_borger(ANYTHING, person, tid(known_on=at, true_on=at)).model_dump(exclude=OF_THE_READING)
        for person in persons
    }


def differences(one: Any, other: Any, path: str = "") -> list[str]:
    """Where two pages differ, without what they say."""
    if isinstance(one, dict) and isinstance(other, dict) and one.keys() == other.keys():
        return [found for key in one for found in differences(one[key], other[key], f"{path}.{key}")]
    if isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        return [found for a, b in zip(one, other, strict=True) for found in differences(a, b, f"{path}[]")]
    return [] if one == other else [path]


@pytest.mark.timeout(240)
def test_each_stream_writes_what_its_contract_reveals(moving_hub: Hub) -> None:
    moving_hub.sync()
    for _ in range(2):
        told = municipality.night(moving_hub.town)
        assert {name.partition("/")[0] for name in told["streams"]} == set(SYSTEMS)
        began, parked = now(), parked_numbers(moving_hub)
        results = moving_hub.sync()
        for name, result in results.items():
            assert result.state == "succeeded", result
            kept = moving_hub.rows(
                "select stream, new, changed, gone, held from run_stream where run = %s", (result.run_id,)
            )
            for stream, new, changed, gone, held in kept:
                page = told["streams"].get(f"{name}/{stream}", {"revealed": {}, "records": []})
                wanted = expected(page)
                if name == "cpr":
                    for what, number in asked_by_turn(moving_hub, page, began, parked).items():
                        wanted[what] += number
                assert {"new": new, "changed": changed, "gone": gone} == wanted, (name, stream)
                assert held == 0


@pytest.mark.timeout(240)
def test_yesterday_can_still_be_read(moving_hub: Hub) -> None:
    moving_hub.sync()
    evening = now()
    persons = [p for (p,) in moving_hub.rows("select person from personopslag order by navn_sort limit 40")]
    assert len(persons) >= 30
    yesterday = pages(persons, evening)
    for _ in range(2):
        municipality.night(moving_hub.town)
        moving_hub.sync()
    again = pages(persons, evening)
    for person in persons:
        # A protection that came in the night holds for yesterday's page too.
        covered = again[person]["hvem"]["beskyttet"] and not yesterday[person]["hvem"]["beskyttet"]
        may_differ = {".hvem.beskyttet", ".hvem.adresse"} if covered else set()
        assert set(differences(again[person], yesterday[person])) <= may_differ
    today = pages(persons, now())
    assert sum(today[person] != yesterday[person] for person in persons) > 3
