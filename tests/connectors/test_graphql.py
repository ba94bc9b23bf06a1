"""GraphQL: what a question looks like, what its errors are called, and nodes put together by their references."""

import base64
from collections.abc import Mapping
from typing import Any

import pytest

from connectors import graphql
from connectors.errors import AccessError, ContractError
from connectors.graphql_nodes import IDS, Entity, Nodes
from korsbaek.systems.graphql.query import parse

GADE = Entity("veje/v1", "Gade", "navn")
HUS = Entity("huse/v1", "Hus", "nummer gade by")
BY = Entity("huse/v1", "By", "postnr")
TOWN: Mapping[str, list[dict[str, Any]]] = {
    "Gade": [{"id": "g1", "navn": "Engvej"}, {"id": "g2", "navn": "Åvej"}],
    "By": [{"id": "4996", "postnr": "4996"}],
    "Hus": [{"id": f"h{n}", "nummer": n, "gade": f"g{n % 3}", "by": "4996" if n % 2 else None} for n in range(1, 8)],
}


class Service:
    """Serves TOWN, and remembers what it was asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str, dict[str, Any]]] = []
        self.reply: dict[str, Any] = {}
        """Answered instead, by list."""

    def post(self, path: str, body: Any) -> Any:
        (field,) = parse(body["query"], {})
        self.asked.append((path, field.name, field.args))
        wanted = [one.name for one in next(part for part in field.below if part.name == "nodes").below]
        found = [node for node in TOWN[field.name] if _met(node, field.args["where"])]
        start = int(base64.b64decode(field.args["after"])) if "after" in field.args else 0
        end = start + field.args["first"]
        info = {"endCursor": base64.b64encode(str(end).encode()).decode(), "hasNextPage": end < len(found)}
        nodes = [{name: node[name] for name in wanted} for node in found[start:end]]
        return {"data": {field.name: self.reply.get(field.name, {"nodes": nodes, "pageInfo": info})}}

    def nodes(self, size: int = 100) -> Nodes:
        judge = graphql.by_code("code", "[A-Z]+", {}, "?")
        return Nodes(self.post, judge, size, "id", {"tid": "2026-03-02T00:00:00Z"})


def _met(node: dict[str, Any], where: dict[str, dict[str, Any]]) -> bool:
    ((name, condition),) = where.items()
    return node[name] in condition["in"] if "in" in condition else bool(node[name] == condition["eq"])


@pytest.mark.parametrize("size", [1, 2, 100])
def test_every_node_comes_once_and_each_question_says_what_all_say(size: int) -> None:
    service = Service()
    found = list(service.nodes(size).each(HUS, {"gade": {"eq": "g1"}}))
    assert [node["id"] for node in found] == ["h1", "h4", "h7"]
    assert {(path, name, said["tid"]) for path, name, said in service.asked} == {
        ("huse/v1", "Hus", "2026-03-02T00:00:00Z")
    }


def test_no_question_names_more_ids_than_a_service_takes() -> None:
    service = Service()
    ids = [f"h{n}" for n in range(IDS + 1)]
    assert len(list(service.nodes().named(HUS, ids))) == 7
    assert [len(said["where"]["id"]["in"]) for _, _, said in service.asked] == [IDS, 1]
    assert list(service.nodes().named(HUS, [])) == []


def test_what_a_reference_leads_to_stands_in_its_place() -> None:
    service = Service()
    groups = service.nodes(2).below(HUS, ["g1", "g2"], "gade", {"by": BY})
    assert groups.keys() == {"g1", "g2"}
    assert groups["g1"] == [
        {"id": "h1", "nummer": 1, "postnr": "4996"},
        {"id": "h4", "nummer": 4},
        {"id": "h7", "nummer": 7, "postnr": "4996"},
    ]
    assert [node["id"] for node in groups.of(["g2", "g1", "g0"], order="id")] == ["h1", "h2", "h4", "h5", "h7"]
    by_asked = [said["where"] for _, name, said in service.asked if name == "By"]
    assert by_asked == [{"id": {"in": ["4996"]}}], "each is asked for once, and none that nobody refers to"


def test_a_node_that_refers_to_nothing_where_it_must_is_refused() -> None:
    service = Service()
    service.reply["Hus"] = {"nodes": [{"id": "h1", "gade": None}], "pageInfo": {"hasNextPage": False}}
    with pytest.raises(ContractError, match="a node without gade"):
        service.nodes().below(HUS, ["g1"], "gade", {})


def test_a_null_is_no_node() -> None:
    service = Service()
    service.reply["Gade"] = {"nodes": [None], "pageInfo": {"hasNextPage": False}}
    with pytest.raises(ContractError, match="something else than objects"):
        list(service.nodes().named(GADE, ["g1"]))


def test_knocking_asks_for_what_nobody_has() -> None:
    service = Service()
    service.nodes().knock(HUS)
    assert service.asked == [
        ("huse/v1", "Hus", {"first": 100, "tid": "2026-03-02T00:00:00Z", "where": {"id": {"eq": "0"}}})
    ]


def test_arguments_are_json_but_for_the_names_in_objects() -> None:
    given = {"first": 5, "tid": 'a"b', "where": {"id": {"in": ["æ", "1"]}, "ny": {"eq": True}}}
    said = graphql.arguments(given)
    assert said == r'first: 5, tid: "a\"b", where: {id: {in: ["æ","1"]}, ny: {eq: true}}'


JUDGE = graphql.by_code("code", "[A-Z]+(-[A-Z]+)*", {".*AUTH.*": "check the key"}, "has it changed?")


@pytest.mark.parametrize(
    ("code", "kind", "line"),
    [
        ("GQL-AUTH", AccessError, "Hus: error GQL-AUTH; check the key"),
        ("GQL-SYNTAX", ContractError, "Hus: error GQL-SYNTAX in an answer with status 200; has it changed?"),
        (
            "AUTH of 0107701234",
            ContractError,
            "Hus: error without a code in an answer with status 200; has it changed?",
        ),
        (None, ContractError, "Hus: error without a code in an answer with status 200; has it changed?"),
        (7, ContractError, "Hus: error without a code in an answer with status 200; has it changed?"),
    ],
)
def test_an_error_is_called_by_its_code_and_its_text_is_never_told(code: object, kind: type, line: str) -> None:
    fault = JUDGE("Hus", {"code": code, "message": "hemmelig"})
    assert type(fault) is kind and str(fault) == line
