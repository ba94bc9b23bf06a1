"""Who somebody is to somebody: spouse, children, parents, custody, guardian."""

from collections.abc import Iterator
from typing import Any

from canonical_model.draft import UNSET, Draft, Nummer
from canonical_model.drafts import PersonrelationDraft
from connectors.cpr.tid import dag, tid, virkning
from connectors.identifiers import cpr
from connectors.soap_node import Node

FORAELDER = {"3": "mor", "4": "far"}
"""foraeldremyndighedtype that names a parent without repeating the number; 5 and 6 are others, by number."""


def relationer(node: Node | None, objekt: Nummer) -> Iterator[Draft]:
    """All relations of a relationerType."""
    if node is None:
        return
    for name in ("aegtefaelle", "barn", "mor", "far"):
        for other in node.many(name):
            who = _hvem(other)
            if who:
                flag = tid(other, "foedselsdato").flag or None
                yield PersonrelationDraft(objekt=objekt, relationstype=name, flag=flag, **who)
    for custody in node.many("foraeldremyndighed"):
        kode = custody.text("foraeldremyndighedtype")
        who = _nummer(custody, "relationPersonnummer")
        parent = node.one(FORAELDER.get(str(kode).strip(), ""))
        if not who and parent is not None:
            who = _hvem(parent)
        fra = tid(custody, "foraeldremyndighedStartdato")
        times = virkning(fra.instant, dag(custody, "foraeldremyndighedSletdato"), fra.flag)
        yield PersonrelationDraft(objekt=objekt, relationstype="foraeldremyndighed", kode=kode, **times, **who)


def vaerge(data: Node, objekt: Nummer) -> Iterator[Draft]:
    """The guardian of somebody under guardianship."""
    for node in data.many("umyndiggoerelse"):
        til = dag(node, "umyndiggoerelseSlettedato")
        if node.flag("umyndiggjort") is False and til is None:
            continue
        fra = tid(node, "umyndiggoerelseStartdato")
        yield PersonrelationDraft(
            objekt=objekt,
            relationstype="vaerge",
            kode=node.text("umyndiggorelseRelationType"),
            **virkning(fra.instant, til, fra.flag),
            **_nummer(node, "relationPersonnummer"),
            navn=node.text("relationVaergenavn"),
        )


def _hvem(node: Node) -> dict[str, Any]:
    """The other person: by number, or by name and date of birth; nothing when unknown."""
    who = _nummer(node, "personnummer")
    if who:
        return who
    foedt = node.one("foedselsdato")
    navn, dato = node.text("navn"), foedt.dato("dato") if foedt is not None else UNSET
    return {"navn": navn, "foedselsdato": dato} if navn or dato else {}


def _nummer(node: Node, name: str) -> dict[str, Any]:
    """The reference by number; CPR fills unknown numbers with zeros."""
    found = node.value(name)
    return {"reference": Nummer("cpr", cpr(found, node.field(name)))} if found and found.strip("0") else {}
