"""What of a register's relations and states counts, without looking at a clock: the one that is true for longest."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from connectors.dates import until
from connectors.oio_virkning import virkning
from connectors.soap_node import Node

FOERST, SIDST = datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)


def sidste(nodes: Iterable[Node]) -> Node | None:
    """The node whose Virkning ends last; of several, the one that begins last."""

    def rank(node: Node) -> tuple[datetime, datetime]:
        period = virkning(node)
        return period.til or SIDST, period.fra or FOERST

    return max(nodes, key=rank, default=None)


def peger(relation: Node | None) -> UUID | None:
    """The UUID that a relation points at."""
    reference = relation.one("ReferenceID") if relation is not None else None
    return reference.uuid("UUIDIdentifikator") if reference is not None else None


def ophoert(tilstande: Iterable[Node], felt: str, slut: str) -> datetime | None:
    """When a state that ends the object began, if it is the last one and has not ended itself."""
    last = sidste(tilstande)
    return virkning(last).fra if last is not None and last.value(felt) == slut else None


def klippet(egenskab: Node, slut: datetime | None) -> dict[str, Any]:
    """The fields of a Draft that say when an attribute set is true, which is no longer than the object is in use."""
    period = virkning(egenskab)
    return period.fields() | {"virkning_til": until(period.fra, period.til, slut)}
