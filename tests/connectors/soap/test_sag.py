"""A Sag and a Dokument as facts: by the standard, against its guide, and beyond reading."""

from datetime import date
from typing import Any
from uuid import UUID

import pytest

from canonical_model.draft import UNSET, Draft, Nummer
from canonical_model.drafts import (
    DokumentaktoerDraft,
    DokumentDraft,
    FremdriftDraft,
    JournalnotatDraft,
    JournalpostDraft,
    SagDraft,
    SagsaktoerDraft,
    SagspartDraft,
    SikkerhedsprofilDraft,
)
from connectors.errors import RecordError
from connectors.sags_dokumentindeks import CONNECTOR
from tests.connectors.soap import build
from tests.connectors.soap.build import el, relation, virkning, wrap

SAGER, DOKUMENTER = CONNECTOR.streams
DOKUMENT = "8d116ece-1738-47d9-bd9c-172411e20b8f"


def facts(*registreringer: str) -> list[Draft]:
    """The drafts of a Sag."""
    return list(SAGER.translate(SAGER.parse(build.sag(*registreringer))))


def only(drafts: list[Draft], kind: type[Any]) -> Any:
    """The one draft of a kind."""
    (found,) = [d for d in drafts if isinstance(d, kind)]
    return found


def test_three_valued_indicators_keep_absent_apart_from_false() -> None:
    assert only(facts(build.plain()), SagDraft).afleveret is UNSET
    assert only(facts(build.plain(build.egenskaber(AfleveretIndikator=False))), SagDraft).afleveret is False
    empty = build.egenskaber().replace("<sag:Sagsnummer>", "<sag:AfleveretIndikator/><sag:Sagsnummer>")
    assert only(facts(build.plain(empty)), SagDraft).afleveret is None


def test_nil_absent_and_empty_are_three_things() -> None:
    nil = '<sag:Beskrivelse xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:nil="true"/>'
    said = [
        only(
            facts(build.plain(build.egenskaber().replace("<sag:Sagsnummer>", f"{b}<sag:Sagsnummer>"))), SagDraft
        ).beskrivelse
        for b in ("", "<sag:Beskrivelse/>", nil, "<sag:Beskrivelse> x </sag:Beskrivelse>")
    ]
    assert said == [UNSET, None, None, " x "]


def test_under_offentlighed_undtaget_the_real_title_is_the_alternative() -> None:
    inner = el("sd:TitelAlternativTekst", "Underretning") + el("sd:OffentlighedUndtagetHjemmelTekst", "OFL 30")
    said = only(
        facts(build.plain(build.egenskaber(Titel="Sag", OffentlighedUndtaget=wrap("sag:OffentlighedUndtaget", inner)))),
        SagDraft,
    )
    assert (said.titel, said.titel_offentlig, said.offentlighed_hjemmel) == ("Underretning", "Sag", "OFL 30")


@pytest.mark.parametrize(("urn", "nummer", "type_"), [
    (f"urn:oio:cpr-nr:{build.CPR}", Nummer("cpr", build.CPR), "person"),
    ("urn:oio:us:personid:1234567", Nummer("personid", "1234567"), "person"),
    ("urn:oio:udk:borgerid:123456789012", Nummer("borgerid", "123456789012"), "person"),
    ("urn:oio:cvr-nr:22222222", Nummer("cvr", "22222222"), "virksomhed"),
    ("urn:oio:cvr:22222222", Nummer("cvr", "22222222"), "virksomhed"),
    ("urn:oio:pnr:1234567890", Nummer("pnr", "1234567890"), "virksomhed"),
    ("urn:oio:fuldtnavn:Ida Eksempel", UNSET, "person"),
])  # fmt: skip
def test_parties_by_every_kind_of_number(urn: str, nummer: Any, type_: str) -> None:
    said = only(facts(build.plain(relationer=build.ejer() + build.part(urn))), SagspartDraft)
    assert (said.part, said.type, said.fuldt_navn, said.rolle) == (nummer, type_, "Ida Eksempel", "primaer_part")


def test_an_owner_by_cvr_keeps_the_number_in_its_column() -> None:
    for urn in ("urn:oio:cvr-nr:11111111", "urn:oio:cvr:11111111"):
        said = only(facts(build.plain(relationer=build.ejer(urn, None) + build.part())), SagsaktoerDraft)
        assert (said.cvr, said.reference, said.urn, said.rolle) == ("11111111", UNSET, UNSET, "ejer")


def test_unknown_roles_and_types_stay_as_sent() -> None:
    rolle = "11111111-2222-4333-8444-555555555555"
    said = only(facts(build.plain(relationer=build.ejer() + build.part(rolle=rolle))), SagspartDraft)
    assert said.rolle == rolle


def test_a_journal_entry_a_note_and_a_profile() -> None:
    efter = wrap("sag:JournalpostEgenskaber", el("sag:Dokumenttitel", "Bilag"))
    post = relation("sag:Journalpost", build.TILAKTERET, DOKUMENT, indeks="1", efter=efter)
    profil = wrap("gd:LokalUdvidelseListe", relation("si:Sikkerhedsprofil", None, DOKUMENT))
    drafts = facts(
        build.plain(relationer=build.ejer() + build.part() + post + build.notat("Ringet til Ida – æøå", "2") + profil)
    )
    said, note = only(drafts, JournalpostDraft), only(drafts, JournalnotatDraft)
    assert (said.rolle, said.indeks, said.dokument, said.dokumenttitel) == ("tilakteret", "1", UUID(DOKUMENT), "Bilag")
    assert (note.objekt, note.indeks, note.notat, note.format) == (UUID(build.SAG), "2", "Ringet til Ida – æøå", "Text")
    assert only(drafts, SikkerhedsprofilDraft).reference == UUID(DOKUMENT)


def test_a_note_that_is_a_file_is_left_out_and_flagged() -> None:
    said = only(facts(build.plain(relationer=build.ejer() + build.notat(b"UEsDBAAAAAA="))), JournalnotatDraft)
    assert said.notat is UNSET and "file" in said.flag


@pytest.mark.parametrize(("registrering", "kind", "flag"), [
    (build.plain(relationer=build.part()), SagDraft, "no Ejer"),
    (build.plain(relationer=build.ejer() + build.part() + build.part("urn:oio:cpr-nr:0312656780")), SagspartDraft,
     "more than one primaer_part"),
    (build.plain(tilstande=build.fremdrift() + build.fremdrift("Oplyst")), FremdriftDraft, "more than one fremdrift"),
    (build.plain(build.egenskaber(virkning("sag", art="Organisation"))), SagDraft, "AktoerTypeKode"),
    (build.plain(build.egenskaber(virkning("sag", "2024-03-01T00:00:00Z", "2023-03-01T00:00:00Z"))),
     SagDraft, "before"),
    (build.plain(build.egenskaber(virkning("sag", None))), SagDraft, "no FraTidspunkt"),
    (build.plain(relationer=build.ejer() + build.part(DOKUMENT)), SagspartDraft, "party by UUID"),
])  # fmt: skip
def test_what_breaks_the_guide_is_kept_and_flagged(registrering: str, kind: type[Any], flag: str) -> None:
    found = [d for d in facts(registrering) if isinstance(d, kind)]
    assert found and all(d.flag and flag in d.flag for d in found)
    assert all(d.virkning_fra is None or d.virkning_til is None or d.virkning_fra <= d.virkning_til for d in found)


def test_what_keeps_the_guide_is_not_flagged() -> None:
    march, april = "2024-03-01T00:00:00Z", "2024-04-01T00:00:00Z"
    steps = build.fremdrift(virk=virkning("sag", march, april)) + build.fremdrift("Oplyst", virkning("sag", april))
    parts = build.part(virk=virkning("gd", march, april)) + build.part(
        "urn:oio:cpr-nr:0312656780", virk=virkning("gd", april)
    )
    assert [d.flag for d in facts(build.plain(tilstande=steps, relationer=build.ejer() + parts)) if d.flag] == []


@pytest.mark.parametrize("aar", ["0001-01-01T00:00:00", "9999-12-31T23:59:59"])
def test_the_ends_of_time_are_unbounded(aar: str) -> None:
    said = only(facts(build.plain(build.egenskaber(virkning("sag", aar, aar)))), SagDraft)
    assert said.virkning_fra is said.virkning_til is None


BROKEN = [
    (build.plain(relationer=build.part("urn:oio:cpr-nr:99999")), "ReferenceID"),
    (build.plain(relationer=build.part("urn:oio:cvr-nr:99999")), "ReferenceID"),
    (build.plain(relationer=build.part("not-a-uuid-99999")), "UUIDIdentifikator"),
    (build.plain(build.egenskaber(AfleveretIndikator="99999")), "AfleveretIndikator"),
    (build.plain(build.egenskaber(virkning("sag", "2024-03-01T00:00:00+01.00 99999"))), "TidsstempelDatoTid"),
    (build.plain(tilstande=build.fremdrift("99999")), "FremdriftStatusKode"),
    (build.plain(tid="99999"), "Tidspunkt"),
    (build.plain(relationer=build.notat(b"99999!")), "Notat"),
    (build.plain(build.egenskaber().replace("<sag:Titel>", "<sag:Titel>99999</sag:Titel><sag:Titel>")), "Titel"),
]


@pytest.mark.parametrize(("registrering", "field"), BROKEN)
def test_what_cannot_be_read_is_named_and_never_quoted(registrering: str, field: str) -> None:
    with pytest.raises(RecordError) as caught:
        facts(registrering)
    assert field in caught.value.field and "99999" not in str(caught.value)


def test_a_body_that_is_no_xml_is_parked() -> None:
    with pytest.raises(RecordError):
        SAGER.parse(b"<a")


def test_a_dokument() -> None:
    owner = wrap("di:DokumentaktoerLokalUdvidelse", el("di:FuldtNavn", "Korsbæk Kommune"), el("di:CVR-Nr", "11111111"))
    text = wrap(
        "di:Egenskaber", virkning("di"), el("di:BrugervendtNoegle", "24/1-2"), el("di:Titel", "Ansøgning"),
        el("di:BrevDato", "2024-03-01"), el("di:VersionIdentifikator", "3"), el("di:Foelsomhed", "VIP_SAGER"),
        el("di:Type", "Brev, udgaaende"),
    )  # fmt: skip
    body = build.billede(
        "sdi:DokumentFiltreretOejebliksbillede", "di",
        build.registrering("di", text, "", relation("di:Dokumentaktoer", build.EJER, DOKUMENT, udvidelse=owner)),
    )  # fmt: skip
    drafts = list(DOKUMENTER.translate(DOKUMENTER.parse(body)))
    said = only(drafts, DokumentDraft)
    assert (said.titel, said.brevdato, said.version, said.type) == ("Ansøgning", date(2024, 3, 1), 3, "udgaaende")
    assert said.foelsomhed == 4 and said.flag is None
    assert only(drafts, DokumentaktoerDraft).cvr == "11111111"
