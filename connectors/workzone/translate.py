"""WorkZone's words in those of the Rammearkitektur."""

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from canonical_model.draft import UNSET, Draft, Lokal, Nummer, Ref, Sent
from canonical_model.drafts import (
    DokumentDraft,
    FremdriftDraft,
    FristDraft,
    JournalnotatDraft,
    JournalpostDraft,
    SagDraft,
    SagindeksDraft,
    SagsaktoerDraft,
    SagsklasseDraft,
    SagspartDraft,
)
from connectors import dates, identifiers
from connectors.fields import Fields
from connectors.titles import without_cpr

_KLE = re.compile(r"\d{2}(\.\d{2}){0,2}", re.ASCII)
_RETNING = {"I": "indgaaende", "U": "udgaaende", "N": "internt_notat"}
_PART = {"C": "person", "F": "virksomhed"}


def sag(raw: Any) -> Iterator[Draft]:
    """A File as Sag: known by its ID, since no UUID of it is known; Sagspart is the primary party, any other label
    a secondary one. Opstaaet from Created on, Afsluttet from Closed on."""
    fil = Fields(raw)
    noegle = fil.need_id("ID")
    objekt = Lokal("sag", noegle)
    oprettet, slut = fil.need_instant("Created"), fil.instant("Closed")
    yield SagDraft(
        objekt=objekt,
        brugervendt_noegle=fil.text("UserKey"),
        sagsnummer=fil.text("UserKey"),
        titel=without_cpr(fil.need_text("Title")),
    )
    yield SagindeksDraft(objekt=objekt, sagsstatus=fil.text("State_Summary"), oprettet=oprettet)
    yield from _fremdrift(objekt, oprettet, slut)
    kle = fil.need_text("FileClass_Value")
    titel = _named(fil, "FileClass") if _KLE.fullmatch(kle) else UNSET
    yield SagsklasseDraft(objekt=objekt, rolle="primaer_klasse", brugervendt_noegle=kle, klassetitel=titel)
    if fil.has("SubNo_Value"):
        facet = fil.need_text("SubNo_Value")
        yield SagsklasseDraft(objekt=objekt, rolle="handlingsklasse", brugervendt_noegle=facet)
    for rolle, name, art in (
        ("primaer_behandler", "Officer", "bruger"),
        ("ansvarlig", "ResponsibleOU", "organisationenhed"),
    ):
        if fil.has(f"{name}_Value"):
            yield SagsaktoerDraft(
                objekt=objekt,
                rolle=rolle,
                type=art,
                brugervendt_noegle=fil.text(f"{name}_Value"),
                fuldt_navn=_named(fil, name),
            )
    for part in fil.many("Parties"):
        yield _part(objekt, part)
    for dato in fil.many("Dates"):
        yield FristDraft(
            objekt=objekt,
            art="frist",
            indeks=dato.need_id("ID"),
            titel=dato.text("CustomLabel_Value"),
            fristdato=dates.dato(dato.need("DateStamp"), dato.path("DateStamp")),
            tilstand="open" if slut is None else "done",
        )
    if (tekst := fil.one("Text")) and tekst.has("Text"):
        note = without_cpr(tekst.need_text("Text"))
        yield JournalnotatDraft(objekt=objekt, indeks="tekst", titel="Sagstekst", notat=note, format="text")


def _fremdrift(objekt: Ref, fra: datetime, slut: datetime | None) -> Iterator[Draft]:
    if slut is None or slut < fra:
        flag = None if slut is None else "closed before it was created"
        yield FremdriftDraft(objekt=objekt, status="Opstaaet", virkning_fra=fra, flag=flag)
        return
    if slut > fra:
        yield FremdriftDraft(objekt=objekt, status="Opstaaet", virkning_fra=fra, virkning_til=slut)
    yield FremdriftDraft(objekt=objekt, status="Afsluttet", virkning_fra=slut)


def _named(fil: Fields, name: str) -> Sent[str]:
    """The words of a code: its _Summary is the code, a comma, and the words."""
    said = fil.text(f"{name}_Summary")
    if not isinstance(said, str):
        return said
    return said.removeprefix(f"{fil.text(f'{name}_Value')}, ")


def _part(objekt: Ref, part: Fields) -> SagspartDraft:
    """A party by NameCode when NameType says that it is a citizen's or a company's number."""
    navn = part.need_one("Name")
    art = _PART.get(navn.need_text("NameType_Value"))
    number: Sent[Ref] = UNSET
    if art == "person":
        number = Nummer("cpr", navn.need_cpr("NameCode"))
    elif art == "virksomhed":
        number = Nummer("cvr", identifiers.cvr(navn.need("NameCode"), navn.path("NameCode")))
    return SagspartDraft(
        objekt=objekt,
        rolle="primaer_part" if part.text("CustomLabel_Value") == "Sagspart" else "sekundaer_part",
        indeks=part.need_id("ID"),
        type=art or UNSET,
        part=number,
        fuldt_navn=navn.text("Name1"),
    )


def dokument(raw: Any) -> Iterator[Draft]:
    """A Record as Dokument, and its place in the case that FileKey_Value names."""
    akt = Fields(raw)
    noegle = akt.need_id("ID")
    objekt = Lokal("dokument", noegle)
    titel = without_cpr(akt.need_text("Title"))
    yield DokumentDraft(
        objekt=objekt,
        registreret=akt.need_instant("Created"),
        brugervendt_noegle=akt.text("UserKey"),
        dokumentnummer=akt.text("UserKey"),
        titel=titel,
        brevdato=akt.dato("LetterDate"),
        type=_RETNING.get(akt.need_text("RecordType_Value"), "andet"),
    )
    if akt.has("FileKey_Value"):
        sagen = Lokal("sag", akt.need_id("FileKey_Value"))
        yield JournalpostDraft(objekt=sagen, rolle="tilakteret", indeks=noegle, dokument=objekt, dokumenttitel=titel)
