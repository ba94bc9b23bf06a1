"""Parkvagten keeps to the OpenAPI file that it ships."""

import json
from pathlib import Path

import jsonschema
import requests

from korsbaek.systems.parkering import CONTRACT
from tests.korsbaek.landscape.wire import said, session, wire


def test_all_permits_come_page_by_page_as_the_file_says(tmp_path: Path) -> None:
    file = json.loads(CONTRACT.read_text(encoding="utf-8"))
    schema = {"$ref": "#/components/schemas/Side", "components": file["components"]}
    with wire(tmp_path, "parkering") as (town, told):
        url, client = told["parkering"]["url"], session(told["parkering"])
        assert said(requests.get(url + "/openapi.json", timeout=10)) == file
        numbers: list[str] = []
        while True:
            page = said(client.get(url + "/api/v1/tilladelser", params={"side": 1 + len(numbers) // 3, "antal": 3}))
            sound = [p for p in page["tilladelser"] if "kundenummer" in p["indehaver"]]
            jsonschema.validate(page | {"tilladelser": sound}, schema)
            numbers += [p["nummer"] for p in page["tilladelser"]]
            if len(page["tilladelser"]) < 3:
                break
        assert numbers == sorted(set(numbers)) and len(numbers) == page["ialt"]
        assert [(len(numbers),)] == town.rows("select count(*) from record where system = 'parkering'")
        for wrong in ({"side": "0"}, {"side": "x"}, {"antal": "-1"}):
            assert client.get(url + "/api/v1/tilladelser", params=wrong, timeout=10).status_code == 400
        assert requests.get(url + "/api/v1/tilladelser", timeout=10).status_code == 401


def test_no_permit_holds_a_cpr_number(tmp_path: Path) -> None:
    with wire(tmp_path, "parkering") as (town, _):
        numbers = {cpr for (cpr,) in town.rows("select cpr from person")}
        bodies = " ".join(body for (body,) in town.rows("select body from record where system = 'parkering'"))
        assert not any(cpr in bodies for cpr in numbers)
