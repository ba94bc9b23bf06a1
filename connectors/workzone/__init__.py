"""KMD WorkZone (OData v4): cases with parties, dates and text, and the documents on them."""

from collections.abc import Iterator
from typing import Any, Literal

from canonical_model import drafts
from canonical_model.draft import UNSET, Draft, Lokal, Ref, Sent
from connectors import kle, odata
from connectors.contract import Connector, listed
from connectors.fields import Fields
from connectors.forloeb import opened_and_closed
from connectors.minimise import Sheet, parse
from connectors.rest import RestApi
from connectors.titles import without_cpr

SAG = Sheet.of(
    "ID UserKey Title FileClass_Value FileClass_Summary SubNo_Value Officer_Value Officer_Summary ResponsibleOU_Value"
    " ResponsibleOU_Summary State_Value State_Summary Created Closed Dates(ID CustomLabel_Value DateStamp) Text(Text)"
    " Parties(ID CustomLabel_Value Name(NameType_Value NameCode Name1))",
    "Parties(Name(ID)) Text(ID)",
)
"""What comes in, which is also what is asked for: WorkZone sends nothing that is not named, but for each one's ID."""
DOKUMENT = Sheet.of("ID UserKey Title RecordType_Value FileKey_Value Created LetterDate")
AKTOERER = (("primaer_behandler", "Officer", "bruger"), ("ansvarlig", "ResponsibleOU", "organisationenhed"))
_RETNING = {"I": "indgaaende", "U": "udgaaende", "N": "internt_notat"}
_PART: dict[str, tuple[str, Literal["cpr", "cvr"]]] = {"C": ("person", "cpr"), "F": ("virksomhed", "cvr")}


def sag(raw: Any) -> Iterator[Draft]:
    """A File as Sag: known by its ID, since no UUID of it is known; Sagspart is the primary party, any other label
    a secondary one. Opstaaet from Created on, Afsluttet from Closed on."""
    fil = Fields(raw)
    objekt = Lokal("sag", fil.need_id("ID"))
    oprettet, slut = fil.need_instant("Created"), fil.instant("Closed")
    nummer, titel = fil.text("UserKey"), without_cpr(fil.need_text("Title"))
    yield drafts.SagDraft(objekt=objekt, brugervendt_noegle=nummer, sagsnummer=nummer, titel=titel)
    yield drafts.SagindeksDraft(objekt=objekt, sagsstatus=fil.text("State_Summary"), oprettet=oprettet)
    yield from opened_and_closed(objekt, oprettet, slut)
    emne = fil.need_text("FileClass_Value")
    navn = _named(fil, "FileClass") if kle.NUMMER.fullmatch(emne) else UNSET
    yield from kle.klasser(objekt, emne, fil.text("SubNo_Value"), titel=navn)
    for rolle, name, art in AKTOERER:
        if fil.has(f"{name}_Value"):
            kort, navn = fil.text(f"{name}_Value"), _named(fil, name)
            yield drafts.SagsaktoerDraft(objekt=objekt, rolle=rolle, type=art, brugervendt_noegle=kort, fuldt_navn=navn)
    yield from (_part(objekt, part) for part in fil.many("Parties"))
    for dato in fil.many("Dates"):
        yield drafts.FristDraft(
            objekt=objekt, art="frist", indeks=dato.need_id("ID"), titel=dato.text("CustomLabel_Value"),
            fristdato=dato.need_dato("DateStamp"), tilstand="open" if slut is None else "done",
        )  # fmt: skip
    if (tekst := fil.one("Text")) and tekst.has("Text"):
        note = without_cpr(tekst.need_text("Text"))
        yield drafts.JournalnotatDraft(objekt=objekt, indeks="tekst", titel="Sagstekst", notat=note, format="text")


def _named(fil: Fields, name: str) -> Sent[str]:
    """The words of a code: its _Summary is the code, a comma, and the words."""
    said = fil.text(f"{name}_Summary")
    return said.removeprefix(f"{fil.text(f'{name}_Value')}, ") if isinstance(said, str) else said


def _part(objekt: Ref, part: Fields) -> Draft:
    """A party by NameCode when NameType says that it is a citizen's or a company's number."""
    navn = part.need_one("Name")
    art, register = _PART.get(navn.need_text("NameType_Value"), (UNSET, None))
    number = navn.need_nummer("NameCode", register) if register else UNSET
    return drafts.SagspartDraft(
        objekt=objekt, rolle="primaer_part" if part.text("CustomLabel_Value") == "Sagspart" else "sekundaer_part",
        indeks=part.need_id("ID"), type=art, part=number, fuldt_navn=navn.text("Name1"),
    )  # fmt: skip


def dokument(raw: Any) -> Iterator[Draft]:
    """A Record as Dokument, and its place in the case that FileKey_Value names."""
    akt = Fields(raw)
    key, titel = akt.need_id("ID"), without_cpr(akt.need_text("Title"))
    objekt, oprettet, nummer = Lokal("dokument", key), akt.need_instant("Created"), akt.text("UserKey")
    yield drafts.DokumentDraft(
        objekt=objekt, registreret=oprettet, brugervendt_noegle=nummer, dokumentnummer=nummer, titel=titel,
        brevdato=akt.dato("LetterDate"), type=_RETNING.get(akt.need_text("RecordType_Value"), "andet"),
    )  # fmt: skip
    if akt.has("FileKey_Value"):
        fil = Lokal("sag", akt.need_id("FileKey_Value"))
        yield drafts.JournalpostDraft(objekt=fil, rolle="tilakteret", indeks=key, dokument=objekt, dokumenttitel=titel)


CONNECTOR = Connector(
    name="workzone",
    system="KMD WorkZone",
    open=RestApi.with_token,
    check=odata.knock("Files", "ID", SAG, orderby="ID"),
    # No way to ask for what changed is known, so both are read whole, always.
    streams=(
        listed("sager", odata.reader("Files", "ID", SAG, orderby="ID"), parse, sag),
        listed("dokumenter", odata.reader("Records", "ID", DOKUMENT, orderby="ID"), parse, dokument),
    ),
)
