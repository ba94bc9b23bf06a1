"""The pieces that SOAP connectors are made of, beside those that the recorded replies play through."""

from pathlib import Path

import pytest
from lxml import etree

from canonical_model.draft import UNSET
from connectors.adresselinje import adresselinje
from connectors.contract import Access
from connectors.errors import AccessError, ContractError, RecordError
from connectors.nobody import NO_COMPANY, NO_PERSON, knock
from connectors.oio_sheet import billede
from connectors.serviceaftale import AFTALE, Service
from connectors.sf1500_fakta import egenskaber, sidste_egenskab
from connectors.soap_node import TOM, Node
from connectors.soap_sheet import kept, left_out, together
from connectors.soap_xml import attribute_beside, held, sift

LOOKUP = Path(__file__).parents[2] / "connectors" / "cpr" / "personlookup.wsdl"


def test_a_sheet_of_words_keeps_and_leaves_out_what_it_names() -> None:
    assert kept("Id Part(Navn Sted( Vej Nr ) Cpr)\n Titel") == {
        "Id": None, "Part": {"Navn": None, "Sted": {"Vej": None, "Nr": None}, "Cpr": None}, "Titel": None,
    }  # fmt: skip
    assert left_out("free text", "Note Part(Note)") == {"Note": "free text", "Part": {"Note": "free text"}}


def test_sheets_together_rule_upon_what_each_of_them_names() -> None:
    both = together(kept("Part(Navn Sted(Vej))"), left_out("why", "Part(Sted(Nr) Cpr) Note"), left_out("other", "Id"))
    assert both == {
        "Part": {"Navn": None, "Sted": {"Vej": None, "Nr": "why"}, "Cpr": "why"},
        "Note": "why",
        "Id": "other",
    }
    whole, unknown = sift(etree.fromstring("<r><Part><Navn>A</Navn><Cpr>1</Cpr><Ny/></Part></r>"), both)
    assert (whole, unknown) == ({"Part": {"Navn": "A"}}, ("Part/Ny",))


@pytest.mark.parametrize("other", [left_out("why", "Part(Navn)"), left_out("why", "Part"), kept("Part(Navn(Fornavn))")])
def test_what_comes_in_cannot_be_ruled_upon_again(other: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="is ruled upon twice"):
        together(kept("Part(Navn)"), other)  # type: ignore[arg-type]


def test_names_lead_to_an_element_that_knows_its_place_or_to_none() -> None:
    node = Node({"A": {"B": {"dato": "x"}, "C": [{}, {}], "D": "text"}})
    with pytest.raises(RecordError, match=r"^A/B/dato: not a date$"):
        node.at("A", "B").dato("dato")
    with pytest.raises(RecordError, match=r"^A/C: said more than once$"):
        node.at("A", "C", "E")
    assert node.at("A", "Nix", "B") is TOM and TOM.at("A") is TOM and node.at() is node
    assert node.at("A", "D").text("E") is UNSET


def test_an_attribute_is_held_beside_the_children_of_its_element() -> None:
    root = etree.fromstring('<r xmlns="urn:x"><n since="2020"><v>A</v></n><m><n><v>B</v></n></m><o since="1"/></r>')
    attribute_beside(root, "n", "since")
    assert held(root) == {"n": {"v": "A", "since": "2020"}, "m": {"n": {"v": "B", "since": None}}, "o": None}


def test_an_address_has_no_gap_for_what_was_not_sent() -> None:
    assert adresselinje(["Vej", "1", None], ["4990", "By"]) == "Vej 1, 4990 By"
    assert adresselinje(["Vej", UNSET, ""], [None, "By"]) == "Vej, By"
    assert adresselinje([None], ["4990"]) == "4990" and adresselinje([UNSET], []) == ""


@pytest.mark.parametrize("nobody", [NO_PERSON, NO_COMPANY])
def test_the_door_opens_when_nobody_is_asked_for_and_nothing_is_refused(nobody: str) -> None:
    asked: list[tuple[str, str]] = []

    def ask(api: str, number: str) -> None:
        asked.append((api, number))
        if api == "refused":
            raise AccessError("refused")

    knock(ask, nobody)("open")
    with pytest.raises(AccessError):
        knock(ask, nobody)("refused")
    assert asked == [("open", nobody), ("refused", nobody)]


def test_a_service_is_asked_with_the_contexts_of_its_source(monkeypatch: pytest.MonkeyPatch) -> None:
    aftale = dict.fromkeys(AFTALE, "1b2c3d4e-5f60-4718-8293-a4b5c6d7e8f9")
    access = Access(url="https://vendor.test/x", myndighed="11111111", options={"invocation": aftale})
    authority, invocation = {"AuthorityContext": {"MunicipalityCVR": "11111111"}}, {"InvocationContext": aftale}
    asked: list[dict[str, object]] = []
    for service in (Service(access, LOOKUP), Service(access, LOOKUP, authority=True)):
        monkeypatch.setattr(service.api, "ask", lambda operation, **request: asked.append({operation: request}))
        service.ask("Op", PNR="1")
    assert asked == [{"Op": {**invocation, "PNR": "1"}}, {"Op": {**authority, **invocation, "PNR": "1"}}]
    with pytest.raises(ContractError, match="invocation must have"):
        Service(Access(url="https://vendor.test/x", options={"invocation": {"UserUUID": "1"}}), LOOKUP)


def test_an_index_says_when_it_received_and_a_register_does_not() -> None:
    assert billede({}, {}, {})["Registrering"] == {
        **billede({}, {}, {}, indeks=False)["Registrering"],
        **kept("StsTidspunkt"),
    }  # type: ignore[dict-item]


def test_a_registrering_has_attribute_sets_of_which_one_is_true_for_longest() -> None:
    def egenskab(navn: str, til: str) -> dict[str, object]:
        return {"Navn": navn, "Virkning": {"TilTidspunkt": {"TidsstempelDatoTid": til}}}

    sets = [egenskab("before", "2020-01-01T00:00:00Z"), egenskab("last", "2025-01-01T00:00:00Z")]
    registrering = Node({"AttributListe": {"Egenskab": sets}})
    assert [e.value("Navn") for e in egenskaber(registrering)] == ["before", "last"]
    found = sidste_egenskab(registrering)
    assert found is not None and found.value("Navn") == "last" and sidste_egenskab(TOM) is None
    with pytest.raises(RecordError, match=r"^AttributListe/Egenskab: missing$"):
        egenskaber(Node({"AttributListe": {}}))
