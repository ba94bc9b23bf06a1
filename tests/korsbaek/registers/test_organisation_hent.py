"""OrganisationHent on the wire: the published schema, both doors saying the same, and the errors that come with 200."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
import requests

from canonical_model.draft import UNSET, Draft
from connectors import retry
from connectors.contract import NAMELESS, Access, Ask, Record
from connectors.errors import AccessError, ContractError, RecordError, TransientError
from connectors.organisation import CONNECTOR
from connectors.organisation.hent import FELTER
from connectors.recording import read_all, through
from korsbaek.systems import organisation
from korsbaek.systems.graphql.execute import InvalidError, validate
from korsbaek.systems.graphql.query import parse
from korsbaek.systems.graphql.schema import types
from korsbaek.systems.organisation.hent import SCHEMA
from korsbaek.town import CVR, Town
from tests.korsbaek.registers.real import Unchecked
from tests.korsbaek.registers.test_organisation import NOW, URL
from tests.korsbaek.registers.test_organisation import door as soap_door

assert soap_door
HISTORY = {"virkning_fra", "registreret", "flag"}
"""What a snapshot cannot say."""


@pytest.fixture
def hent(register_town: Town) -> Unchecked:
    return Unchecked(organisation.app(register_town, {"url": URL, "page": 7}))


def read(register: Any, **options: Any) -> dict[str, list[Record]]:
    with through(register):
        api = CONNECTOR.open(Access(url=URL, myndighed=CVR, options={"list_size": 5, **options}))
        return {s.name: read_all(s, api, NOW) for s in CONNECTOR.streams}


def now(records: dict[str, list[Record]]) -> tuple[dict[str, dict[str, Any]], set[str]]:
    """What is said of each object at present, without history; and what is parked."""
    found: dict[str, dict[str, Any]] = {}
    parked = set[str]()
    for stream in CONNECTOR.streams:
        for record in records[stream.name]:
            try:
                drafts = list(stream.translate(stream.parse(record.body)))
            except RecordError:
                parked.add(record.key)
                continue
            last = max(drafts, key=lambda d: (d.virkning_fra is None, d.virkning_fra or NOW))
            found[record.key] = _said(last)
    return found, parked


def _said(draft: Draft) -> dict[str, Any]:
    fields = {name: getattr(draft, name) for name in draft.__struct_fields__ if name not in HISTORY}
    return {name: None if value is UNSET else value for name, value in fields.items()}


def test_both_doors_say_the_same(hent: Unchecked, soap_door: Any) -> None:
    """But for history, and for what is malformed in either: one is parked by its UUID, the other comes as null."""
    by_graphql, nulls = now(read(hent, door="graphql", page_size=5))
    by_soap, parked = now(read(soap_door, page_size=9))
    assert len(by_soap) > 30 and len(parked) == len(nulls) == 3 and all(key.startswith(NAMELESS) for key in nulls)
    assert by_graphql == by_soap
    said = by_graphql.values()
    assert {bool(d.get("leder")) for d in said} == {bool(d["virkning_til"]) for d in said} == {True, False}
    assert all(isinstance(d["objekt"], UUID) and d["telefon"] for d in said)


def test_our_schema_is_the_published_one(contracts: Path) -> None:
    published = types(contracts / "organisationhent-graphql" / "schemaOrganisationV1.gql")
    assert published == SCHEMA and len(SCHEMA) > 15


def test_what_we_ask_is_valid_by_the_published_schema(contracts: Path, hent: Unchecked) -> None:
    published = types(contracts / "organisationhent-graphql" / "schemaOrganisationV1.gql")
    read(hent, door="graphql")
    assert {name for name in FELTER if any(name in q for q in map(_query, hent.asked))} == set(FELTER)
    for body in hent.asked:
        validate(parse(_query(body), {}), published)
    with pytest.raises(InvalidError):
        validate(parse("{ bruger(uuid: []) { cpr } }", {}), published)


def _query(body: bytes) -> str:
    return str(json.loads(body)["query"])


def ask(hent: Unchecked, query: str, **headers: str) -> Any:
    session = requests.Session()
    session.mount("https://", hent)
    given = {"x-TransaktionsId": "1", "x-TransaktionsTid": "2026-03-02T12:00:00Z"} | headers
    return session.post(f"{URL}/organisationhent/1", json={"query": query}, headers=given).json()


TOP = """query x { organisation(cvr: "%s") {
    uuid organisationEnhed { uuid enhedsnavn underliggendeEnheder { uuid overordnetEnhed { uuid } } } } }"""
FIRST = """{ organisationEnhedListe(cvr: "%s", status: AKTIV, first: 3) {
    edges { cursor node { uuid } } pageInfo { endCursor hasNextPage } } }"""
BACK = '{ organisationEnhedListe(cvr: "%s", status: AKTIV, last: 2, before: "%s") { edges { node { uuid } } } }'
POST = """{ organisationEnhed(uuid: "%s") {
    adresser(rolle: "80b610c6-314b-485a-a014-a9a1d7070bc4") { adresseTekst } tilstand { status } } }"""


def test_as_kombits_own_samples_ask(hent: Unchecked) -> None:
    top = ask(hent, TOP % CVR)["data"]["organisation"]["organisationEnhed"]
    below = top["underliggendeEnheder"]
    assert below and {e["overordnetEnhed"]["uuid"] for e in below} == {top["uuid"]}
    page = ask(hent, FIRST % CVR)["data"]["organisationEnhedListe"]
    edges = page["edges"]
    assert edges[0]["node"]["uuid"] == top["uuid"], "the topmost unit is the first element"
    assert page["pageInfo"] == {"endCursor": edges[-1]["cursor"], "hasNextPage": True}
    back = ask(hent, BACK % (CVR, edges[2]["cursor"]))["data"]["organisationEnhedListe"]["edges"]
    assert back == [{"node": e["node"]} for e in edges[:2]]
    (unit,) = ask(hent, POST % top["uuid"])["data"]["organisationEnhed"]
    assert len(unit["adresser"]) == 1 and unit["tilstand"] == {"status": "AKTIV"}


@pytest.mark.parametrize(
    ("query", "kind"),
    [
        ("{ bruger(uuid: [", "InvalidSyntax"),
        ("{ bruger(uuid: []) { telefon } }", "ValidationError"),
        ("{ bruger(uuid: []) }", "ValidationError"),
        ('{ bruger(uuid: "12") { uuid } }', "ValidationError"),
        ('{ brugerListe(cvr: "12", status: AKTIV) { edges { cursor } } }', "ValidationError"),
        ('{ brugerListe(cvr: "22222222", status: AKTIV) { edges { cursor } } }', "NotFound"),
        ('{ bruger(uuid: "00000000-0000-4000-8000-000000000000") { uuid } }', "NotFound"),
    ],
)
def test_errors_come_with_status_200(hent: Unchecked, query: str, kind: str) -> None:
    found = ask(hent, query)
    assert found["data"] is None
    assert found["errors"][0]["extensions"]["classification"] == kind


def test_a_call_without_its_headers_is_answered_before_the_question(hent: Unchecked) -> None:
    found = ask(hent, "{ bruger(uuid: []) { uuid } }", **{"x-TransaktionsId": ""})
    assert (found["status"], found["error"]) == (400, "BadRequest")


def error(kind: str, severity: str = "ERROR") -> dict[str, Any]:
    return {"message": "hemmelig", "extensions": {"type": severity, "classification": kind}}


@pytest.mark.parametrize(
    ("errors", "fault", "line"),
    [
        ([error("Unauthorized", "WARNING")], AccessError, "SeNavn"),
        ([error("NotFound")], AccessError, "myndighed"),
        ([error("ValidationError")], ContractError, "ValidationError"),
        ([error("hemmelig 010203-1234")], ContractError, "without a classification"),
        ([{"message": "hemmelig"}], ContractError, "without a classification"),
        ("hemmelig", ContractError, "errors"),
        ([error("NotFound?", "WARNING")], None, ""),
        ([error("NullValueInNonNullableField")], None, ""),
    ],
)
def test_what_is_made_of_errors(hent: Unchecked, errors: Any, fault: type[Exception] | None, line: str) -> None:
    """A warning that all is there is none of ours; names that are withheld must not look like names that are gone."""
    hent.change = lambda said: {**said, "errors": errors}
    if fault is None:
        assert read(hent, door="graphql")["brugere"]
        return
    with pytest.raises(fault, match=line) as caught:
        read(hent, door="graphql")
    assert "hemmelig" not in str(caught.value)


def _put(where: Callable[[dict[str, Any]], Any]) -> Callable[[dict[str, Any]], dict[str, Any]]:
    def change(said: dict[str, Any]) -> dict[str, Any]:
        for connection in (said["data"] or {}).values():
            where(connection)
        return said

    return change


@pytest.mark.parametrize(
    "change",
    [
        _put(lambda c: c.update(edges="x")),
        _put(lambda c: c.update(edges=["x"])),
        _put(lambda c: c.pop("pageInfo")),
        _put(lambda c: c["pageInfo"].update(hasNextPage=True, endCursor=None)),
        _put(lambda c: c["pageInfo"].update(hasNextPage=True, endCursor="AAAA")),
        lambda said: {"data": None},
        lambda said: ["x"],
    ],
)
def test_a_reply_of_another_form_is_no_empty_list(hent: Unchecked, change: Callable[[Any], Any]) -> None:
    hent.change = change
    with pytest.raises(ContractError):
        read(hent, door="graphql", page_size=500)


def test_who_changes_state_while_the_lists_are_read_is_in_neither_or_both_and_comes_once(hent: Unchecked) -> None:
    before = {name: [r.key for r in records] for name, records in read(hent, door="graphql").items()}
    moving = {keys[0] for keys in before.values()}
    hent.asked.clear()

    def not_yet_in_use(said: Any) -> Any:
        """They were not in use until the second list had been asked for; the third holds them."""
        for name, connection in said["data"].items():
            asked = [json.loads(body)["variables"]["status"] for body in hent.asked if name in _query(body)]
            if "INAKTIV" not in asked:
                connection["edges"] = [e for e in connection["edges"] if not e or e["node"]["uuid"] not in moving]
        return said

    hent.change = not_yet_in_use
    found = {name: [r.key for r in records] for name, records in read(hent, door="graphql").items()}
    assert {name: sorted(map(_named, keys)) for name, keys in found.items()} == {
        name: sorted(map(_named, keys)) for name, keys in before.items()
    }
    assert all(keys[0] not in moving and moving & set(keys) for keys in found.values())


def _named(key: str) -> str:
    """The key; of one that came as null only that it did, since its place tells which it was."""
    return NAMELESS if key.startswith(NAMELESS) else key


def test_a_busy_register_is_told_as_such(hent: Unchecked, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retry, "sleep", lambda seconds: None)
    hent.status = 503
    with pytest.raises(TransientError):
        list(CONNECTOR.streams[0].read(_api(hent), Ask(now=NOW)))  # type: ignore[misc]


def _api(hent: Unchecked) -> Any:
    with through(hent):
        return CONNECTOR.open(Access(url=URL, myndighed=CVR, options={"door": "graphql"}))


def test_there_is_no_third_door() -> None:
    with pytest.raises(ContractError, match=r"options\.door"):
        CONNECTOR.open(Access(url=URL, myndighed=CVR, options={"door": "rest"}))
