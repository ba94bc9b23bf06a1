"""The four legs: each its own server with the contract that it ships, and one application's way through them."""

import json
from pathlib import Path
from typing import Any

import jsonschema
import requests

from korsbaek.night import pass_night
from korsbaek.systems.koerekort.leg import CONTRACT, LEGS
from tests.korsbaek.landscape.wire import said, session, wire


def steps(told: dict[str, Any], size: int = 4) -> list[dict[str, Any]]:
    """All steps of a leg, page by page."""
    client, found = session(told), []
    while True:
        page = said(client.get(told["url"] + "/api/trin", params={"fra": len(found), "antal": size}, timeout=10))
        found += page["trin"]
        if len(page["trin"]) < size:
            assert page["ialt"] == len(found)
            return found


def test_each_leg_keeps_its_contract_and_the_case_is_one(tmp_path: Path) -> None:
    file = json.loads(CONTRACT.read_text(encoding="utf-8"))
    schema = {"$ref": "#/components/schemas/Trin", "components": file["components"]}
    with wire(tmp_path, *LEGS) as (town, told):
        cpr = town.meta("showcase")
        mine = []
        for system, leg in LEGS.items():
            assert said(requests.get(told[system]["url"] + "/openapi.json", timeout=10)) == file
            assert requests.get(told[system]["url"] + "/api/trin", timeout=10).status_code == 401
            found = steps(told[system])
            for step in found:
                if step["status"] != "Måske":
                    jsonschema.validate({k: v for k, v in step.items() if v is not None}, schema)
                assert step["led"] == leg.led
            mine += [step for step in found if step["cpr"].replace("-", "") == cpr]
        assert [step["led"] for step in mine] == [leg.led for leg in LEGS.values()]
        assert len({step["sagUuid"] for step in mine}) == 1
        assert [step["status"] for step in mine] == ["Færdig", "Færdig", "Færdig", "I gang"]


def test_what_a_leg_has_done_comes_to_the_next(tmp_path: Path) -> None:
    with wire(tmp_path, *LEGS) as (town, told):
        for _ in range(3):
            before = {system: {s["trinId"] for s in steps(told[system])} for system in LEGS}
            pass_night(town, tmp_path)
            for leg in LEGS.values():
                new = {s["ansoegning"] for s in steps(told[leg.system]) if s["trinId"] not in before[leg.system]}
                assert len(new) == 1 or not leg.foer, leg.led
                if leg.foer:
                    done = {s["ansoegning"] for s in steps(told[leg.foer]) if s["status"] == "Færdig"}
                    assert new <= done
