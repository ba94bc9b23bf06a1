"""What the index of grants and payments states."""

from collections.abc import Iterator

from korsbaek.model import Bevilling, Effektuering
from korsbaek.town import Town

_SOUND = "uuid not in (select key from fejl where system = 'ydi' and mended is null and tolereret is null)"


def facts(town: Town) -> Iterator[str]:
    """A grant with each plan of its benefits, its case, parties and actors; a payment, what it pays, and to whom."""
    for grant in town.each(Bevilling, _SOUND):
        yield "bevilling"
        yield from ("bevilgetydelse" for benefit in grant.ydelser for _ in benefit.planer or (None,))
        yield from ("bevillingspart" for _ in grant.parter)
        yield from ("bevillingsaktoer" for _ in grant.aktoerer)
        if grant.sag:
            yield "bevillingssag"
    for payment in town.each(Effektuering, _SOUND):
        yield from ("oekonomiskeffektuering", "ydelseseffektuering", "effektueringsitsystem")
        yield from ("effektueringspart" for _ in payment.parter)
        yield from ("effektueringsaktoer" for _ in payment.aktoerer)
