"""A Bevilling and a payment as facts, against zeep on the sample and by example."""

from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from lxml import etree

from canonical_model.draft import UNSET, Draft, Nummer
from canonical_model.drafts import (
    BevilgetYdelseDraft,
    BevillingDraft,
    BevillingsaktoerDraft,
    BevillingspartDraft,
    BevillingssagDraft,
    EffektueringsaktoerDraft,
    EffektueringspartDraft,
    OekonomiskEffektueringDraft,
    YdelseseffektueringDraft,
)
from connectors.errors import RecordError
from connectors.soap_xml import body, sift
from connectors.ydelsesindeks import BEVILLINGER, CONNECTOR, EFFEKTUERINGER
from tests.connectors.soap import build
from tests.connectors.soap.build import el, virkning, wrap
from tests.connectors.soap.oracle import plain, utc
from tests.connectors.soap.schemas import SF1490, meaning, sample

BEVILLING, EFFEKTUERING = CONNECTOR.streams


def only(drafts: list[Draft], kind: type[Any]) -> Any:
    """The one draft of a kind."""
    (found,) = [d for d in drafts if isinstance(d, kind)]
    return found


def said(draft: Draft, *fields: str) -> list[Any]:
    """Fields of a draft as zeep would have them."""
    return [plain(getattr(draft, f)) for f in fields]


def read(reply: etree._Element, kind: Any, stream: Any) -> list[Draft]:
    """The drafts of the first object of a kind."""
    element = next(e for e in reply if str(e.tag).endswith("}" + kind.billede))
    held, unknown = sift(element, kind.sheet)
    assert unknown == ()
    return list(stream.translate(stream.parse(body(held))))


def test_the_sample_bevilling_says_what_zeep_says(contracts: Path) -> None:
    reply = sample(contracts, "sf1490_fremsoeg_reply.xml")
    r = meaning(contracts, SF1490, reply).BevillingFiltreretOejebliksbillede[0].Registrering[0]
    drafts = read(reply, BEVILLINGER, BEVILLING)
    e, y = r.AttributListe.Egenskaber[0], r.AttributListe.BevilgetYdelse[0]
    plan = y.OekonomiskEffektueringsplan[0]
    names = ("brugervendt_noegle", "startdato", "slutdato", "begrundelse", "foelsomhed")
    assert said(only(drafts, BevillingDraft), *names) == [
        e.BrugervendtNoegle, e.Bevillingstartdato, e.Bevillingslutdato, e.Begrundelse, e.Foelsomhed,
    ]  # fmt: skip
    assert said(
        only(drafts, BevilgetYdelseDraft), "ydelse_id", "navn", "startdato", "slutdato", "tilbagebetalingspligtig",
        "systemnavn", "ydelsesnavn", "kle", "klassetitel", "plan_id", "plan_start", "plan_slut", "frekvens",
        "forud_bagud", "dispositionsdag", "beloeb", "manuelt_godkendes",
    ) == [
        y.Id, y.Navn, utc(y.BevilgetYdelseStartdato), utc(y.BevilgetYdelseSlutdato), y.Tilbagebetalingspligtig,
        y.ItSystem[0].SystemNavn, y.Ydelse.Ydelsesnavn, y.Ydelse.Klassifikation.BrugervendtNoegle,
        y.Ydelse.Klassifikation.Klassetitel, plan.Id, utc(plan.EffektueringsplanStartdato),
        utc(plan.EffektueringsplanSlutdato), plan.Beregningsfrekvens, plan.ForudBagud, plan.Dispositionsdag,
        Decimal(plan.Ydelsesbeloeb), plan.ManueltGodkendes,
    ]  # fmt: skip
    sag, part, aktoer = (
        getattr(r.RelationListe, n)[0] for n in ("Bevillingssag", "Bevillingspart", "Bevillingsaktoer")
    )
    assert said(only(drafts, BevillingssagDraft), "rolle", "reference", "brugervendt_noegle") == [
        "tilknyttet", sag.ReferenceID.UUIDIdentifikator, sag.BrugervendtNoegle,
    ]  # fmt: skip
    who = only(drafts, BevillingspartDraft)
    assert f"urn:oio:cpr-nr:{who.part.nummer}" == part.ReferenceID.URNIdentifikator
    assert (who.rolle, who.type, who.fuldt_navn) == ("ydelsesmodtager", "person", part.FuldtNavn)
    assert said(only(drafts, BevillingsaktoerDraft), "rolle", "cvr", "fuldt_navn") == [
        "ejer", getattr(aktoer, "CVR-nr"), aktoer.FuldtNavn,
    ]  # fmt: skip


def test_the_sample_payment_says_what_zeep_says(contracts: Path) -> None:
    reply = sample(contracts, "sf1490_fremsoeg_reply.xml")
    r = meaning(contracts, SF1490, reply).OekonomiskEffektueringFiltreretOejebliksbillede[0].Registrering[0]
    drafts = read(reply, EFFEKTUERINGER, EFFEKTUERING)
    e, rel = r.AttributListe.Egenskaber[0], r.RelationListe.OekonomiskYdelseEffektueringRelation[0]
    assert said(
        only(drafts, OekonomiskEffektueringDraft), "brugervendt_noegle", "startdato", "slutdato", "bruttobeloeb",
        "dispositionsdato", "beloeb_efter_skat", "beloeb_sendt", "beloeb_udbetalt", "udbetalingsafdeling",
        "sendt_tekst", "udbetalt_tekst",
    ) == [
        e.BrugervendtNoegle, utc(e.Startdato), utc(e.Slutdato), Decimal(e.SamletBruttobeloeb),
        utc(e.Dispositionsdato), Decimal(e.BeloebEfterSkatATP), e.BeloebSendtTilUdbetaling,
        Decimal(e.BeloebUdbetalt), e.Udbetalingsafdeling, e.SendtTilUdbetalingTekst, e.UdbetaltTekst,
    ]  # fmt: skip
    assert said(
        only(drafts, YdelseseffektueringDraft), "rolle", "bevilling", "ydelse_id", "periode_start", "periode_slut",
        "beloeb", "kle",
    ) == [
        "ydelseseffektuering", rel.BevilgetYdelseRef.UUIDIdentifikator, rel.BevilgetYdelseRef.BevilgetYdelseId,
        utc(rel.YdelsesperiodeStartdato), utc(rel.YdelsesperiodeSlutdato), Decimal(rel.Ydelsesbeloeb),
        rel.Klassifikationsbeskrivelse,
    ]  # fmt: skip
    assert only(drafts, EffektueringspartDraft).rolle == "effektueringsmodtager"
    assert only(drafts, EffektueringsaktoerDraft).rolle == "ejer"


def bevilling(*ydelser: str, start: str = "1. april 2024") -> list[Draft]:
    """The drafts of a Bevilling."""
    text = wrap("bi:Egenskaber", virkning("bi"), el("bi:BrugervendtNoegle", "B1"), el("bi:Bevillingstartdato", start))
    owner = build.relation("bi:Bevillingsaktoer", "abdf4d3e-f113-4282-b13e-6cd32a82621c", "urn:oio:cvr:11111111")
    xml = build.billede(
        "yi:BevillingFiltreretOejebliksbillede", "bi", build.registrering("bi", text + "".join(ydelser), "", owner)
    )
    return list(BEVILLING.translate(BEVILLING.parse(xml)))


def ydelse(*planer: str, id_: str | None = "1", efter: str = "") -> str:
    """A BevilgetYdelse."""
    return wrap("bi:BevilgetYdelse", virkning("bi"), el("bi:Id", id_), el("bi:Navn", "Merudgift"), efter, *planer)


def plan(id_: str, beloeb: str) -> str:
    """A plan of payment."""
    return wrap("bi:OekonomiskEffektueringsplan", el("bi:Id", id_), el("bi:Ydelsesbeloeb", beloeb))


def test_free_text_dates_stay_text() -> None:
    assert only(bevilling(), BevillingDraft).startdato == "1. april 2024"


def test_one_draft_a_plan_and_one_without_any() -> None:
    drafts = [
        d
        for d in bevilling(ydelse(plan("a", "10.50"), plan("b", "-3")), ydelse(id_="2"))
        if isinstance(d, BevilgetYdelseDraft)
    ]
    assert [(d.ydelse_id, d.plan_id, d.beloeb) for d in drafts] == [
        ("1", "a", Decimal("10.50")), ("1", "b", Decimal("-3")), ("2", UNSET, UNSET),
    ]  # fmt: skip


def test_a_benefit_without_id_is_kept_and_flagged() -> None:
    said_ = only(bevilling(ydelse(id_=None)), BevilgetYdelseDraft)
    assert said_.ydelse_id == "" and "no Id" in said_.flag


def test_the_master_system_is_named() -> None:
    systems = "".join(
        wrap("bi:ItSystem", build.unik("bi:Rolle", rolle), el("bi:SystemNavn", navn))
        for rolle, navn in (
            ("1b3c6a6d-e977-4491-9bf8-b41ee6999f39", "A"),
            ("251c24fd-57b0-4afc-9d73-b063d1957eb3", "B"),
        )
    )
    assert only(bevilling(ydelse(efter=systems)), BevilgetYdelseDraft).systemnavn == "B"


@pytest.mark.parametrize("beloeb", ["1.250,00", "99999 kr", "1e5", "NaN"])
def test_an_amount_that_cannot_be_read_parks_the_record(beloeb: str) -> None:
    with pytest.raises(RecordError) as caught:
        bevilling(ydelse(plan("a", beloeb)))
    assert caught.value.field.endswith("Ydelsesbeloeb") and beloeb not in str(caught.value)


def test_a_payment_by_company_and_without_ref() -> None:
    rel = build.relation(
        "oef:OekonomiskYdelseEffektueringRelation", "ccc9d91b-9a4c-4ada-9be4-795ca068e89d", build.SAG,
        efter=el("oef:YdelsesperiodeStartdato", "2024-04-01T00:00:00"),
    )  # fmt: skip
    who = build.relation(
        "oef:OekonomiskEffektueringPart", "68d4b903-acae-4f2f-aafc-45bd999ed81f", "urn:oio:cvr-nr:22222222"
    )
    xml = build.billede(
        "yi:OekonomiskEffektueringFiltreretOejebliksbillede", "oef", build.registrering("oef", "", "", rel + who)
    )
    drafts = list(EFFEKTUERING.translate(EFFEKTUERING.parse(xml)))
    said_ = only(drafts, YdelseseffektueringDraft)
    assert said_.bevilling == UUID(build.SAG)
    assert said_.periode_start == datetime(2024, 3, 31, 22, tzinfo=UTC)
    assert only(drafts, EffektueringspartDraft).part == Nummer("cvr", "22222222")
