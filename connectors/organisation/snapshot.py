"""Units and users of OrganisationHent as facts: what is so now, and when an object went out of use; no history."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from canonical_model.draft import UNSET, Draft, Sent
from canonical_model.drafts import BrugerDraft, OrganisationEnhedDraft
from connectors import identifiers
from connectors.fields import Fields
from connectors.organisation.roller import TELEFON


def enhed(raw: Any) -> Iterator[Draft]:
    """A unit."""
    node = Fields(raw, "node")
    yield OrganisationEnhedDraft(
        **_faelles(node),
        brugervendt_noegle=node.text("brugervendtNoegle"),
        navn=node.need_text("enhedsnavn"),
        overordnet=_peger(node.one("overordnetEnhed")) or UNSET,
        leder=_foerste(node, "medlemskaber", "bruger"),
    )


def bruger(raw: Any) -> Iterator[Draft]:
    """A user, by the name of the person; the unit is that of the position."""
    node = Fields(raw, "node")
    person = node.one("person")
    yield BrugerDraft(
        **_faelles(node),
        brugervendt_noegle=node.need_text("brugernavn"),
        navn=(person.text("navn") or UNSET) if person else UNSET,
        enhed=_foerste(node, "harMedlemskab", "medlemAf"),
    )


def _faelles(node: Fields) -> dict[str, Any]:
    tilstand = node.need_one("tilstand")
    ophoert = tilstand.need_text("status") == "INAKTIV"
    return {
        "objekt": identifiers.uuid(node.need("uuid"), node.path("uuid")),
        "virkning_til": tilstand.instant("fraTidspunkt") if ophoert else None,
        "telefon": _telefon(node),
    }


def _telefon(node: Fields) -> Sent[str]:
    """The first telephone number, by the order of the roles."""
    found: dict[str, Sent[str]] = {}
    for adresse in node.many("adresser"):
        rolle = adresse.need_one("klassifikation").need_text("rolle").lower()
        found.setdefault(rolle, adresse.text("adresseTekst"))
    return next((found[rolle] for rolle in TELEFON if rolle in found), UNSET)


def _foerste(node: Fields, liste: str, navn: str) -> Sent[UUID]:
    """What the first of the memberships that point at something points at, in steady order."""
    ordnet = sorted(node.many(liste), key=lambda medlemskab: medlemskab.need_text("uuid"))
    return next((peger for m in ordnet if (peger := _peger(m.one(navn)))), UNSET)


def _peger(objekt: Fields | None) -> UUID | None:
    return identifiers.uuid(objekt.need("uuid"), objekt.path("uuid")) if objekt else None
