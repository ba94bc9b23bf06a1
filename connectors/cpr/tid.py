"""CPR's dates as virkning: Danish midnight, and flagged where CPR itself is not certain of them."""

from datetime import datetime
from typing import Any, NamedTuple

from canonical_model.draft import UNSET
from connectors.soap_node import Felt, Node


class Tid(NamedTuple):
    """A usikkerhedDatoType or usikkerhedDatoTidType."""

    instant: datetime | None = None
    sent: Felt[datetime] = UNSET
    flag: str = ""


def tid(node: Node | None, name: str) -> Tid:
    """A date with its mark of uncertainty; a date without time is Danish midnight."""
    holder = node.one(name) if node is not None else None
    if holder is None:
        return Tid()
    found = holder.instant("dato")
    flag = f"{name} uncertain" if holder.value("usikkerhedsmarkering") else ""
    return Tid(found or None, found, flag)


def dag(node: Node, name: str) -> datetime | None:
    """A plain date as the instant it begins."""
    return node.midnight(name) or None


def virkning(fra: datetime | None, til: datetime | None = None, *flags: str) -> dict[str, Any]:
    """The virkning fields of a Draft; a time that ends before it begins is kept as an empty one and flagged."""
    said = [f for f in flags if f]
    if fra and til and til < fra:
        til = fra
        said.append("ends before it begins")
    return {"virkning_fra": fra, "virkning_til": til, "flag": "; ".join(said) or None}
