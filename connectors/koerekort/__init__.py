"""Renewal of a driving licence: one connector, a source for each leg (municipality, doctor, police, printer)."""

from collections.abc import Iterator
from typing import Any

from canonical_model.draft import Draft, Nummer
from canonical_model.drafts import FremdriftDraft, FristDraft, SagDraft, SagsklasseDraft, SagspartDraft
from connectors import identifiers
from connectors.auth import by_grant
from connectors.contract import Access, Ask, Connector, Page, Shape, Stream
from connectors.errors import ContractError, RecordError
from connectors.fields import Fields
from connectors.minimise import Sheet, parse, record
from connectors.paging import Slice, by_offset
from connectors.rest import RestApi

PATH, PAGE, KLE = "api/trin", 200, "05.14.00"
SHEET = Sheet(
    kept=frozenset({"trinId", "sagUuid", "ansoegning", "cpr", "navn", "led", "opgave", "status"})
    | {"modtaget", "afsluttet", "forventetSvar", "naesteLed"}
)
TILSTAND = {"I gang": "open", "Færdig": "done"}
FIRST, LAST = "Kommunen", "Trykkeriet"
"""The leg that opens the case, and the one that ends it."""


class Led:
    """One leg's service."""

    def __init__(self, access: Access) -> None:
        self.rest = RestApi(access, by_grant(access, "client_credentials"))
        self.size = int(access.options.get("page_size") or PAGE)

    def trin(self, skip: int, size: int) -> Slice:
        """One page of all steps that have reached the leg."""
        reply = self.rest.get(PATH, {"fra": skip, "antal": size})
        listed = reply.get("trin") if isinstance(reply, dict) else None
        if not isinstance(listed, list) or not isinstance(reply.get("ialt"), int):
            raise ContractError(f"GET {PATH}: the reply does not hold trin and ialt")
        return Slice(listed, reply["ialt"])


def read(api: Led, ask: Ask) -> Iterator[Page]:
    """Every step, always: the contract has no way to ask for what changed."""
    for steps in by_offset(api.trin, api.size, f"GET {PATH}"):
        if not all(isinstance(s, dict) and isinstance(s.get("trinId"), str) and s["trinId"] for s in steps):
            raise ContractError(f"GET {PATH}: a step without trinId cannot be kept")
        yield Page([record(step["trinId"], step, SHEET) for step in steps])


def trin(raw: Any) -> Iterator[Draft]:
    """The case, which all legs know by one UUID, and what this leg does about it until when."""
    fields = Fields(raw)
    sag = identifiers.uuid(fields.need("sagUuid"), "sagUuid")
    led, status, nummer = fields.need_text("led"), fields.need_text("status"), fields.need_text("ansoegning")
    if status not in TILSTAND:
        raise RecordError("status", f"not one of {', '.join(TILSTAND)}")
    began, ended = fields.need_instant("modtaget"), fields.instant("afsluttet")
    yield SagDraft(objekt=sag, brugervendt_noegle=nummer, sagsnummer=nummer, titel="Fornyelse af kørekort")
    yield SagsklasseDraft(objekt=sag, rolle="primaer_klasse", brugervendt_noegle=KLE)
    part = Nummer("cpr", fields.need_cpr("cpr"))
    navn = fields.text("navn")
    yield SagspartDraft(objekt=sag, rolle="primaer_part", type="person", part=part, fuldt_navn=navn)
    if led == FIRST:
        yield FremdriftDraft(objekt=sag, status="Opstaaet", virkning_fra=began)
    if led == LAST and ended:
        yield FremdriftDraft(objekt=sag, status="Afsluttet", virkning_fra=ended)
    naeste = fields.text("naesteLed")
    yield FristDraft(
        objekt=sag,
        art="forventet_svar",
        indeks=led,
        titel=f"{led}: {fields.need_text('opgave')}",
        beskrivelse=f"Derefter: {naeste}" if isinstance(naeste, str) else "Derefter er kørekortet på vej til borgeren",
        fristdato=fields.dato("forventetSvar"),
        tilstand=TILSTAND[status],
        venter_paa="myndighed",
        ansvarlig=led,
    )


def check(api: Led) -> None:
    """Asks for one step: token and address are in order when it comes."""
    api.trin(0, 1)


CONNECTOR = Connector(
    name="koerekort",
    system="Kørekort",
    open=Led,
    check=check,
    streams=(Stream(name="trin", shape=Shape.LISTED, read=read, parse=parse, translate=trin),),
)
