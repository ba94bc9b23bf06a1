"""One case, read as a principal."""

from collections.abc import Iterable
from uuid import UUID

from caseworker.coverage import receipt
from caseworker.omtale import Omtale
from caseworker.overblik import dokumenter, frister, genstande, notater
from caseworker.overblik.judged import Judged
from caseworker.overblik.models import Sagskort, Skjult
from caseworker.overblik.registre import rolle_uuid
from caseworker.overblik.sager import Sagsdata
from caseworker.overblik.views import Part, Sagsvisning
from caseworker.overblik.virksomheder import oplysning, virksomheder
from caseworker.principal import Principal
from caseworker.protection import Mask, circle, protected
from caseworker.provenance import Rules
from caseworker.reading import Connection, facts, reading, rows
from caseworker.tid import Tid

ROLLER = {
    "primaer_part": "Primær part", "sekundaer_part": "Sekundær part", "ydelsesmodtager": "Ydelsesmodtager",
}  # fmt: skip
_SURVIVORS = """
select distinct h.objekt, o.objekt as person from identitet h
join identitet o on o.art = h.art and o.nummer = h.nummer and o.kendt_til is null where h.objekt = any(:ids)"""


class UnknownSag(Exception):
    """No such case, or not for this caseworker: the two are told apart to nobody."""


def read_sag(principal: Principal, sag: UUID, tid: Tid) -> Sagsvisning:
    """The page of one case. Raises UnknownSag. The caller logs before anything is shown."""
    with reading() as connection:
        if not Judged(connection, principal, tid, "sag", [sag]).visible:
            raise UnknownSag
        data = Sagsdata(connection, [sag], tid)
        if not data.by["sag"][sag] and not data.by["fremdrift"][sag]:
            raise UnknownSag
        return _read(connection, principal, sag, data, tid)


def parties(data: Sagsdata, sag: UUID) -> list[UUID]:
    """The UUIDs of the case's parties."""
    return sorted({r["part"] for r in data.now("sagspart", sag) if r["part"]})


def _read(connection: Connection, principal: Principal, sag: UUID, data: Sagsdata, tid: Tid) -> Sagsvisning:
    rules = Rules(connection, tid)
    people = parties(data, sag)
    named = facts(connection, "dokumentpart", dokumenter.filed(data), tid)
    around = {*people, *(r["part"] for r in named if r["part"])}
    mask = Mask(connection, protected(connection, circle(connection, around, tid), tid))
    kort = data.kort(sag, rules, mask)
    docs, judged_docs = dokumenter.read(connection, principal, tid, [], data, {sag: kort}, rules, mask)
    related, beside = _related(connection, principal, sag, rules, tid)
    alive = survivors(connection, people)
    firms = virksomheder(connection, people, tid)
    parter: dict[tuple[str, object], Part] = {}
    for row in data.now("sagspart", sag):
        name = row["fuldt_navn"] or row["brugervendt_noegle"]
        person = alive.get(row["part"]) if row["type"] != "virksomhed" else None
        rolle = ROLLER.get(row["rolle"]) or data.klasser.titel(rolle_uuid(row["rolle"])) or "Part"
        company = None if person else firms.get(row["part"])
        part = Part(
            rolle=rolle,
            navn=name if person else mask.text(name or (company["navn"] if company else None)),
            person=person,
            oplysning=mask.text(oplysning(company, tid)) if company else None,
        )
        parter.setdefault((part.rolle, part.person or name), part)
    shown = {k: 1 + sum(k in d.kilder for d in docs) for k in kort.kilder}
    egenskaber = data.now("sag", sag)
    view = Sagsvisning(
        coverage=receipt(connection, tid, (), shown, judged_docs.hidden_sources),
        kendt=tid.kendt,
        sand=tid.sand,
        rejser=tid.rejser,
        sag=kort,
        beskrivelse=mask.text(rules.choose("sag", egenskaber, "beskrivelse").vaerdi),
        hjemmel=mask.text(rules.choose("sag", egenskaber, "hjemmel").vaerdi),
        bevaring=data.klasser.regel(kort.kle, "bevaring"),
        slettefrist=data.klasser.regel(kort.kle, "slettefrist"),
        parter=list(parter.values()),
        dokumenter=docs,
        notater=notater.build(data, mask),
        frister=frister.build(data, mask),
        genstande=genstande.build(data, sag, mask),
        relaterede=related,
        skjult=Skjult(dokumenter=judged_docs.hidden),
    )
    return view.about([*about_parties(connection, data), *beside])


def survivors(connection: Connection, people: Iterable[UUID]) -> dict[UUID, UUID]:
    """The person that each UUID stands for today."""
    wanted = list(people)
    return {r["objekt"]: r["person"] for r in rows(connection, _SURVIVORS, {"ids": wanted})} if wanted else {}


def about_parties(connection: Connection, data: Sagsdata, beside: bool = False) -> list[Omtale]:
    """The persons whom these cases are about."""
    found = [
        (r["part"], s) for s in data.ids for r in data.now("sagspart", s) if r["part"] and r["type"] != "virksomhed"
    ]
    alive = survivors(connection, {part for part, _ in found})
    return [Omtale(alive.get(part, part), (sag,), beside) for part, sag in found]


def _related(
    connection: Connection, principal: Principal, sag: UUID, rules: Rules, tid: Tid
) -> tuple[list[Sagskort], list[Omtale]]:
    """Cases that this one points to, those only that the caseworker may see, and whom they are about."""
    found = facts(connection, "sagsrelation", [sag], tid)
    visible = Judged(connection, principal, tid, "sag", [r["reference"] for r in found if r["reference"]]).visible
    data = Sagsdata(connection, visible, tid)
    people = {p for s in data.ids for p in parties(data, s)}
    mask = Mask(connection, protected(connection, circle(connection, people, tid), tid))
    return [data.kort(s, rules, mask) for s in data.ids], about_parties(connection, data, beside=True)
