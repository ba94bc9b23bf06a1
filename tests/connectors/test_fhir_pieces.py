"""What FHIR resources have in common: a citizen out of a Patient, extensions, codings, the sheet of every resource."""

from typing import Any

import pytest

from canonical_model.draft import UNSET
from canonical_model.drafts import AdresseDraft, KontaktoplysningDraft, NavnDraft
from connectors import fhir
from connectors.errors import RecordError
from connectors.fhir_patient import CPR, SHEET, citizen
from connectors.fields import Fields
from connectors.minimise import Sheet

CONTACTS = {"phone": "mobil", "email": "email"}
PATIENT: dict[str, Any] = {
    "id": "7",
    "meta": {"lastUpdated": "2026-01-02T03:04:05Z"},
    "identifier": [{"system": "urn:x", "value": "1"}, {"system": CPR, "value": "0107701234"}],
    "name": [{"family": "Holm", "given": ["Ada", "Bo", "Cy"], "text": "Ada Bo Cy Holm"}, {"family": "Dal"}],
    "telecom": [
        {"system": "fax", "value": "1"},
        {"system": "phone"},
        {"system": "phone", "value": "2"},
        {"system": "phone", "value": "3"},
    ],
    "address": [{"line": ["Vej 1", "c/o Dal"], "postalCode": "4000", "city": "Roskilde"}, {"line": ["Vej 2"]}],
}


def test_the_first_of_everything_counts() -> None:
    navn, adresse, kontakt = citizen(PATIENT, CONTACTS)
    assert isinstance(navn, NavnDraft) and isinstance(adresse, AdresseDraft)
    assert (navn.fornavn, navn.mellemnavn, navn.efternavn) == ("Ada", "Bo Cy", "Holm")
    assert adresse.tekst == "Vej 1, c/o Dal, 4000 Roskilde"
    assert isinstance(kontakt, KontaktoplysningDraft) and (kontakt.art, kontakt.vaerdi) == ("mobil", "2")


def test_a_citizen_may_have_neither_name_nor_address() -> None:
    bare = {name: PATIENT[name] for name in ("id", "meta", "identifier")}
    assert list(citizen(bare, CONTACTS)) == []


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"identifier": [{"system": "urn:x", "value": "1"}]}, "identifier.system: none of a CPR number"),
        ({"meta": {}}, "meta.lastUpdated: missing"),
        ({"name": [{"given": "Ada", "family": "Holm"}]}, r"name\[0\].given: not a list"),
        ({"name": [{"given": [], "family": "Holm"}, 7]}, r"name\[1\]: not an object"),
        ({"address": [{"line": ["\x00"]}]}, r"address\[0\].line: not a list"),
    ],
)
def test_what_is_wrong_is_refused_by_its_name(change: dict[str, Any], said: str) -> None:
    with pytest.raises(RecordError, match=said):
        list(citizen(PATIENT | change, CONTACTS))


def test_every_sheet_lets_in_the_id_and_the_time_of_change_and_knows_the_rest_of_a_resources_own() -> None:
    assert fhir.sheet("status code(text)", "intent") == Sheet(
        frozenset({"id", "meta.lastUpdated", "status", "code.text"}),
        frozenset({"resourceType", "meta.versionId", "meta.profile", "intent"}),
    )
    assert SHEET.sift(PATIENT | {"gender": "female"})[1] == ("gender",)


def test_an_extension_is_known_by_its_address() -> None:
    found = Fields({"extension": [{"url": "http://x/a", "valueString": "A"}, {"url": "http://x/b"}]})
    assert fhir.text_of(fhir.extension(found, "http://x/a")) == "A"
    assert [fhir.text_of(fhir.extension(found, f"http://x/{name}")) for name in "bc"] == [UNSET, UNSET]
    with pytest.raises(RecordError, match="extension.url: no c"):
        fhir.need_extension(found, "http://x/c")


@pytest.mark.parametrize("code", [{}, {"coding": []}, {"coding": None}])
def test_a_concept_without_coding_is_refused(code: dict[str, Any]) -> None:
    assert fhir.need_coding(Fields({"code": {"coding": [{"code": "1"}]}}), "code").text("code") == "1"
    with pytest.raises(RecordError, match=r"code: missing|code\.coding: missing"):
        fhir.need_coding(Fields({"code": code}), "code")
