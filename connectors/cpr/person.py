"""A PersonLookupResponse as facts about one person (rammearkitektur 3.6, Appendix A.4)."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from canonical_model.draft import UNSET, Draft, Nummer, Sent
from canonical_model.drafts import BeskyttelseDraft, NavnDraft, PersonDraft
from canonical_model.drafts.person import IdentitetDraft
from connectors.cpr.adresse import adresser
from connectors.cpr.relation import relationer, vaerge
from connectors.cpr.tid import dag, tid, virkning
from connectors.identifiers import cpr
from connectors.soap_node import Node
from connectors.soap_xml import Held

KOEN = frozenset({"K", "M"})
CIVILSTAND = frozenset({"U", "G", "F", "E", "P", "O", "L", "D"})
STATUS = frozenset({1, 3, 5, 7, 20, 30, 50, 60, 70, 80, 90})
BESKYTTELSER = {
    "adressebeskyttelse": "navn_og_adresse",
    "vejviserbeskyttelse": "vejviser",
    "markedsfoeringsbeskyttelse": "markedsfoering",
}


def translate(reply: Held) -> Iterable[Draft]:
    """All facts of one reply. Of a replaced number, the person is the one with the current number."""
    node = Node(reply)
    data = node.at("persondata")
    asked, gaeldende = data.value("personnummer"), data.value("gaeldendePersonnummer")
    if not asked and not gaeldende:
        raise node.error("persondata/personnummer", "missing")
    current = "gaeldendePersonnummer" if gaeldende else "personnummer"
    number = cpr(data.value(current), data.field(current))
    objekt = Nummer("cpr", number)
    found: list[Draft] = []
    if asked and gaeldende and (old := cpr(asked, data.field("personnummer"))) != number:
        found.append(IdentitetDraft(objekt=objekt, art="cpr", nummer=old))
    found += [_person(data, objekt), *_navn(data, objekt), *_beskyttelser(data, objekt)]
    found += adresser(node.one("adresse"), objekt)
    return [*found, *relationer(node.one("relationer"), objekt), *vaerge(data, objekt)]


def _person(data: Node, objekt: Nummer) -> Draft:
    foedt = data.one("foedselsdato")
    dato: Sent[date] = foedt.dato("dato") if foedt is not None else UNSET
    usikker: Sent[bool] = bool(foedt.value("usikkerhedsmarkering")) if foedt is not None and dato else UNSET
    status, civilstand = data.at("status"), data.at("civilstand")
    statusdato, civilstandsdato = tid(status, "statusdato"), tid(civilstand, "civilstandsdato")
    return PersonDraft(
        objekt=objekt,
        **virkning(None, None, statusdato.flag, civilstandsdato.flag),
        foedselsdato=dato,
        foedselsdato_usikker=usikker,
        koen=data.one_of("koen", KOEN),
        status=_status(status),
        statusdato=statusdato.sent,
        civilstand=civilstand.one_of("civilstand", CIVILSTAND),
        civilstandsdato=civilstandsdato.sent,
        statsborgerskab=_land(data.one("statsborgerskab")),
        stilling=data.text("stilling"),
        tilmeldt_digitalpost=data.flag("tilmeldtDigitalpost"),
    )


def _status(node: Node) -> Sent[int]:
    found = node.whole("status")
    if isinstance(found, int) and found not in STATUS:
        raise node.error("status", "not one of the contract's values")
    return found


def _land(node: Node | None) -> Sent[str]:
    """The country by its name, else by its four digits."""
    if node is None:
        return UNSET
    navn, kode = node.text("landekodeMyndighedsnavn"), node.whole("landekode")
    return navn if isinstance(navn, str) else f"{kode:04d}" if isinstance(kode, int) else kode


def _navn(data: Node, objekt: Nummer) -> Iterator[Draft]:
    for node in data.many("navn"):
        fra = tid(node, "navnestartdato")
        yield NavnDraft(
            objekt=objekt,
            **virkning(fra.instant, None, fra.flag),
            fornavn=node.text("fornavn"),
            mellemnavn=node.text("mellemnavn"),
            efternavn=node.text("efternavn"),
            adresseringsnavn=node.text("personadresseringsnavn"),
        )


def _beskyttelser(data: Node, objekt: Nummer) -> Iterator[Draft]:
    """Protection in force, and past protection with its dates. Said without `beskyttet`, it counts as in force."""
    for name, art in BESKYTTELSER.items():
        node = data.one(name)
        if node is None:
            continue
        times: dict[str, Any] = virkning(dag(node, "startdato"), dag(node, "slutdato"))
        in_force = node.flag("beskyttet")
        over = times["virkning_til"] is not None
        if in_force is False and not over:
            continue
        if in_force in (UNSET, None) and times["virkning_fra"] is None and not over:
            continue
        yield BeskyttelseDraft(objekt=objekt, art=art, **times)
