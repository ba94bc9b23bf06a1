"""Search by example: an object is found when each element of the example has its like in the object's Registrering.

Without SoegRegistrering the newest Registrering is asked; with it, any that was registered within the bounds.
"""

from collections.abc import Iterator
from datetime import datetime

from korsbaek.systems.index.interval import Unusable, Window, amount, holds, moment, overlaps, window
from korsbaek.systems.soap.node import Node, children, each, find, text

LISTS = ("AttributListe", "TilstandListe", "RelationListe")
_INTERVALS = {
    "OprettetTidspunktInterval": "OprettetTidspunkt",
    "SenestAendretInterval": "Tidspunkt",
    "BrevDatoInterval": "BrevDato",
    "BevillingStartDatoInterval": "Bevillingstartdato",
    "BevillingSlutDatoInterval": "Bevillingslutdato",
    "BevilgetYdelseStartDatoInterval": "BevilgetYdelseStartdato",
    "BevilgetYdelseSlutDatoInterval": "BevilgetYdelseSlutdato",
    "EffektueringsplanStartDatoInterval": "EffektueringsplanStartdato",
    "EffektueringsplanSlutDatoInterval": "EffektueringsplanSlutdato",
    "YdelseBeloebInterval": "Ydelsesbeloeb",
    "StartDatoInterval": "Startdato",
    "SlutDatoInterval": "Slutdato",
    "DispositionsDatoInterval": "Dispositionsdato",
    "SamletBruttoBeloebInterval": "SamletBruttobeloeb",
    "BeloebUdbetaltInterval": "BeloebUdbetalt",
    "BeloebEfterSkatATPInterval": "BeloebEfterSkatATP",
    "BeloebSendtTilUdbetalingInterval": "BeloebSendtTilUdbetaling",
    "YdelsesperiodeStartDatoInterval": "YdelsesperiodeStartdato",
    "YdelsesperiodeSlutDatoInterval": "YdelsesperiodeSlutdato",
    "YdelsesBeloebInterval": "Ydelsesbeloeb",
}


class Example:
    """A SoegInput, taken apart once: bounds, intervals and the example proper."""

    def __init__(self, soeg: Node, prefix: str) -> None:
        """`prefix` is the kind's own namespace."""
        self.sts = window(soeg, "go:SoegStsFraTidspunkt", "go:SoegStsTilTidspunkt")
        registrering = find(soeg, "sd:SoegRegistrering")
        self.registrering = window(registrering, "sd:FraTidspunkt", "sd:TilTidspunkt")
        self.head = [] if registrering is None else _without(registrering, "sd:FraTidspunkt", "sd:TilTidspunkt")
        self.virkning = window(find(soeg, "sd:SoegVirkning"), "sd:FraTidspunkt", "sd:TilTidspunkt")
        self.lists: list[Node] = []
        self.intervals: list[Node] = []
        for name in LISTS:
            found = find(soeg, f"{prefix}:{name}")
            if found is not None:
                self.intervals += list(_intervals(found))
                proper = _proper(found)
                if proper is not None and children(proper):
                    self.lists.append(proper)

    @property
    def elements(self) -> list[str]:
        """The names of the objects' elements that the example looks at."""
        return [child[0] for part in self.lists for child in children(part)]

    @property
    def by_columns(self) -> bool:
        """Nothing but a lower bound on StsTidspunkt: no body need be read."""
        plain = self.registrering is None and self.virkning is None and not self.head
        return plain and not self.lists and not self.intervals and (self.sts is None or self.sts[1] is None)

    def finds(self, registreringer: list[Node], moments: list[tuple[datetime, datetime]]) -> bool:
        """Does the object with these Registreringer (oldest first) and their (Tidspunkt, StsTidspunkt) match?"""
        if self.sts is not None and not any(holds(self.sts, sts) for _, sts in moments):
            return False
        asked = registreringer[-1:]
        if self.registrering is not None:
            asked = [r for r, (at, _) in zip(registreringer, moments, strict=True) if holds(self.registrering, at)]
        return any(self._fits(registrering) for registrering in asked)

    def _fits(self, registrering: Node) -> bool:
        return (
            all(_any_like(wanted, registrering, None) for wanted in self.head)
            and all(_list_fits(wanted, registrering, self.virkning) for wanted in self.lists)
            and all(_in_interval(wanted, registrering) for wanted in self.intervals)
            and (self.virkning is None or bool(self.lists) or _any_virkning(registrering, self.virkning))
        )


def _without(node: Node, *names: str) -> list[Node]:
    return [child for child in children(node) if child[0] not in names]


def _is_interval(node: Node) -> bool:
    local = node[0].partition(":")[2]
    return local.startswith("Soeg") and local.endswith("LokalUdvidelse")


def _intervals(node: Node) -> Iterator[Node]:
    for child in children(node):
        if _is_interval(child):
            yield from children(child)
        else:
            yield from _intervals(child)


def _proper(node: Node) -> Node | None:
    """The example without interval searches, and without a list that held nothing else."""
    if isinstance(node[1], str):
        return node
    kept = [proper for child in node[1] if not _is_interval(child) and (proper := _proper(child)) is not None]
    return None if node[1] and not kept else (node[0], kept)


def _list_fits(wanted: Node, registrering: Node, period: Window | None) -> bool:
    actual = find(registrering, wanted[0])
    return actual is not None and all(_any_like(child, actual, period) for child in children(wanted))


def _any_like(wanted: Node, within: Node, period: Window | None) -> bool:
    return any(
        _like(wanted, actual) and (period is None or _virkning_overlaps(actual, period))
        for actual in each(within, wanted[0])
    )


def _virkning_overlaps(actual: Node, period: Window) -> bool:
    found = next((child for child in children(actual) if child[0].endswith(":Virkning")), None)
    return found is None or overlaps(period, found)


def _any_virkning(node: Node, period: Window) -> bool:
    if node[0].endswith(":Virkning"):
        return overlaps(period, node)
    return any(_any_virkning(child, period) for child in children(node))


def _like(wanted: Node, actual: Node) -> bool:
    if wanted[0].endswith(":Virkning"):
        period = window(wanted, "sd:FraTidspunkt", "sd:TilTidspunkt")
        return period is None or overlaps(period, actual)
    if isinstance(wanted[1], str):
        return wanted[1] == "" or _same(wanted[1], text(actual) or "")
    return all(any(child[0] == a[0] and _like(child, a) for a in children(actual)) for child in wanted[1])


def _same(wanted: str, actual: str) -> bool:
    if wanted == actual or wanted.lower() == actual.lower():
        return True
    if "T" not in wanted or "T" not in actual:
        return False
    try:
        return moment(wanted) == moment(actual)
    except Unusable:
        return False


def _leaves(node: Node, local: str) -> Iterator[str]:
    for child in children(node):
        if isinstance(child[1], str):
            if child[0].partition(":")[2] == local:
                yield child[1]
        else:
            yield from _leaves(child, local)


def _in_interval(wanted: Node, registrering: Node) -> bool:
    local = wanted[0].partition(":")[2]
    low, high = find(wanted, "go:FraBeloeb"), find(wanted, "go:TilBeloeb")
    period = window(wanted, "go:FraTidspunkt", "go:TilTidspunkt") or (None, None)
    for value in _leaves(registrering, _INTERVALS[local]):
        try:
            if low is None or high is None:
                if holds(period, moment(value)):
                    return True
            elif amount(text(low) or "") <= amount(value) <= amount(text(high) or ""):
                return True
        except Unusable:
            # A malformed value in the town lies in no interval.
            continue
    return False
