"""Renewal of a driving licence: one connector, a source for each leg (municipality, doctor, police, printer)."""

from collections.abc import Iterator
from typing import Any

from canonical_model.draft import Draft, Nummer
from canonical_model.drafts import FremdriftDraft, FristDraft, SagDraft, SagsklasseDraft, SagspartDraft
from connectors import identifiers
from connectors.contract import Ask, Connector, Page, listed
from connectors.fields import Fields
from connectors.minimise import Sheet, parse
from connectors.rest import RestApi
from connectors.rest_pages import knock, windows

PATH, KLE = "api/trin", "05.14.00"
SHEET = Sheet(
    kept=frozenset({"trinId", "sagUuid", "ansoegning", "cpr", "navn", "led", "opgave", "status"})
    | {"modtaget", "afsluttet", "forventetSvar", "naesteLed"}
)
TILSTAND = {"I gang": "open", "Færdig": "done"}
FIRST, LAST = "Kommunen", "Trykkeriet"
"""The leg that opens the case, and the one that ends it."""


def read(api: RestApi, ask: Ask) -> Iterator[Page]:
    """Every step that has reached the leg, always: the contract has no way to ask for what changed."""
    return windows(api, PATH, "trin", "trinId", SHEET, skip="fra", limit="antal", count="ialt")


def trin(raw: Any) -> Iterator[Draft]:
    """The case, which all legs know by one UUID, and what this leg does about it until when."""
    fields = Fields(raw)
    sag = identifiers.uuid(fields.need("sagUuid"), "sagUuid")
    led, nummer = fields.need_text("led"), fields.need_text("ansoegning")
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
        tilstand=fields.need_code("status", TILSTAND),
        venter_paa="myndighed",
        ansvarlig=led,
    )


CONNECTOR = Connector(
    name="koerekort",
    system="Kørekort",
    open=RestApi.with_token,
    check=knock(PATH, {"fra": 0, "antal": 1}),
    streams=(listed("trin", read, parse, trin),),
)
