"""Addresses of a person: home now and before, contact address, abroad."""

from collections.abc import Iterator
from typing import Any

from canonical_model.draft import Draft, Nummer, Sent
from canonical_model.drafts import AdresseDraft
from connectors.cpr.tid import dag, tid, virkning
from connectors.soap_node import Node


def adresser(node: Node | None, objekt: Nummer) -> Iterator[Draft]:
    """All addresses of an adressedata."""
    if node is None:
        return
    for now in node.many("aktuelAdresse"):
        fra = tid(now, "tilflytningsdato")
        yield AdresseDraft(
            objekt=objekt, art="bopael", **virkning(fra.instant, None, fra.flag), **_vej(now),
            tekst=now.text("standardadresse"),
        )  # fmt: skip
    for before in node.many("adresseHistorik"):
        fra, til = tid(before, "tilflytningsdato"), tid(before, "fraflytningsdato")
        corrected = "corrected in CPR (retFortrydMarkering)" if before.value("retFortrydMarkering") else ""
        times = virkning(fra.instant, til.instant, fra.flag, til.flag, corrected)
        yield AdresseDraft(objekt=objekt, art="bopael", **times, **_vej(before))
    for contact in node.many("kontaktAdresse"):
        times = virkning(dag(contact, "startdato"), dag(contact, "slettedato"))
        yield AdresseDraft(objekt=objekt, art="kontakt", **times, tekst=_linjer(contact, "kontaktAdr"))
    for abroad in node.many("udrejseoplysninger"):
        fra = tid(abroad, "udrejsedato")
        yield AdresseDraft(
            objekt=objekt, art="udland", **virkning(fra.instant, None, fra.flag),
            landekode=nul(abroad, "udrejselandekode"),
            tekst=_linjer(abroad, "udlandsadresse", "udrejselandekodeMyndighedsnavn"),
        )  # fmt: skip


def _vej(node: Node) -> dict[str, Any]:
    return {
        "kommunekode": nul(node, "kommunekode"),
        "vejkode": nul(node, "vejkode"),
        "vejnavn": node.text("vejnavn"),
        "husnummer": kort(node, "husnummer"),
        "etage": kort(node, "etage"),
        "sidedoer": kort(node, "sidedoer"),
        "bynavn": node.text("bynavn"),
        "postnummer": node.text("postnummer"),
        "postdistrikt": node.text("postdistrikt"),
        "conavn": node.text("conavn"),
        "lokalitet": node.text("lokalitet"),
    }


def nul(node: Node, name: str) -> Sent[str]:
    """A code of four digits; the contract's xs:integer loses its leading zeros (rammearkitektur section 0, item 8)."""
    found = node.whole(name)
    return f"{found:04d}" if isinstance(found, int) else found


def kort(node: Node, name: str) -> Sent[str]:
    """A house number, floor or door without the zeros that CPR fills it up with: 004A is 4A."""
    found = node.text(name)
    return (found.strip().lstrip("0") or None) if isinstance(found, str) else found


def _linjer(node: Node, name: str, last: str = "") -> str | None:
    lines = [node.value(f"{name}{n}") for n in range(1, 6)] + ([node.value(last)] if last else [])
    return ", ".join(line for line in lines if line) or None
