"""Prisme keeps rammearkitektur 7.14 and OData v4: token for a resource, next links, $select, $filter, exact amounts."""

import json
from collections.abc import Iterator
from decimal import Decimal

import pytest

from korsbaek.model import Effektuering
from tests.korsbaek.further import Further, running

KRAV, DEBITOR = "/CustClaimDatasEntity_FUJ", "/CustTableDatasEntity_FUJ"


@pytest.fixture(scope="module")
def prisme(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Further]:
    """Prisme, logged in."""
    with running(tmp_path_factory.mktemp("prisme"), "prisme") as found:
        token = found.token(resource=found.auth["resource"]).json()["access_token"]
        found.session.headers["Authorization"] = f"Bearer {token}"
        yield found


def test_the_token_is_for_a_resource(prisme: Further) -> None:
    assert prisme.token().status_code == 400
    assert prisme.token(resource=prisme.auth["resource"], client_secret="x").status_code == 401
    kept = prisme.session.headers.pop("Authorization")
    assert prisme.get(KRAV).status_code == 401
    prisme.session.headers["Authorization"] = kept


def test_next_links_lead_through_everything_once(prisme: Further) -> None:
    link, found, pages = prisme.url + KRAV + "?$select=ClaimId,AmountCur", [], 0
    while link:
        reply = prisme.session.get(link, headers={"Prefer": "odata.maxpagesize=7"}, timeout=10).json()
        assert 0 < len(reply["value"]) <= 7 and set(reply["value"][0]) == {"@odata.etag", "ClaimId", "AmountCur"}
        found += [row["ClaimId"] for row in reply["value"]]
        link, pages = reply.get("@odata.nextLink", ""), pages + 1
    assert found == [key for key, _ in prisme.shelf().rows("krav")] and pages > 2


def test_each_debtor_has_an_account_and_each_claim_a_number_of_its_own(prisme: Further) -> None:
    claims, debtors = [*prisme.shelf().each("krav")], [*prisme.shelf().each("debitor")]
    assert [d["AccountNum"] for d in debtors] == [f"D{n:06d}" for n in range(1, len(debtors) + 1)]
    numbers = [int(claim["ClaimId"].removeprefix("KRAV-")) for claim in claims]
    assert numbers == [*range(numbers[0], numbers[0] + len(numbers))]
    names = {debtor["AccountNum"]: debtor["Name"] for debtor in debtors}
    assert len({debtor["IdentificationNumber"] for debtor in debtors}) == len(debtors) > 1
    assert all(names[claim["AccountNum"]] == claim["Name"] for claim in claims)


def test_top_is_an_end_and_no_page(prisme: Further) -> None:
    reply = prisme.get(KRAV, **{"$top": "3"}).json()
    assert len(reply["value"]) == 3 and "@odata.nextLink" not in reply


def test_a_filter_of_equalities_finds_a_debtor_and_anything_else_is_refused(prisme: Further) -> None:
    debtor = next(prisme.shelf().each("debitor"))
    asked = f"IdentificationNumber eq '{debtor['IdentificationNumber']}' and CustGroup eq '{debtor['CustGroup']}'"
    assert prisme.get(DEBITOR, **{"$filter": asked}).json()["value"] == [debtor]
    assert prisme.get(DEBITOR, **{"$filter": "AccountNum eq 'D9''x'"}).json()["value"] == []
    assert prisme.get(DEBITOR, **{"$filter": "AccountNum gt 'D'"}).status_code == 400


def test_amounts_have_every_digit_whichever_way_they_are_asked_for(prisme: Further) -> None:
    whole = {k: b for k, b in prisme.shelf().rows("krav") if b["AmountCur"] != "tolv kroner"}
    plain = json.loads(prisme.get(KRAV).text, parse_float=Decimal)["value"]
    compatible = {"Accept": "application/json;IEEE754Compatible=true"}
    texts = prisme.session.get(prisme.url + KRAV, headers=compatible, timeout=10).json()["value"]
    for rows in (plain, texts):
        for row in rows:
            if row["ClaimId"] in whole:
                assert Decimal(row["AmountCur"]) == Decimal(whole[row["ClaimId"]]["AmountCur"])
    assert {type(row["AmountCur"]) for row in texts} == {str}
    assert any(isinstance(row["AmountCur"], Decimal) for row in plain)


def test_a_benefit_claimed_back_is_the_payment_of_the_index(prisme: Further) -> None:
    shelf = prisme.shelf()
    back = [b for b in shelf.each("krav") if b["ClaimType"] == "Tilbagebetaling"]
    assert back
    for claim in back:
        paid = shelf.town.each(Effektuering, "nummer = ?", (claim["IdentificationNumber"],))
        assert claim["AmountCur"] in {str(Decimal(str(e.udbetalt))) for e in paid if e.udbetalt}
