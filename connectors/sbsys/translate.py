"""SBSYS's words in those of the Rammearkitektur."""

import re
from collections.abc import Iterator
from typing import Any
from uuid import UUID

from canonical_model.draft import UNSET, Draft, Foelsomhed, Nummer, Sent
from canonical_model.drafts import (
    BeskyttelseDraft,
    DokumentaktoerDraft,
    DokumentDraft,
    FremdriftDraft,
    FristDraft,
    JournalnotatDraft,
    JournalpostDraft,
    SagDraft,
    SagindeksDraft,
    SagsaktoerDraft,
    SagspartDraft,
)
from connectors import dates, identifiers, kle
from connectors.errors import RecordError
from connectors.fields import Fields

_NUMMER = re.compile(r"(\d{2}\.\d{2}\.\d{2})-([A-ZÆØÅ]\d{2})-\d{1,6}-\d{2,4}")
_STATUS = {"opstået": "Opstaaet", "oplyst": "Oplyst", "afgjort": "Afgjort", "afsluttet": "Afsluttet"}
_TILSTAND = {"Aktiv": "Oplyst", "Passiv": "Oplyst", "Afsluttet": "Afsluttet"}
_ART = {
    "indgående": "indgaaende",
    "udgående": "udgaaende",
    "internt": "internt_notat",
    "internt notat": "internt_notat",
    "eksternt notat": "eksternt_notat",
    "faktura": "faktura",
    "rapport": "rapport",
    "dagsorden": "dagsorden",
    "plan": "plan",
}
_LIVE = (None, False, 0, "", "0", "None", "NotDeleted", "IkkeSlettet", "Aktiv")


def sag(raw: Any) -> Iterator[Draft]:
    """Sag with its number's KLE emne and handlingsfacet, its steps, handler, unit and parties.

    SagIdentity is the case's UUID in the Sags- og Dokumentindeks too. ErBeskyttet means an access list inside SBSYS
    that we cannot read: such a case counts as FOELSOMME_PERSONOPLYSNINGER. Only steps have a virkning: SBSYS does not
    say since when a title, a handler or a party is what it is.
    """
    sag = Fields(raw)
    objekt = identifiers.uuid(sag.need("SagIdentity"), "SagIdentity")
    nummer = sag.need_text("Nummer")
    found = _NUMMER.fullmatch(nummer)
    if not found:
        raise RecordError("Nummer", "not a case number of the form emne-facet-number-year")
    registreret = sag.instant("SenestAendret")
    typer = [t.text("Navn") for t in sag.many("SagsTyper")]
    status = sag.need_one("SagsStatus")
    yield SagDraft(
        objekt=objekt,
        registreret=registreret,
        brugervendt_noegle=nummer,
        sagsnummer=nummer,
        titel=sag.need_text("SagsTitel"),
        beskrivelse=sag.text("Kommentar"),
    )
    yield SagindeksDraft(
        objekt=objekt,
        registreret=registreret,
        sagsstatus=status.text("Navn"),
        sagskategori=typer[0] if typer else UNSET,
        foelsomhed=Foelsomhed.FOELSOMME_PERSONOPLYSNINGER if sag.flag("ErBeskyttet") is True else UNSET,
        oprettet=sag.instant("Oprettet") or UNSET,
    )
    yield from _fremdrift(objekt, sag, status)
    yield from kle.klasser(objekt, found[1], found[2])
    if behandler := sag.one("Behandler"):
        yield SagsaktoerDraft(
            objekt=objekt, registreret=registreret, rolle="primaer_behandler", type="bruger", **_bruger(behandler)
        )
    if sted := sag.one("Ansaettelsessted"):
        yield SagsaktoerDraft(
            objekt=objekt,
            registreret=registreret,
            rolle="ansvarlig",
            type="organisationenhed",
            reference=identifiers.uuid(sted.need("Uuid"), sted.path("Uuid")),
            fuldt_navn=sted.text("Navn"),
        )
    yield from _parter(objekt, sag)


def _fremdrift(objekt: UUID, sag: Fields, status: Fields) -> Iterator[Draft]:
    """Opstaaet from Opstaaet on; then the state of the case's status since SenesteStatusAendring.

    A status that the municipality named as the standard's states is taken by its name, any other by SagsTilstand
    (Aktiv and Passiv: Oplyst, Afsluttet: Afsluttet).
    """
    tilstand = status.need_code("SagsTilstand", _TILSTAND)
    named = _STATUS.get(str(status.text("Navn") or "").lower()) if tilstand != "Afsluttet" else None
    nu = named or tilstand
    opstaaet = sag.need_instant("Opstaaet")
    siden = sag.instant("SenesteStatusAendring")
    if nu == "Opstaaet":
        yield FremdriftDraft(objekt=objekt, status=nu, virkning_fra=opstaaet)
    elif siden is not None and siden > opstaaet:
        yield FremdriftDraft(objekt=objekt, status="Opstaaet", virkning_fra=opstaaet, virkning_til=siden)
        yield FremdriftDraft(objekt=objekt, status=nu, virkning_fra=siden)
    else:
        flag = None if siden is None else "the status is older than the case"
        yield FremdriftDraft(objekt=objekt, status=nu, virkning_fra=opstaaet, flag=flag)


def _bruger(bruger: Fields) -> dict[str, Any]:
    return {
        "reference": identifiers.uuid(bruger.need("Uuid"), bruger.path("Uuid")),
        "brugervendt_noegle": bruger.text("LogonId"),
        "fuldt_navn": bruger.text("Navn"),
    }


def _parter(objekt: UUID, sag: Fields) -> Iterator[Draft]:
    """PrimaryPart as primaer_part, the other Personer and Firmaer as sekundaer_part by their ids in SBSYS."""
    primary: tuple[str, str] | None = None
    if part := sag.one("PrimaryPart"):
        kind = part.need_text("PartType")
        if kind not in ("Person", "Firma"):
            raise RecordError(part.path("PartType"), "neither Person nor Firma")
        primary = (kind, part.need_id("PartId")) if part.has("PartId") else None
        yield _part(objekt, part, kind, "CPRnummer" if kind == "Person" else "CVRnummer", "primaer_part", UNSET)
    for kind, liste, number in (("Person", "Personer", "CprNummer"), ("Firma", "Firmaer", "CVRNummer")):
        for part in sag.many(liste):
            key = part.need_id("Id")
            if (kind, key) != primary:
                yield _part(objekt, part, kind, number, "sekundaer_part", f"{kind.lower()}-{key}")
            adresse = part.one("Adresse")
            if adresse is not None and adresse.flag("ErBeskyttet") is True and part.has(number):
                yield BeskyttelseDraft(objekt=Nummer("cpr", part.need_cpr(number)), art="navn_og_adresse")


def _part(objekt: UUID, part: Fields, kind: str, number: str, rolle: str, indeks: Sent[str]) -> SagspartDraft:
    ref = part.need_nummer(number, "cpr" if kind == "Person" else "cvr") if part.has(number) else UNSET
    return SagspartDraft(
        objekt=objekt,
        rolle=rolle,
        indeks=indeks,
        type="person" if kind == "Person" else "virksomhed",
        part=ref,
        fuldt_navn=part.text("Navn"),
    )


def dokument(raw: Any) -> Iterator[Draft]:
    """Dokument and its place in the Sag (tilakteret; SBSYS does not tell those that do not matter). Nothing when it
    lies in SBSYS's wastebasket (DeletedState)."""
    dok = Fields(raw)
    objekt = identifiers.uuid(dok.need("DokumentIdentity"), "DokumentIdentity")
    sagen = identifiers.uuid(dok.need("SagIdentity"), "SagIdentity")
    nummer = dok.need_id("DokumentID")
    titel = dok.need_text("DokumentNavn")
    registreret = dok.need_instant("RegistreringsDato")
    art = dok.one("DokumentArt")
    navn = art.need_text("Navn").strip().lower() if art else ""
    filer = list(dok.many("Filer"))
    fil = next((f for f in filer if f.flag("ErPrimaerFil") is True), filer[0] if filer else None)
    if raw.get("DeletedState") not in _LIVE:
        return
    yield DokumentDraft(
        objekt=objekt,
        registreret=registreret,
        brugervendt_noegle=nummer,
        dokumentnummer=nummer,
        titel=titel,
        beskrivelse=dok.text("Beskrivelse"),
        brevdato=registreret.astimezone(dates.DANISH).date(),
        type=_ART.get(navn, "andet"),
        filendelse=fil.text("Filendelse") if fil else UNSET,
    )
    if behandler := dok.one("Behandler"):
        yield DokumentaktoerDraft(objekt=objekt, rolle="primaer_behandler", type="bruger", **_bruger(behandler))
    yield JournalpostDraft(
        objekt=sagen, registreret=registreret, rolle="tilakteret", indeks=nummer, dokument=objekt, dokumenttitel=titel
    )


def journalarknotat(raw: Any) -> Iterator[Draft]:
    """A note on the Sag, as HTML; it must never be shown unescaped."""
    note = Fields(raw)
    forfatter = note.one("OprettetAf")
    oprettet = note.need_instant("Oprettet")
    yield JournalnotatDraft(
        objekt=identifiers.uuid(note.need("SagIdentity"), "SagIdentity"),
        registreret=oprettet,
        indeks=note.need_id("Id") if note.has("Id") else note.need_id("Uuid"),
        titel=note.need_text("Overskrift"),
        notat=note.text("Note"),
        format="html",
        skrevet=note.instant("KontaktTidspunkt") or oprettet,
        forfatter=forfatter.text("Navn") if forfatter else UNSET,
    )


def erindring(raw: Any) -> Iterator[Draft]:
    """A reminder on the Sag: the day of its deadline as a Danish calendar day, none where HarDeadline is false."""
    said = Fields(raw)
    ansvarlig = said.one("Ansvarlig")
    deadline = said.instant("Deadline") if said.flag("HarDeadline") is not False else None
    yield FristDraft(
        objekt=identifiers.uuid(said.need("SagIdentity"), "SagIdentity"),
        art="erindring",
        indeks=said.need_id("Id"),
        titel=said.need_text("Navn"),
        beskrivelse=said.text("Beskrivelse"),
        fristdato=deadline.astimezone(dates.DANISH).date() if deadline else None,
        tilstand="done" if said.flag("ErAfsluttet") is True else "open",
        ansvarlig=ansvarlig.text("Navn") if ansvarlig else UNSET,
    )
