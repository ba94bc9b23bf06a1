"""Values that Sag, Dokument, Bevilling and payment share."""

import re
from typing import Any

from canonical_model.draft import UNSET, Foelsomhed, Sent
from connectors.oio_relation import Relation
from connectors.soap_node import Node


def foelsomhed(node: Node) -> Sent[Foelsomhed]:
    """The level of sensitivity."""
    text = node.text("Foelsomhed")
    if not isinstance(text, str):
        return text
    if text not in Foelsomhed.__members__:
        raise node.error("Foelsomhed", "not one of the four levels")
    return Foelsomhed[text]


def titler(node: Node, name: str) -> dict[str, Any]:
    """Real and public title. Under OffentlighedUndtaget the element itself holds the public one (section 4.3)."""
    titel, undtaget = node.text(name), node.one("OffentlighedUndtaget")
    if undtaget is None:
        return {"titel": titel, "titel_offentlig": titel, "offentlighed_hjemmel": UNSET}
    return {
        "titel": undtaget.text("TitelAlternativTekst") or titel,
        "titel_offentlig": titel,
        "offentlighed_hjemmel": undtaget.text("OffentlighedUndtagetHjemmelTekst"),
    }


def kle(relation: Relation) -> Sent[str]:
    """A class's own key; where it is not sent, the number in urn:oio:kle."""
    noegle = relation.ekstra.text("BrugervendtNoegle")
    if isinstance(noegle, str):
        return noegle
    found = re.fullmatch(r"urn:oio:kle:(\S+)", relation.reference.urn or "", re.I)
    return found[1] if found else noegle
