"""An IndsendelseType as facts about its BOMSag."""

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from canonical_model.draft import UNSET, Draft, Nummer, Ref, Sent
from canonical_model.drafts import (
    DokumentDraft,
    FremdriftDraft,
    FristDraft,
    JournalpostDraft,
    SagDraft,
    SagindeksDraft,
    SagsaktoerDraft,
    SagsgenstandDraft,
    SagspartDraft,
    SagsrelationDraft,
)
from connectors import identifiers, kle
from connectors.soap_node import Node
from connectors.soap_xml import Held
from connectors.titles import without_cpr

FREMDRIFT = {"Modtaget": "Opstaaet", "Afgjort": "Afgjort", "Afsluttet": "Afsluttet"}
"""SagStatusKode to the state of the case; every other one is Oplyst."""
BERO = "Bero"
NONE = "0001-01-01"
"""How .NET writes a date that is not there."""
TURN: dict[str, Sent[str]] = {"Myndighed": "myndighed", "Ansoeger": "ansoeger", "Ingen": UNSET}
KLASSE = "KlasseRefListe/KlasseRef/KlassifikationSystemKode/KlassifikationFacetKode/KlasseKode"
"""What it takes to know the KLE number."""


def facts(held: Held) -> Iterator[Draft]:
    """The Sag, who applied, what it is about, how far it is and until when."""
    sent = Node(held)
    sag = sent.need_one("BOMSag")
    objekt, indsendt = sag.need_uuid("BOMSagID"), sent.need_instant("IndsendelseDatoTid")
    sent.need("IndsendelseTitelTekst")
    kind = sag.need_one("SagTypeRef")
    koder = dict(_koder(kind))
    if not koder.get("KLEmne") or not kle.NUMMER.fullmatch(koder["KLEmne"]):
        raise kind.error(KLASSE, "no KLE number")
    yield SagDraft(
        objekt=objekt,
        brugervendt_noegle=sag.text("BomNummer"),
        sagsnummer=sag.text("BomNummer"),
        titel=without_cpr(str(sent.text("IndsendelseTitelTekst"))),
        kassationskode=koder.get("KLKassation") or UNSET,
    )
    yield from kle.klasser(objekt, koder["KLEmne"], koder.get("KLHandling"))
    yield from _status(objekt, sag, kind, indsendt)
    ejer = sent.at("AnsvarligMyndighed", "Myndighed")
    cvr = identifiers.cvr(ejer.value("MyndighedCVR"), "AnsvarligMyndighed/Myndighed/MyndighedCVR")
    yield SagsaktoerDraft(
        objekt=objekt, rolle="ejer", type="organisation", cvr=cvr, fuldt_navn=ejer.text("MyndighedNavn")
    )
    yield from _parter(objekt, sent, sag, cvr)
    yield from _genstande(objekt, sag.at("SagSteder"))
    if (own := sent.one("MyndighedSag")) is not None and own.value("MyndighedSagIdentifikator"):
        reference = own.uuid("MyndighedSagIdentifikator")
        yield SagsrelationDraft(objekt=objekt, rolle="andre_sager", reference=reference)
    bilag = sent.at("FilBilagListe").many("FilBilag")
    for found in (sent.one("IndsendelseDokument"), *(b.one("Dokument") for b in bilag)):
        if found is not None:
            yield from _dokument(objekt, found)


def _koder(kind: Node) -> Iterator[tuple[str, str]]:
    for ref in kind.at("KlasseRefListe").many("KlasseRef"):
        if ref.value("KlassifikationSystemKode") == "KLnr":
            yield ref.value("KlassifikationFacetKode") or "", ref.value("KlasseKode") or ""


def _status(objekt: UUID, sag: Node, kind: Node, indsendt: datetime) -> Iterator[Draft]:
    """How far it is; a state other than the first has no time, since Byg og Miljoe does not say since when."""
    status = sag.need_one("SagStatus")
    kode = status.need("SagStatusKode")
    yield SagindeksDraft(objekt=objekt, sagsstatus=kode, sagskategori=kind.text("VisningNavn"), oprettet=indsendt)
    nu = FREMDRIFT.get(kode, "Oplyst")
    if nu == "Opstaaet":
        yield FremdriftDraft(objekt=objekt, status=nu, virkning_fra=indsendt)
    else:
        yield FremdriftDraft(objekt=objekt, status=nu, flag="Byg og Miljoe does not say since when")
    turn = status.one_of("InitiativPligt", TURN)
    if not (status.value("FristDato") or NONE).startswith(NONE):
        done = nu in ("Afgjort", "Afsluttet")
        fase = status.value("FaseKode")
        yield FristDraft(
            objekt=objekt,
            art="frist",
            titel=f"Byggesag, fase {without_cpr(fase)}" if fase else UNSET,
            fristdato=status.dato("FristDato"),
            tilstand="done" if done else "paused" if kode == BERO else "open",
            venter_paa=TURN.get(turn, UNSET) if isinstance(turn, str) else UNSET,
        )


def _parter(objekt: UUID, sent: Node, sag: Node, own: str) -> Iterator[Draft]:
    """The one who sent it in, and those who apply with; the municipality's own application has no party."""
    others = sag.at("TilknyttetAnsoegerListe").many("TilknyttetAnsoeger")
    seen: set[str] = set()
    for place, who in enumerate([sent.one("Indsender"), *others, sent.one("FuldmagtHaver")]):
        number = (who.value("Identifikation") or "") if who is not None else ""
        if who is None or number == own or (number and number in seen):
            continue
        seen.add(number)
        ref: Sent[Ref] = UNSET
        if number:
            company = len(number) == 8
            at = who.field("Identifikation")
            ref = Nummer("cvr", identifiers.cvr(number, at)) if company else Nummer("cpr", identifiers.cpr(number, at))
        yield SagspartDraft(
            objekt=objekt,
            rolle="sekundaer_part" if place else "primaer_part",
            indeks=str(place) if place else UNSET,
            type=UNSET if not number else "virksomhed" if len(number) == 8 else "person",
            part=ref,
            fuldt_navn=who.text("NavnTekst"),
        )


def _genstande(objekt: UUID, steder: Node) -> Iterator[Draft]:
    """The property by BFE, else by the municipal number; the plot; and the place in words."""
    for place, ejendom in enumerate(steder.many("Ejendom")):
        bfe = ejendom.value("BFEnummer")
        old = ejendom.at("RealPropertyStructure")
        number = old.value("MunicipalRealPropertyIdentifier")
        urn: Sent[str] = f"urn:oio:ejendom:bfe-nr:{bfe:0>10}" if bfe else UNSET
        words = f"BFE {bfe}" if bfe else f"ejendomsnummer {old.value('MunicipalityCode')}-{number}" if number else UNSET
        yield SagsgenstandDraft(
            objekt=objekt, rolle="byggeri", indeks=f"ejendom-{place}", type="ejendom", urn=urn, tekst=words
        )
    for place, matrikel in enumerate(steder.many("Matrikel")):
        ejerlav, nummer = matrikel.value("CadastralDistrictIdentifier"), matrikel.value("LandParcelIdentifier")
        words = f"matr.nr. {nummer}, ejerlav {ejerlav}" if nummer and ejerlav else nummer or ejerlav or UNSET
        yield SagsgenstandDraft(
            objekt=objekt, rolle="byggeri", indeks=f"matrikel-{place}", type="matrikel", tekst=words
        )
    if sted := steder.value("VisningNavn"):
        yield SagsgenstandDraft(objekt=objekt, rolle="byggeri", indeks="sted", type="adresse", tekst=sted)


def _dokument(sag: UUID, found: Node) -> Iterator[Draft]:
    """A drawing or form, and its place in the case."""
    objekt = found.need_uuid("DokumentID")
    titel = found.text("TitelTekst")
    said = without_cpr(titel) if isinstance(titel, str) else titel
    tid = found.instant("DokumentDatoTid")
    yield DokumentDraft(
        objekt=objekt,
        registreret=tid if isinstance(tid, datetime) else None,
        titel=said,
        brevdato=found.dato("DokumentDatoTid"),
        type="indgaaende",
    )
    yield JournalpostDraft(objekt=sag, rolle="tilakteret", indeks=str(objekt), dokument=objekt, dokumenttitel=said)
