"""The reply to fremsoeg: status, counts, and the objects with the parts that Filter asks for.

An empty search is answered with StatusKode 44, as the sister services of Stoettesystemerne do; what the real SF1470
answers is not public, and a caller must take both that and 20. A page after the last hit is 20: there were hits.
"""

import threading
from collections.abc import Sequence

from korsbaek.systems.index.find import Page, found, page
from korsbaek.systems.index.interval import Unusable
from korsbaek.systems.index.kind import Kind
from korsbaek.systems.soap.names import declarations
from korsbaek.systems.soap.node import Fixed, Node, children, each, el, find, leaf, render, text
from korsbaek.town import Town

PAGING = ("sd:FoersteResultatReference", "sd:MaksimalAntalKvantitet")


def standardretur(code: int, message: str | None = None) -> Node:
    """A StandardRetur."""
    return el("sd:StandardRetur", ("sd:StatusKode", str(code)), leaf("sd:FejlbeskedTekst", message))


def output(name: str, nodes: Sequence[Node], prefixes: Sequence[str]) -> str:
    """The output element with its namespaces."""
    return f"<{name}{declarations(*prefixes)}>{render(nodes)}</{name}>"


class Answers:
    """fremsoeg of one contract: its kinds, in the order in which the reply lists them."""

    def __init__(self, town: Town, kinds: Sequence[Kind], prefixes: Sequence[str], largest: int) -> None:
        """`largest` is the biggest page. `removed` holds what fjern took out, for the life of the process."""
        self.town, self.kinds, self.prefixes, self.largest = town, kinds, prefixes, largest
        self.removed: set[str] = set()
        self._last = threading.local()

    def fremsoeg(self, request: Node) -> list[Node]:
        """The reply's nodes for a request that the schema accepts."""
        try:
            pages = self._pages(request)
        except Unusable as error:
            return [standardretur(40, str(error))]
        prefix = request[0].partition(":")[0]
        counts = [_antal(prefix, kind, found) for kind, found in pages]
        if not any(found.total for _, found in pages):
            return [standardretur(44, "Ingen objekter fundet"), *counts]
        shown: dict[str, list[str]] = {kind.antal: list(found.uuids) for kind, found in pages}
        self._include(request, shown)
        return [standardretur(20), *counts, *self._objects(request, shown)]

    def _pages(self, request: Node) -> list[tuple[Kind, Page]]:
        return [
            (kind, page(kind, request, uuids, self.largest))
            for kind, uuids in zip(self.kinds, self._found(request), strict=True)
            if uuids is not None
        ]

    def _found(self, request: Node) -> list[list[str] | None]:
        """The hits of each kind; a caller that pages on in the same town has them from the page before."""
        asked = (_unpaged(request), self.town.state(), len(self.removed))
        if getattr(self._last, "asked", None) != asked:
            self._last.found = [found(self.town, kind, request, self.removed) for kind in self.kinds]
            self._last.asked = asked
        hits: list[list[str] | None] = self._last.found
        return hits

    def _include(self, request: Node, shown: dict[str, list[str]]) -> None:
        prefix = request[0].partition(":")[0]
        chosen = find(request, f"{prefix}:Filter")
        asked = set() if chosen is None else {(node[0], text(node)) for node in children(chosen)}
        for kind in self.kinds:
            for value, relatives in kind.include.items():
                if (kind.vis.removesuffix("Vis") + "Inkluder", value) not in asked:
                    continue
                for other, uuids in relatives(self.town, shown.get(kind.antal, [])).items():
                    listed = shown.setdefault(other, [])
                    there = self.removed.union(listed)
                    listed += [uuid for uuid in uuids if uuid not in there]

    def _objects(self, request: Node, shown: dict[str, list[str]]) -> list[Node]:
        prefix = request[0].partition(":")[0]
        chosen = find(request, f"{prefix}:Filter")
        out: list[Node] = []
        for kind in self.kinds:
            vis = frozenset[str]()
            if chosen is not None:
                vis = frozenset(text(find(node, f"{prefix}:Vis")) or "" for node in each(chosen, kind.vis))
            if vis and shown.get(kind.antal):
                out += self._billeder(kind, shown[kind.antal], vis)
        return out

    def _billeder(self, kind: Kind, uuids: list[str], vis: frozenset[str]) -> list[Node]:
        marks = ", ".join("?" * len(uuids))
        bodies = {body.uuid: body for body in self.town.each(kind.model, f"uuid in ({marks})", uuids)}
        return [
            Fixed.written(
                el(
                    kind.billede,
                    el(f"{kind.prefix}:ObjektType", ("sd:UUIDIdentifikator", uuid)),
                    *kind.registreringer(self.town, bodies[uuid], vis),
                )
            )
            for uuid in uuids
            if uuid in bodies
        ]


def _unpaged(node: Node) -> Node:
    """A request without what tells its pages from one another."""
    name, inner = node
    if isinstance(inner, str):
        return name, "" if name in PAGING else inner
    return name, [_unpaged(child) for child in inner]


def _antal(prefix: str, kind: Kind, found: Page) -> Node:
    return el(
        f"{prefix}:Antal",
        (f"{prefix}:Element", kind.antal),
        (f"{prefix}:Antal", str(found.total)),
        el(
            f"{prefix}:Paginering",
            ("sd:FoersteResultatReference", str(found.first)),
            ("sd:MaksimalAntalKvantitet", str(found.size)),
        ),
    )
