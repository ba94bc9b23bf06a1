"""Parkvagten: permits to park. Their holders have no CPR number here: persons of their own, joined with nobody."""

import re
from collections.abc import Iterator
from typing import Any

from canonical_model.draft import Draft, Lokal
from canonical_model.drafts import (
    AdresseDraft,
    BeskyttelseDraft,
    FremdriftDraft,
    KontaktoplysningDraft,
    NavnDraft,
    SagDraft,
    SagsgenstandDraft,
    SagsklasseDraft,
    SagspartDraft,
)
from connectors.adresselinje import adresselinje
from connectors.contract import Ask, Connector, Page, listed
from connectors.fields import Fields
from connectors.minimise import Sheet, parse
from connectors.rest import RestApi
from connectors.rest_pages import knock, windows

PATH = "api/v1/tilladelser"
HOLDER = {"kundenummer", "navn", "adresse", "postnummer", "by", "telefon", "hemmeligAdresse"}
SHEET = Sheet(
    kept=frozenset({"nummer", "type", "zone", "status", "gyldigFra", "gyldigTil", "nummerplade"})
    | {f"indehaver.{name}" for name in HOLDER},
    dropped=frozenset({"oprettet"}),
)
KLE = "05.09.08"
"""KLE subject of permits to park; inferred."""
STATUS = {"Aktiv": "Afgjort", "Udløbet": "Afsluttet", "Inddraget": "Afsluttet"}
_ROAD = re.compile(r"(?P<vejnavn>.*[^\d ]) (?P<husnummer>\d{1,3} ?[A-ZÆØÅ]?)(?:, .*)?")


def read(api: RestApi, ask: Ask) -> Iterator[Page]:
    """Every permit, always: the contract has no way to ask for what changed."""
    return windows(api, PATH, "tilladelser", "nummer", SHEET, page="side", limit="antal", count="ialt")


def permit(raw: Any) -> Iterator[Draft]:
    """The permit as a Sag on a car, and its holder as a person of the source's own."""
    fields = Fields(raw)
    nummer, holder = fields.need_text("nummer"), fields.need_one("indehaver")
    objekt, person = Lokal("sag", nummer), Lokal("person", holder.need_text("kundenummer"))
    navn, status = holder.need_text("navn"), fields.need_code("status", STATUS)
    fra, til = fields.need_instant("gyldigFra"), fields.need_instant("gyldigTil")
    yield SagDraft(
        objekt=objekt,
        brugervendt_noegle=nummer,
        sagsnummer=nummer,
        titel=f"{fields.need_text('type')}, {fields.need_text('zone')}",
    )
    yield FremdriftDraft(objekt=objekt, status="Afgjort", virkning_fra=fra, virkning_til=til)
    if status == "Afsluttet":
        yield FremdriftDraft(objekt=objekt, status="Afsluttet", virkning_fra=til)
    yield SagsklasseDraft(objekt=objekt, rolle="primaer_klasse", brugervendt_noegle=KLE)
    yield SagsgenstandDraft(objekt=objekt, rolle="koeretoej", type="koeretoej", tekst=fields.text("nummerplade"))
    yield SagspartDraft(objekt=objekt, rolle="primaer_part", type="person", part=person, fuldt_navn=navn)
    yield NavnDraft(objekt=person, adresseringsnavn=navn)
    yield from _holder(person, holder)


def _holder(person: Lokal, holder: Fields) -> Iterator[Draft]:
    road, code, town = holder.text("adresse"), holder.text("postnummer"), holder.text("by")
    if isinstance(road, str):
        read_as = _ROAD.fullmatch(road)
        parts: dict[str, Any] = read_as.groupdict() if read_as else {}
        whole = adresselinje([road], [code, town])
        yield AdresseDraft(objekt=person, art="bopael", postnummer=code, postdistrikt=town, tekst=whole, **parts)
    if holder.flag("hemmeligAdresse") is True:
        yield BeskyttelseDraft(objekt=person, art="navn_og_adresse")
    if isinstance(telefon := holder.text("telefon"), str):
        yield KontaktoplysningDraft(objekt=person, art="telefon", vaerdi=telefon)


CONNECTOR = Connector(
    name="parkering",
    system="Parkvagten",
    open=RestApi.with_token,
    check=knock(PATH, {"side": 1, "antal": 1}),
    streams=(listed("tilladelser", read, parse, permit),),
)
