"""Dates as the CPR register writes them. Very old ones it is unsure of, and says so."""

from datetime import date

from korsbaek.systems.soap.node import Node, el, leaf

_SURE_SINCE = date(1968, 4, 2)
"""The register began then; what was taken over from the paper registers may be uncertain."""


def _mark(moment: date) -> Node | None:
    return leaf("p:usikkerhedsmarkering", "*" if moment < _SURE_SINCE else None)


def day(name: str, moment: date) -> Node:
    """A usikkerhedDatoType."""
    return el(name, ("p:dato", moment.isoformat()), _mark(moment) if name == "p:startdato" else None)


def instant(name: str, moment: date) -> Node:
    """A usikkerhedDatoTidType: midnight, without a zone."""
    return el(name, ("p:dato", f"{moment.isoformat()}T00:00:00"), _mark(moment))


def years(born: date, today: date) -> int:
    """Age in whole years."""
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))
