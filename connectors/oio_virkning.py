"""Virkning: when a statement is true (rammearkitektur 2.2, 4.1)."""

from datetime import datetime
from typing import Any, NamedTuple

from connectors.soap_node import Node

AKTOERTYPER = frozenset({"Bruger", "ItSystem"})
"""What the guide allows in AktoerTypeKode since January 2020; older data has others, and is kept."""


class Virkning(NamedTuple):
    """Half-open, in UTC; None is unbounded."""

    fra: datetime | None
    til: datetime | None
    flags: tuple[str, ...] = ()

    def fields(self, *flags: str) -> dict[str, Any]:
        """The fields of a Draft that say when it is true, and what about it breaks the guide."""
        said = (*self.flags, *(f for f in flags if f))
        return {"virkning_fra": self.fra, "virkning_til": self.til, "flag": "; ".join(said) or None}


def virkning(holder: Node) -> Virkning:
    """The Virkning of an attribute set, tilstand or relation."""
    node = holder.one("Virkning")
    if node is None:
        return Virkning(None, None, ("no Virkning",))
    fra, til = graense(node, "FraTidspunkt"), graense(node, "TilTidspunkt")
    flags = [] if fra else ["no FraTidspunkt"]
    if fra and til and til < fra:
        til = fra
        flags.append("TilTidspunkt before FraTidspunkt")
    art = node.value("AktoerTypeKode")
    if art and art not in AKTOERTYPER:
        flags.append("AktoerTypeKode other than Bruger and ItSystem")
    return Virkning(fra, til, tuple(flags))


def graense(node: Node, name: str) -> datetime | None:
    """A sd:TidspunktType: an instant, or None for unbounded (also the years 1 and 9999, which systems send for it)."""
    tid = node.one(name)
    text = tid.value("TidsstempelDatoTid") if tid is not None else None
    if tid is None or text is None or text[:4] in ("0001", "9999"):
        return None
    return tid.instant("TidsstempelDatoTid") or None
