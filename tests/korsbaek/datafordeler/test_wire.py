"""Datafordeleren's GraphQL by a plain client: cursors, errors with status 200, references that are ids."""

from pathlib import Path
from typing import Any

import requests

from connectors.contract import Access, Ask
from connectors.registry import load
from helhed.settings import now
from tests.korsbaek.landscape.wire import said, wire

AT = 'virkningstid: "2026-03-02T00:00:00Z", registreringstid: "2026-03-02T00:00:00Z"'


def test_pages_lead_to_the_end_and_hold_everything_once(tmp_path: Path) -> None:
    with wire(tmp_path, "datafordeler") as (town, told):
        url, key = told["datafordeler"]["url"] + "/DAR/v1", told["datafordeler"]["auth"]["apikey"]

        def ask(query: str, **variables: Any) -> Any:
            body = {"query": query, "variables": variables}
            return said(requests.post(url, params={"apikey": key}, json=body, timeout=10))

        query = (
            "query Alle($efter: String) { huse: DAR_Husnummer(first: 5, after: $efter, "
            + AT
            + ', where: {status: {eq: "3"}})'
            " { pageInfo { endCursor hasNextPage } nodes { id_lokalId husnummertekst status } } }"
        )
        seen: list[str] = []
        page = ask(query)["data"]["huse"]
        while True:
            seen += [node["id_lokalId"] for node in page["nodes"]]
            assert {node["status"] for node in page["nodes"]} == {"3"} and len(page["nodes"]) <= 5
            if not page["pageInfo"]["hasNextPage"]:
                break
            page = ask(query, efter=page["pageInfo"]["endCursor"])["data"]["huse"]
        wanted = (
            "select key from record where kind = 'DAR_Husnummer' and json_extract(body, '$.status') = '3' order by key"
        )
        assert seen == [key for (key,) in town.rows(wanted)]
        for wrong, code in (
            ("{ DAR_Husnummer(first: 1) { nodes { id_lokalId } } }", "DAF-GQL-0009"),
            ("{ DAR_Husnummer(first: 5000, " + AT + ") { nodes { id_lokalId } } }", "DAF-GQL-0010"),
            ("{ DAR_Husnummer(first: 1, " + AT + ") { nodes { ejer } } }", "DAF-GQL-0003"),
            ("{ DAR_Husnummer(first: 1, " + AT + ", where: {status: {lt: 3}}) { nodes { status } } }", "DAF-GQL-0004"),
            ("{ MAT_Jordstykke(first: 1, " + AT + ") { nodes { id_lokalId } } }", "DAF-GQL-0002"),
            ("{ DAR_Husnummer(", "DAF-GQL-0001"),
        ):
            answer = ask(wrong)
            assert answer["data"] is None and answer["errors"][0]["extensions"]["code"] == code
        assert requests.post(url, json={"query": query}, timeout=10).status_code == 401


def test_a_property_comes_whole_whatever_the_page_size(tmp_path: Path) -> None:
    with wire(tmp_path, "datafordeler") as (town, told):
        connector, told = load("datafordeler"), told["datafordeler"]
        found = []
        for size in (3, 500):
            options = {"kommunekode": "0999", "page_size": size}
            api = connector.open(Access(url=told["url"], extra=told["auth"], options=options))
            (stream,) = connector.streams
            assert stream.read is not None
            found.append({r.key: r.body for page in stream.read(api, Ask(now=now())) for r in page.records})
        assert found[0] == found[1]
        assert found[0].keys() == {
            key for (key,) in town.rows("select key from record where kind = 'MAT_SamletFastEjendom'")
        }
        assert any(b'"status":"4"' in body for body in found[0].values()), "addresses taken out of use come too"
