"""Bevilling and OekonomiskEffektuering as kinds of the index."""

from datetime import datetime
from typing import Any

from korsbaek.model import Bevilling, Effektuering
from korsbaek.systems.index.faults import faulty
from korsbaek.systems.index.kind import Condition, Kind
from korsbaek.systems.sdi.kinds import party
from korsbaek.systems.soap.node import Node, each, find, text
from korsbaek.systems.ydi import bevilling, effektuering
from korsbaek.town import Town


def _narrow_bevilling(soeg: Node) -> list[Condition]:
    relationer = find(soeg, "bi:RelationListe")
    out: list[Condition] = []
    for relation in [] if relationer is None else each(relationer, "bi:Bevillingspart"):
        named = party(relation)
        if named is not None:
            out.append(("uuid in (select bevilling from bevillingspart where art = ? and nummer = ?)", named))
    return out


def _narrow_effektuering(soeg: Node) -> list[Condition]:
    relationer = find(soeg, "oef:RelationListe")
    out: list[Condition] = []
    if relationer is None:
        return out
    for relation in each(relationer, "oef:OekonomiskEffektueringPart"):
        named = party(relation)
        if named is not None:
            out.append(("art = ? and nummer = ?", named))
    for relation in each(relationer, "oef:OekonomiskYdelseEffektueringRelation"):
        ident = text(find(relation, "oef:BevilgetYdelseRef", "sd:UUIDIdentifikator"))
        if ident:
            out.append(("bevilling = ?", (ident.lower(),)))
    return out


def _bevilling_registreringer(town: Town, body: Bevilling, vis: frozenset[str]) -> list[Node]:
    return faulty("ydi", [bevilling.registreret(body, vis)], body.fejl)


def _effektuering_registreringer(town: Town, body: Effektuering, vis: frozenset[str]) -> list[Node]:
    return faulty("ydi", [effektuering.registreret(body, vis)], body.fejl)


def _moments(body: Any) -> list[tuple[datetime, datetime]]:
    return [(body.tidspunkt, body.sts)]


def _effektueringer_of(town: Town, uuids: list[str]) -> dict[str, list[str]]:
    marks = ", ".join("?" * len(uuids))
    sql = f"select uuid from effektuering where bevilling in ({marks}) order by dispositionsdato, uuid"
    return {"effektueringer": [uuid for (uuid,) in town.rows(sql, uuids)]}


def _bevillinger_of(town: Town, uuids: list[str]) -> dict[str, list[str]]:
    marks = ", ".join("?" * len(uuids))
    rows = town.rows(f"select distinct bevilling from effektuering where uuid in ({marks})", uuids)
    return {"bevillinger": [uuid for (uuid,) in rows]}


def _vis(text: str) -> frozenset[str]:
    return frozenset(text.split())


BEVILLING = Kind(
    antal="bevillinger",
    soeg="yi:SoegBevillingIndeks",
    uuid="yi:BevillingUuid",
    vis="yi:BevillingVis",
    sortering="yi:BevillingSortering",
    billede="yi:BevillingFiltreretOejebliksbillede",
    prefix="bi",
    model=Bevilling,
    table="bevilling",
    where="true",
    order={
        "FuldtNavn": "json_extract(cast(body as text), '$.parter[0].navn')",
        "Ydelsesnavn": "json_extract(cast(body as text), '$.ydelser[0].ydelse')",
    },
    sections={
        "Egenskaber": _vis("egenskaber"),
        "BevilgetYdelse": _vis("bevilgetydelse"),
        "Bevillingssag": _vis("sag"),
        "Bevillingspart": _vis("part"),
        "Bevillingsaktoer": _vis("aktoer-ejer aktoer-ansvarlig"),
        "Sikkerhedsprofil": _vis("sikkerhedsprofil"),
    },
    narrow=_narrow_bevilling,
    registreringer=_bevilling_registreringer,
    moments=_moments,
    include={"bevilgetydelse": _effektueringer_of},
)
EFFEKTUERING = Kind(
    antal="effektueringer",
    soeg="yi:SoegOekonomiskEffektueringIndeks",
    uuid="yi:OekonomiskEffektueringUuid",
    vis="yi:OekonomiskEffektueringVis",
    sortering="yi:OekonomiskEffektueringSortering",
    billede="yi:OekonomiskEffektueringFiltreretOejebliksbillede",
    prefix="oef",
    model=Effektuering,
    table="effektuering",
    where="true",
    order={"Dispositionsdato": "dispositionsdato"},
    sections={
        "Egenskaber": _vis("egenskaber"),
        "OekonomiskYdelseEffektueringRelation": _vis("oekonomiskeydelseeffektueringer"),
        "Aktoer": _vis("aktoer"),
        "ItSystem": _vis("itsystem"),
        "OekonomiskEffektueringPart": _vis(""),
    },
    narrow=_narrow_effektuering,
    registreringer=_effektuering_registreringer,
    moments=_moments,
    include={"oekonomiskeydelseeffektueringer": _bevillinger_of},
)
