"""A PersonLookupResponse as facts about one person, against zeep on the sample and by example."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from canonical_model.draft import UNSET, Draft, Nummer
from canonical_model.drafts import AdresseDraft, BeskyttelseDraft, NavnDraft, PersonDraft, PersonrelationDraft
from canonical_model.drafts.person import IdentitetDraft
from connectors.contract import Access, Record
from connectors.cpr import CONNECTOR
from connectors.cpr.sheet import PERSON
from connectors.errors import ContractError, RecordError
from connectors.soap_xml import body, sift
from tests.connectors.soap.build import CPR
from tests.connectors.soap.oracle import plain, utc
from tests.connectors.soap.schemas import SF1520, meaning, sample
from tests.connectors.soap.server import Answer, envelope, serve

STREAM = CONNECTOR.streams[0]
NS = "http://serviceplatformen.dk/xml/wsdl/soap11/CPR/PersonBaseDataExtended/4/"
ME = Nummer("cpr", CPR)
OTHER = "0312656780"


def reply(inner: str, data: str = f"<personnummer>{CPR}</personnummer>") -> str:
    """A PersonLookupResponse."""
    return f'<PersonLookupResponse xmlns="{NS}"><persondata>{data}</persondata>{inner}</PersonLookupResponse>'


def facts(inner: str = "", data: str = "") -> list[Draft]:
    """The drafts of a reply."""
    said = reply(inner, f"<personnummer>{CPR}</personnummer>{data}")
    return list(STREAM.translate(STREAM.parse(said.encode())))


def of(drafts: list[Draft], kind: type[Any]) -> list[Any]:
    """The drafts of a kind."""
    return [d for d in drafts if isinstance(d, kind)]


def lookup(said: str, cpr: str = CPR) -> list[Record]:
    """What the connector makes of a reply."""
    with serve(lambda sent: Answer(envelope(said))) as server:
        api = CONNECTOR.open(Access(url=server.url, myndighed="11111111"))
        assert STREAM.read_one is not None
        return list(STREAM.read_one(api, cpr))


def test_the_sample_says_what_zeep_says(contracts: Path) -> None:
    element = sample(contracts, "sf1520_personlookup_reply.xml")
    zeep = meaning(contracts, SF1520, element)
    held, unknown = sift(element, PERSON)
    assert unknown == ()
    drafts = list(STREAM.translate(STREAM.parse(body(held))))
    p, a = zeep.persondata, zeep.adresse.aktuelAdresse
    (person,), (navn,), (adresse,) = of(drafts, PersonDraft), of(drafts, NavnDraft), of(drafts, AdresseDraft)
    assert person.objekt == Nummer("cpr", p.personnummer)
    assert [person.foedselsdato, person.koen, person.status, person.statusdato, person.civilstand] == [
        p.foedselsdato.dato, p.koen, p.status.status, utc(p.status.statusdato.dato), p.civilstand.civilstand,
    ]  # fmt: skip
    assert person.tilmeldt_digitalpost == p.tilmeldtDigitalpost
    assert [plain(getattr(navn, f)) for f in ("fornavn", "mellemnavn", "efternavn", "adresseringsnavn")] == [
        p.navn.fornavn, p.navn.mellemnavn, p.navn.efternavn, p.navn.personadresseringsnavn,
    ]  # fmt: skip
    assert (adresse.kommunekode, adresse.vejkode) == (f"{a.kommunekode:04d}", f"{a.vejkode:04d}") == ("0461", "0012")
    assert [adresse.postnummer, adresse.postdistrikt, adresse.vejnavn, adresse.tekst, adresse.husnummer] == [
        a.postnummer, a.postdistrikt, a.vejnavn, a.standardadresse, a.husnummer.lstrip("0"),
    ]  # fmt: skip
    assert len(of(drafts, BeskyttelseDraft)) == 1
    (spouse,) = of(drafts, PersonrelationDraft)
    assert spouse.reference == Nummer("cpr", zeep.relationer.aegtefaelle.personnummer)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 9999))
def test_codes_have_four_digits_however_they_are_sent(code: int) -> None:
    for sent in (str(code), f"{code:04d}"):
        (said,) = of(
            facts(f"<adresse><aktuelAdresse><kommunekode>{sent}</kommunekode></aktuelAdresse></adresse>"), AdresseDraft
        )
        assert said.kommunekode == f"{code:04d}"


def test_a_replaced_number_leads_to_the_current_one() -> None:
    for asked in (CPR, OTHER):
        data = f"<personnummer>{CPR}</personnummer><gaeldendePersonnummer>{OTHER}</gaeldendePersonnummer>"
        (record,) = lookup(reply("", data), asked)
        drafts = list(STREAM.translate(STREAM.parse(record.body)))
        assert {d.objekt for d in drafts} == {Nummer("cpr", OTHER)}
        (identitet,) = of(drafts, IdentitetDraft)
        assert (identitet.art, identitet.nummer) == ("cpr", CPR)


def test_the_number_asked_for_stands_in_where_the_reply_has_none() -> None:
    for data in ("", "<personnummer/>", "<koen>K</koen>"):
        (record,) = lookup(reply("", data))
        assert {d.objekt for d in STREAM.translate(STREAM.parse(record.body))} == {ME}
        assert record.key == "person"


def test_a_reply_about_somebody_else_is_refused() -> None:
    with pytest.raises(ContractError, match="another person") as caught:
        lookup(reply(""), OTHER)
    assert CPR not in str(caught.value) and OTHER not in str(caught.value)


def test_an_empty_reply_is_nobody() -> None:
    assert lookup(f'<PersonLookupResponse xmlns="{NS}"/>') == []


def test_only_listed_elements_come_in_and_new_ones_are_named() -> None:
    inner = "<notater><notatlinie>hemmeligt</notatlinie></notater><nyt><felt>hemmeligt</felt></nyt>"
    (record,) = lookup(
        reply(inner, f"<personnummer>{CPR}</personnummer><alder>60</alder><koen>K<x>hemmeligt</x></koen>")
    )
    assert b"hemmeligt" not in record.body and b"alder" not in record.body
    assert record.unknown == ("nyt", "persondata/koen/x")


def test_equal_replies_give_equal_bytes() -> None:
    pretty = etree.tostring(etree.fromstring(reply("<adresse><aktuelAdresse/></adresse>")), pretty_print=True)
    assert lookup(pretty.decode()) == lookup(reply("<adresse><aktuelAdresse/></adresse>"))
    older = reply("", f"<personnummer>{CPR}</personnummer><alder>60</alder>")
    assert lookup(older) == lookup(older.replace(">60<", ">61<"))


def test_a_move_is_dated_and_the_former_homes_keep_their_time() -> None:
    homes = of(facts(
        "<adresse><aktuelAdresse><tilflytningsdato><dato>2024-05-01T00:00:00</dato></tilflytningsdato></aktuelAdresse>"
        "<adresseHistorik><tilflytningsdato><dato>2020-01-01T00:00:00</dato><usikkerhedsmarkering>*</usikkerhedsmarkering>"
        "</tilflytningsdato><fraflytningsdato><dato>2024-05-01T00:00:00</dato></fraflytningsdato></adresseHistorik></adresse>"
    ), AdresseDraft)  # fmt: skip
    moved = datetime(2024, 4, 30, 22, tzinfo=UTC)
    assert [(h.art, h.virkning_fra, h.virkning_til) for h in homes] == [
        ("bopael", moved, None), ("bopael", datetime(2019, 12, 31, 23, tzinfo=UTC), moved),
    ]  # fmt: skip
    assert homes[0].flag is None and homes[1].flag == "tilflytningsdato uncertain"


def test_abroad_and_contact_addresses() -> None:
    abroad, contact = sorted(of(facts(
        "<adresse><udrejseoplysninger><udrejselandekode>102</udrejselandekode>"
        "<udrejselandekodeMyndighedsnavn>Norge</udrejselandekodeMyndighedsnavn>"
        "<udlandsadresse1>Gata 1</udlandsadresse1>"
        "</udrejseoplysninger><kontaktAdresse><kontaktAdr1>c/o Ven</kontaktAdr1><startdato>2024-01-01</startdato>"
        "<slettedato>2024-02-01</slettedato></kontaktAdresse></adresse>"
    ), AdresseDraft), key=lambda a: a.art, reverse=True)  # fmt: skip
    assert (abroad.art, abroad.landekode, abroad.tekst) == ("udland", "0102", "Gata 1, Norge")
    assert (contact.art, contact.tekst, contact.virkning_til) == (
        "kontakt",
        "c/o Ven",
        datetime(2024, 1, 31, 23, tzinfo=UTC),
    )


@pytest.mark.parametrize(("inner", "there", "til"), [
    ("<beskyttet>true</beskyttet>", True, None),
    ("<startdato>2024-01-01</startdato><beskyttet>true</beskyttet>", True, None),
    ("<startdato>2024-01-01</startdato><slutdato>2025-01-01</slutdato><beskyttet>true</beskyttet>", True,
     datetime(2024, 12, 31, 23, tzinfo=UTC)),
    ("<startdato>2024-01-01</startdato><slutdato>2025-01-01</slutdato><beskyttet>false</beskyttet>", True,
     datetime(2024, 12, 31, 23, tzinfo=UTC)),
    ("<beskyttet>false</beskyttet>", False, None),
    ("<startdato>2024-01-01</startdato>", True, None),
    ("<startdato>2024-01-01</startdato><beskyttet>false</beskyttet>", False, None),
    ("", False, None),
])  # fmt: skip
def test_protection_in_doubt_is_protection(inner: str, there: bool, til: datetime | None) -> None:
    arts = {
        "adressebeskyttelse": "navn_og_adresse",
        "vejviserbeskyttelse": "vejviser",
        "markedsfoeringsbeskyttelse": "markedsfoering",
    }
    for name, art in arts.items():
        found = of(facts(data=f"<{name}>{inner}</{name}>"), BeskyttelseDraft)
        assert [(b.art, b.virkning_til) for b in found] == ([(art, til)] if there else [])


def test_relations_by_number_by_name_and_unknown() -> None:
    inner = (
        "<relationer><aegtefaelle><foedselsdato><dato>1960-02-03</dato></foedselsdato>"
        "<navn>Per Ven</navn></aegtefaelle>"
        f"<barn><personnummer>{OTHER}</personnummer></barn><mor><personnummer>0000000000</personnummer></mor>"
        f"<far><personnummer>{OTHER}</personnummer></far>"
        "<foraeldremyndighed><foraeldremyndighedtype>4</foraeldremyndighedtype>"
        "<foraeldremyndighedStartdato><dato>2020-01-01</dato></foraeldremyndighedStartdato></foraeldremyndighed></relationer>"
    )
    found = {r.relationstype: r for r in of(facts(inner), PersonrelationDraft)}
    assert set(found) == {"aegtefaelle", "barn", "far", "foraeldremyndighed"}
    assert (found["aegtefaelle"].navn, found["aegtefaelle"].foedselsdato) == ("Per Ven", date(1960, 2, 3))
    assert (
        found["barn"].reference
        == found["far"].reference
        == found["foraeldremyndighed"].reference
        == Nummer("cpr", OTHER)
    )
    assert found["foraeldremyndighed"].kode == "4"
    assert found["foraeldremyndighed"].virkning_fra == datetime(2019, 12, 31, 23, tzinfo=UTC)


def test_a_guardian() -> None:
    (said,) = of(facts(data=(
        "<umyndiggoerelse><umyndiggorelseRelationType>1</umyndiggorelseRelationType>"
        f"<relationPersonnummer>{OTHER}</relationPersonnummer><relationVaergenavn>Per Ven</relationVaergenavn>"
        "<umyndiggoerelseStartdato><dato>2020-01-01</dato></umyndiggoerelseStartdato>"
        "<umyndiggjort>true</umyndiggjort></umyndiggoerelse>"
    )), PersonrelationDraft)  # fmt: skip
    assert (said.relationstype, said.reference, said.navn, said.kode) == (
        "vaerge",
        Nummer("cpr", OTHER),
        "Per Ven",
        "1",
    )


def test_an_uncertain_birth_date_and_a_country() -> None:
    (said,) = of(facts(data=(
        "<foedselsdato><dato>1950-01-02</dato><usikkerhedsmarkering>*</usikkerhedsmarkering></foedselsdato>"
        "<statsborgerskab><landekode>5100</landekode></statsborgerskab><tilmeldtDigitalpost>0</tilmeldtDigitalpost>"
    )), PersonDraft)  # fmt: skip
    assert (said.foedselsdato_usikker, said.statsborgerskab, said.tilmeldt_digitalpost) == (True, "5100", False)
    assert said.stilling is UNSET


@pytest.mark.parametrize(("data", "field"), [
    ("<koen>99999</koen>", "persondata/koen"),
    ("<status><status>99999</status></status>", "persondata/status/status"),
    ("<civilstand><civilstand>99999</civilstand></civilstand>", "persondata/civilstand/civilstand"),
    ("<foedselsdato><dato>99999</dato></foedselsdato>", "persondata/foedselsdato/dato"),
    ("<tilmeldtDigitalpost>99999</tilmeldtDigitalpost>", "persondata/tilmeldtDigitalpost"),
    ("<gaeldendePersonnummer>99999</gaeldendePersonnummer>", "persondata/gaeldendePersonnummer"),
])  # fmt: skip
def test_what_cannot_be_read_is_named_and_never_quoted(data: str, field: str) -> None:
    with pytest.raises(RecordError) as caught:
        facts(data=data)
    assert caught.value.field == field and "99999" not in str(caught.value)
