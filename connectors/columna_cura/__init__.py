"""Columna Cura: citizens in home care, what they are granted, and messages about them, over FHIR."""

from collections.abc import Iterator
from typing import Any

from canonical_model import drafts
from canonical_model.draft import UNSET, Draft, Lokal, Nummer
from connectors import fhir, fhir_patient
from connectors.bevilget import bevilget
from connectors.contract import Access, Connector
from connectors.dates import DANISH
from connectors.fields import Fields
from connectors.session_token import Session, SessionAuth

PAGE = 200
"""Resources a page (options.page_size in the source's file); Cura gives at most 1,000."""
CLIENT = "fhir-server"
ROLE = {"organization": "organisation", "userRole": "brugerrolle", "apiVersion": "api_version"}
"""What a session token is made for, each from its option of the source's file."""
PROFILE, GRANT = "http://curafhir.dk/p/", "http://curafhir.dk/x/CuraGrantedProcedureRequest/"
STATUS = {
    "requested": "Bestilt", "active": "Aktiv", "suspended": "Sat i bero", "completed": "Afsluttet",
    "cancelled": "Annulleret",
}  # fmt: skip
"""A grant's status in the words that the page shows; `requested` is seen in public code, the others are FHIR's."""

BORGER = fhir.Kind("Patient", PROFILE + "CuraCitizen", fhir_patient.SHEET)
YDELSE = fhir.Kind("ProcedureRequest", PROFILE + "CuraGrantedProcedureRequest", fhir.sheet(
    "cpr status code.coding(code display) extension(url valueString valuePeriod(start end))",
    "intent subject orderedOn performer code.coding.system",
), fhir_patient.CPR)  # fmt: skip
BESKED = fhir.Kind("Communication", PROFILE + "MedcomCareCommunication", fhir.sheet(
    "cpr status category.text sent sender.display", "subject received sender.reference payload"
), fhir_patient.CPR)  # fmt: skip
"""What a message says stays in Cura: the hub holds that there is one, from whom and when."""


def cura(access: Access) -> fhir.Server:
    """Cura's door: a token for a user, and with it a session token for an organisation and a role."""
    extra = access.extra
    form = {"grant_type": "password", "client_id": str(extra.get("client_id") or CLIENT)}
    form |= {"username": access.login, "password": access.password}
    role = {theirs: str(access.options.get(ours) or "") for theirs, ours in ROLE.items()}
    session = Session(path="session-token", form=role, said=("sessionToken", "tokenString"), header="CuraSessionToken")
    auth = SessionAuth(access, form, session, {"CURA-API-KEY": str(extra.get("api_key") or "")})
    return fhir.Server(access, auth, PAGE)


def borger(raw: Any) -> Iterator[Draft]:
    """A citizen's name, address and how to reach them."""
    return fhir_patient.citizen(raw, {"phone": "mobil", "email": "email"})


def ydelse(raw: Any) -> Iterator[Draft]:
    """A granted service: a Bevilling with one BevilgetYdelse for the citizen."""
    found = Fields(raw)
    noegle = found.need_id("id")
    navn = fhir.need_coding(found, "code").need_text("display")
    status = found.need_code("status", STATUS)
    period = fhir.need_extension(found, GRANT + "period").need_one("valuePeriod")
    start, slut = period.need_instant("start"), period.instant("end")
    remark, paragraph = fhir.extension(found, GRANT + "remark"), fhir.extension(found, GRANT + "legalParagraph")
    sagt = {"brugervendt_noegle": noegle, "begrundelse": fhir.text_of(remark), "registreret": fhir.changed_at(found)}
    yield from bevilget(
        Lokal("bevilling", noegle), noegle, navn, start=start, slut=slut, bevilling=sagt, status=status,
        begrundelse=fhir.text_of(paragraph), systemnavn="Columna Cura", modtager=Nummer("cpr", found.need_cpr("cpr")),
    )  # fmt: skip


def besked(raw: Any) -> Iterator[Draft]:
    """A message about the citizen, as a document without a case; what it says stays in Cura."""
    found = Fields(raw)
    noegle = found.need_id("id")
    objekt = Lokal("dokument", noegle)
    category, sender = next(found.many("category"), None), found.one("sender")
    fra = sender.text("display") if sender else UNSET
    emne = category.text("text") if category else None
    titel = emne if isinstance(emne, str) else "Meddelelse"
    yield drafts.DokumentDraft(
        objekt=objekt, brugervendt_noegle=noegle, titel=f"{titel} fra {fra}" if isinstance(fra, str) else titel,
        type="indgaaende", brevdato=found.need_instant("sent").astimezone(DANISH).date(),
        registreret=fhir.changed_at(found),
    )  # fmt: skip
    part = Nummer("cpr", found.need_cpr("cpr"))
    yield drafts.DokumentpartDraft(objekt=objekt, rolle="primaer_part", type="person", part=part)


CONNECTOR = Connector(
    name="columna_cura",
    system="Columna Cura",
    open=cura,
    check=fhir.Server.check,
    streams=(
        fhir.stream("borgere", BORGER, borger),
        fhir.stream("ydelser", YDELSE, ydelse),
        fhir.stream("beskeder", BESKED, besked),
    ),
)
