"""importer and opdater: what senders tell the index, kept in the town file as soon as it is answered.

Known: the message forms (XSD v6); 20 and one UnikRetur an object; 49 for an object that is there already; the update
key of a relation (relationstype, rolle, indeks); that the master system of an object cannot change. Inferred: 44 for an
opdater of what is not there; 40 for documents, which this town's senders keep to themselves.
"""

from collections.abc import Callable
from copy import deepcopy
from datetime import datetime
from functools import partial
from typing import Any

from korsbaek.model import Sag, Sagsregistrering
from korsbaek.systems.index.answer import standardretur
from korsbaek.systems.sdi import heard
from korsbaek.systems.soap.node import Node, children, each, el, find, leaf, text
from korsbaek.town import Town
from korsbaek.write import put_sager

LISTS = ("parter", "aktoerer", "genstande", "relationer", "journalposter", "notater")
"""Relations of a Sagsregistrering that are told apart by role and index."""


def importer(town: Town, request: Node, sts: datetime) -> list[Node]:
    """New objects, each with its whole history."""
    return [_each(node, partial(_import, town, node, sts)) for node in children(request)] or _nothing()


def opdater(town: Town, request: Node, sts: datetime) -> list[Node]:
    """One new Registrering an object: what is named replaces its like, what is not named stays."""
    return [_each(node, partial(_update, town, node, sts)) for node in children(request)] or _nothing()


def _nothing() -> list[Node]:
    return [standardretur(40, "Ingen objekter i input")]


def _each(node: Node, receive: Callable[[], tuple[int, str | None]]) -> Node:
    kind = "Dokument" if "Dokument" in node[0] else "Sag"
    uuid = text(find(node, "sd:UUIDIdentifikator")) or ""
    try:
        code, why = receive() if kind == "Sag" else (40, "Dokumenter modtages ikke her")
    except heard.Unheard as wrong:
        code, why = 40, str(wrong)
    said = ("sd:StatusKode", str(code)), leaf("sd:FejlbeskedTekst", why)
    return el("sd:UnikRetur", *said, ("sd:Type", kind), ("sd:UUIDIdentifikator", uuid))


def _import(town: Town, node: Node, sts: datetime) -> tuple[int, str | None]:
    uuid = (text(find(node, "sd:UUIDIdentifikator")) or "").lower()
    if town.rows("select 1 from sag where uuid = ?", (uuid,)):
        return 49, "Objektet findes allerede"
    said = list(each(node, "sag:Registrering"))
    registreringer = [heard.registrering(one, sts) for one in said]
    if not registreringer[-1].sagsnummer or not registreringer[-1].titel:
        return 40, "Sagsnummer og Titel skal udfyldes"
    ((nr,),) = town.rows("select coalesce(max(nr), 0) + 1 from sag")
    put_sager(town, [Sag(uuid, nr, heard.master(said[-1]), registreringer)])
    return 20, None


def _update(town: Town, node: Node, sts: datetime) -> tuple[int, str | None]:
    sag = town.sag((text(find(node, "sd:UUIDIdentifikator")) or "").lower())
    if sag is None or not sag.indeks:
        return 44, "Objektet findes ikke"
    if heard.master(node) not in ("", sag.master):
        return 40, "Mastersystemet kan ikke ændres"
    tidspunkt = heard.moment(find(node, "sdi:Tidspunkt")) or sts
    told, now = heard.registrering(node, sts, tidspunkt), deepcopy(sag.nu)
    if find(node, "sag:AttributListe", "sag:Egenskaber") is not None:
        for name in ("sagsnummer", "titel", "titel_offentlig", "undtaget_hjemmel", "beskrivelse", "hjemmel",
                     "kassationskode", "afleveret", "principiel", "virkning_fra"):  # fmt: skip
            setattr(now, name, getattr(told, name))
    if find(node, "sag:AttributListe", "gd:LokalUdvidelseListe", "si:SagIndeksEgenskaber") is not None:
        for name in ("foelsomhed", "sagsstatus", "sagskategori", "lokation", "oprettet"):
            setattr(now, name, getattr(told, name))
    for name in ("kle", "kle_titel", "handlingsfacet"):
        setattr(now, name, getattr(told, name) or getattr(now, name))
    now.tidspunkt, now.sts, now.bruger = tidspunkt, sts, told.bruger or now.bruger
    _steps(now, told)
    for name in LISTS:
        setattr(now, name, _merged(getattr(now, name), getattr(told, name)))
    sag.registreringer.append(now)
    put_sager(town, [sag])
    return 20, None


def _steps(now: Sagsregistrering, told: Sagsregistrering) -> None:
    """Each step once by its name and beginning; the one before ends where a later one begins."""
    steps = {(f.status, f.fra): f for f in [*now.fremdrift, *told.fremdrift]}
    ordered = sorted(steps.values(), key=lambda f: f.fra)
    for early, late in zip(ordered, ordered[1:], strict=False):
        early.til = early.til or late.fra
    now.fremdrift = ordered


def _merged(had: list[Any], told: list[Any]) -> list[Any]:
    """By role and index, the told ones in place of those they replace."""
    kept = {(getattr(one, "rolle", "journalnotat"), one.indeks): one for one in had}
    return list((kept | {(getattr(one, "rolle", "journalnotat"), one.indeks): one for one in told}).values())
