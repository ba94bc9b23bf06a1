"""Units and users as facts (rammearkitektur 3.4, 4.7)."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from canonical_model.draft import UNSET, Draft, Sent
from canonical_model.drafts import BrugerDraft, OrganisationEnhedDraft
from connectors.oio_gaelder import klippet, ophoert, peger, sidste
from connectors.oio_registrering import objekt
from connectors.organisation.roller import LEDER, STILLING, TELEFON
from connectors.sf1500 import BILLEDE
from connectors.sf1500_fakta import egenskaber, registreringer, sidste_egenskab, sidste_registrering, translate_with
from connectors.soap_node import Node


def enhed(record: Node, registrering: Node, whom: UUID) -> Iterator[Draft]:
    """A unit under each name that it has had; where it belongs, whom to call and who leads it as it is last said."""
    relationer = registrering.at("RelationListe")
    ledere = [peger(sidste(f.many("TilknyttedeBrugere"))) for f in _funktioner(record, LEDER)]
    for egenskab, fields in _egenskaber(registrering):
        yield OrganisationEnhedDraft(
            objekt=whom,
            **fields,
            brugervendt_noegle=egenskab.text("BrugervendtNoegleTekst"),
            navn=egenskab.text("EnhedNavn"),
            overordnet=peger(sidste(relationer.many("Overordnet"))) or UNSET,
            telefon=_telefon(record, relationer),
            leder=next((leder for leder in ledere if leder), UNSET),
        )


def bruger(record: Node, registrering: Node, whom: UUID) -> Iterator[Draft]:
    """A user, by the name of the person; the unit is that of the position, else the one said directly."""
    relationer = registrering.at("RelationListe")
    steder = [peger(sidste(f.many("TilknyttedeEnheder"))) for f in _funktioner(record, STILLING)]
    steder.append(peger(sidste(relationer.many("TilknyttedeEnheder"))))
    for egenskab, fields in _egenskaber(registrering):
        yield BrugerDraft(
            objekt=whom,
            **fields,
            brugervendt_noegle=egenskab.text("BrugerNavn"),
            navn=_navn(record),
            enhed=next((sted for sted in steder if sted), UNSET),
            telefon=_telefon(record, relationer),
        )


def _egenskaber(registrering: Node) -> Iterator[tuple[Node, dict[str, Any]]]:
    found = egenskaber(registrering)
    slut = ophoert(registrering.at("TilstandListe").many("Gyldighed"), "GyldighedStatusKode", "Inaktiv")
    for egenskab in found:
        yield egenskab, klippet(egenskab, slut)


def _funktioner(record: Node, kind: str) -> Iterator[Node]:
    """The relations of each function of a kind that is in use, as the function's RelationListe."""
    for registrering in registreringer(record, "funktion"):
        relationer, tilstande = registrering.at("RelationListe"), registrering.at("TilstandListe")
        ended = ophoert(tilstande.many("Gyldighed"), "GyldighedStatusKode", "Inaktiv")
        if not ended and str(peger(sidste(relationer.many("Funktionstype")))) == kind:
            yield relationer


def _telefon(record: Node, relationer: Node) -> Sent[str]:
    """The first telephone number, by the order of the roles."""
    numbers = {
        str(whom): sidste_egenskab(r)
        for holder in record.many("adresse")
        for billede in holder.many(BILLEDE)
        for whom, r in [(objekt(billede), sidste_registrering(billede))]
    }
    for rolle in TELEFON:
        own = [a for a in relationer.many("Adresser") if str(a.at("Rolle").uuid("UUIDIdentifikator")) == rolle]
        egenskab = numbers.get(str(peger(sidste(own))))
        if egenskab is not None:
            return egenskab.text("AdresseTekst")
    return UNSET


def _navn(record: Node) -> Sent[str]:
    for registrering in registreringer(record, "person"):
        egenskab = sidste_egenskab(registrering)
        if egenskab is not None:
            return egenskab.text("NavnTekst")
    return UNSET


enheder = translate_with(enhed)
brugere = translate_with(bruger)
