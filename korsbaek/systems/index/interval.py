"""Times, half-open intervals and amounts of a search."""

from datetime import datetime
from decimal import Decimal, InvalidOperation

from korsbaek.systems.index.wire import COPENHAGEN
from korsbaek.systems.soap.node import Node, find, text


class Unusable(ValueError):
    """Valid by the schema, yet no search: the reply is StatusKode 40."""


def moment(value: str) -> datetime:
    """An instant from a dateTime or date; without a zone it is Danish time."""
    try:
        found = datetime.fromisoformat(value)
    except ValueError:
        raise Unusable("a time that cannot be read") from None
    return found if found.tzinfo else found.replace(tzinfo=COPENHAGEN)


def bound(node: Node | None) -> datetime | None:
    """A TidspunktType: an instant, or None for no bound or infinity."""
    stamp = None if node is None else text(find(node, "sd:TidsstempelDatoTid"))
    return None if stamp is None else moment(stamp)


Window = tuple[datetime | None, datetime | None]
"""From (inclusive), to (exclusive); None is open."""


def window(node: Node | None, fra: str, til: str) -> Window | None:
    """The bounds that a node holds under two names, or None when it holds neither."""
    if node is None:
        return None
    found = (bound(find(node, fra)), bound(find(node, til)))
    return None if found == (None, None) else found


def holds(period: Window, at: datetime) -> bool:
    """Is the instant within?"""
    return (period[0] is None or at >= period[0]) and (period[1] is None or at < period[1])


def overlaps(period: Window, virkning: Node) -> bool:
    """Does a Virkning share an instant with the period? An open end reaches for ever."""
    fra, til = bound(find(virkning, "sd:FraTidspunkt")), bound(find(virkning, "sd:TilTidspunkt"))
    starts = fra is None or period[1] is None or fra < period[1]
    return starts and (til is None or period[0] is None or til > period[0])


def amount(value: str) -> Decimal:
    """A BeloebType."""
    try:
        return Decimal(value)
    except InvalidOperation:
        raise Unusable("an amount that cannot be read") from None
