"""From a fremsoeg request to the ordered UUIDs of one kind, and the page of them that is asked for."""

from dataclasses import dataclass
from typing import Any

from korsbaek.schema import stamp
from korsbaek.systems.index.example import Example
from korsbaek.systems.index.expression import evaluate, searches
from korsbaek.systems.index.interval import Unusable
from korsbaek.systems.index.kind import Kind
from korsbaek.systems.soap.node import Node, each, find, text
from korsbaek.town import Town


@dataclass(frozen=True)
class Page:
    """What was found: `total` in all, and the UUIDs from `first` on, at most `size`."""

    total: int
    first: int
    size: int
    uuids: list[str]


def search(town: Town, kind: Kind, soeg: Node, where: str) -> set[str]:
    """What one SoegInput finds."""
    example = Example(soeg, kind.prefix)
    conditions: list[tuple[str, tuple[Any, ...]]] = [(where, ())]
    if example.registrering is None:
        # The columns know the newest Registrering only.
        conditions += kind.narrow(soeg)
    if example.sts is not None and example.sts[0] is not None:
        conditions.append(("sts >= ?", (stamp(example.sts[0]),)))
    sql = " and ".join(condition for condition, _ in conditions)
    args = tuple(value for _, values in conditions for value in values)
    if example.by_columns:
        return {uuid for (uuid,) in town.rows(f"select uuid from {kind.table} where {sql}", args)}
    vis = _needed(kind, example)
    return {
        body.uuid
        for body in town.each(kind.model, sql, args)
        if example.finds(kind.registreringer(town, body, vis), kind.moments(body))
    }


def _needed(kind: Kind, example: Example) -> frozenset[str]:
    """The parts of an object that the example looks at: building only those makes a scan several times faster."""
    everything = frozenset[str]().union(*kind.sections.values())
    if example.intervals or (example.virkning is not None and not example.lists):
        return everything
    parts = [kind.sections.get(name.partition(":")[2], everything) for name in example.elements]
    return frozenset[str]().union(*parts)


def found(town: Town, kind: Kind, request: Node, removed: set[str]) -> list[str] | None:
    """Every UUID of the kind that the request finds, in its order; None when the kind was not asked for."""
    udtryk = find(request, f"{request[0].partition(':')[0]}:SoegUdtryk")
    named = {(text(node) or "").lower() for node in each(request, kind.uuid)}
    conditions = {kind.soeg: kind.where, **{name: f"{kind.where} and {sql}" for name, sql in kind.soeg_also.items()}}

    def everything() -> set[str]:
        return {uuid for (uuid,) in town.rows(f"select uuid from {kind.table} where {kind.where}")}

    def one(soeg: Node) -> set[str] | None:
        return search(town, kind, soeg, conditions[soeg[0]]) if soeg[0] in conditions else None

    hits = None if udtryk is None else evaluate(udtryk, one, everything)
    if named:
        hits = named if hits is None else hits & named
    if hits is None:
        return None
    ordered = town.rows(f"select uuid from {kind.table} where {kind.where} order by {_order(kind, request)}")
    return [uuid for (uuid,) in ordered if uuid in hits and uuid not in removed]


def _order(kind: Kind, request: Node) -> str:
    """The request's Sortering by priority, else the index's clock; the UUID breaks ties so that pages are stable."""
    prefix = request[0].partition(":")[0]
    sortering = find(request, f"{prefix}:Sortering")
    keys: list[tuple[int, str]] = []
    for node in [] if sortering is None else each(sortering, kind.sortering):
        rank = text(find(node, f"{prefix}:Prioritet") or find(node, f"{prefix}:Sekvens"))
        falling = text(find(node, f"{prefix}:Retning")) == "Faldende"
        column = kind.order[text(find(node, f"{prefix}:Element")) or ""]
        keys.append((int(rank or 0), f"{column} {'desc' if falling else 'asc'}"))
    return ", ".join([*(sql for _, sql in sorted(keys, key=lambda key: key[0])), *([] if keys else ["sts"]), "uuid"])


def page(kind: Kind, request: Node, uuids: list[str], largest: int) -> Page:
    """The part of the hits that the kind's first search element with paging asks for; never more than `largest`."""
    udtryk = find(request, f"{request[0].partition(':')[0]}:SoegUdtryk")
    first, size = 0, largest
    for soeg in [] if udtryk is None else searches(udtryk, (kind.soeg, *kind.soeg_also)):
        asked = text(find(soeg, "sd:FoersteResultatReference")), text(find(soeg, "sd:MaksimalAntalKvantitet"))
        if asked == (None, None):
            continue
        first, size = int(asked[0] or 0), int(asked[1] or largest)
        break
    if first < 0 or size < 0:
        raise Unusable("paging must not be negative")
    size = min(size, largest)
    return Page(len(uuids), first, size, uuids[first : first + size])
