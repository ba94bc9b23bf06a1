"""Records of SF1500 as facts: an object's own Registreringer, read beside what the object points at."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any
from uuid import UUID

from canonical_model.draft import Draft
from connectors.oio_gaelder import sidste
from connectors.oio_registrering import translator
from connectors.sf1500 import BILLEDE
from connectors.soap_node import TOM, Node
from connectors.soap_xml import Held

Facts = Callable[[Node, Node, UUID], Iterator[Draft]]
"""What one Registrering of the object says, given the whole record, the Registrering and the object."""


def translate_with(facts: Facts) -> Callable[[Any], Iterable[Draft]]:
    """A stream's translate."""

    def translate(record: Held) -> Iterable[Draft]:
        """The facts of one record: an object, and what it points at."""
        whole = Node(record)
        holder = whole.one("objekt")
        billede = holder.one(BILLEDE) if holder is not None else None
        if billede is None:
            raise whole.error(f"objekt/{BILLEDE}", "missing")
        return translator(lambda registrering, whom: list(facts(whole, registrering, whom)))(billede.held)

    return translate


def egenskaber(registrering: Node) -> list[Node]:
    """The attribute sets of a Registrering, of which there must be one."""
    found = registrering.at("AttributListe").many("Egenskab")
    if not found:
        raise registrering.error("AttributListe/Egenskab", "missing")
    return found


def sidste_egenskab(registrering: Node) -> Node | None:
    """The attribute set that is true for longest, if there is one."""
    return sidste(registrering.at("AttributListe").many("Egenskab"))


def registreringer(record: Node, name: str) -> Iterator[Node]:
    """The latest Registrering of each object that the record has under a name."""
    for holder in record.many(name):
        for billede in holder.many(BILLEDE):
            yield sidste_registrering(billede)


def sidste_registrering(billede: Node) -> Node:
    """The latest Registrering by its Tidspunkt; an empty one when there is none."""
    return max(billede.many("Registrering"), key=lambda r: r.value("Tidspunkt") or "", default=TOM)
