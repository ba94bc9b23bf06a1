"""Every reply is what openapi.json says, page after page, and everything that the town holds."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from jsonschema import Draft202012Validator, FormatChecker

from korsbaek.systems.dagtilbud import CONTRACT
from tests.korsbaek.further import Further, running

KINDS = ("ansoegninger", "pladser")


@pytest.fixture(scope="module")
def vendor(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Further]:
    """The placement system, logged in."""
    with running(tmp_path_factory.mktemp("dagtilbud"), "dagtilbud") as found:
        found.session.headers["Authorization"] = f"Bearer {found.token().json()['access_token']}"
        yield found


def _nullable(schema: Any) -> Any:
    """OpenAPI 3.0's nullable as JSON Schema has it."""
    if isinstance(schema, dict):
        inner = {name: _nullable(value) for name, value in schema.items() if name != "nullable"}
        return {"anyOf": [inner, {"type": "null"}]} if schema.get("nullable") else inner
    return [_nullable(one) for one in schema] if isinstance(schema, list) else schema


def _faults(contract: dict[str, Any], path: str, status: str, reply: Any) -> list[str]:
    answer = contract["paths"][path]["get"]["responses"][status]["content"]["application/json"]["schema"]
    schema = _nullable({**answer, "components": contract["components"]})
    found = Draft202012Validator(schema, format_checker=FormatChecker()).iter_errors(reply)
    return [str(error.json_path) for error in found]


def test_the_contract_is_shown_to_anybody(vendor: Further) -> None:
    kept = vendor.session.headers.pop("Authorization")
    assert vendor.get("/openapi.json").json() == json.loads(CONTRACT.read_text(encoding="utf-8"))
    assert vendor.get("/v1/pladser").status_code == 401
    vendor.session.headers["Authorization"] = kept


@pytest.mark.parametrize("kind", KINDS)
def test_replies_keep_the_contract_but_for_the_malformed_record(vendor: Further, kind: str) -> None:
    contract = vendor.get("/openapi.json").json()
    reply = vendor.get(f"/v1/{kind}", antal=500).json()
    wrong = {path.partition("]")[0] for path in _faults(contract, f"/v1/{kind}", "200", reply)}
    assert len(wrong) == 1, "one record is malformed on purpose"
    for status, query in (("400", {"antal": "mange"}), ("400", {"antal": 0})):
        answer = vendor.get(f"/v1/{kind}", **query)
        assert str(answer.status_code) == status and not _faults(contract, f"/v1/{kind}", status, answer.json())


@pytest.mark.parametrize("kind", KINDS)
def test_pages_hold_everything_once(vendor: Further, kind: str) -> None:
    whole = [key for key, _ in vendor.shelf().rows(kind)]
    pages = [vendor.get(f"/v1/{kind}", spring=skip, antal=3).json() for skip in range(0, len(whole), 3)]
    assert {page["antalIAlt"] for page in pages} == {len(whole)} and len(pages) > 1
    assert [one["id"] for page in pages for one in page[kind]] == whole


def test_an_answer_is_due_within_three_months(vendor: Further) -> None:
    for one in vendor.shelf().each("ansoegninger"):
        assert one["forventetSvar"] == one["oensketFra"] or one["forventetSvar"] == "2026-02-30"
