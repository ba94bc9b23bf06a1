"""What YdelseListeHent states."""

from collections.abc import Iterator

from korsbaek.landscape.records import sound
from korsbaek.systems.ydelseliste.kinds import KSD, KY
from korsbaek.town import Town

OF = {
    "ydelse": ("bevilling", "bevilgetydelse", "bevillingspart"),
    "effektuering": ("oekonomiskeffektuering", "ydelseseffektuering", "effektueringspart", "effektueringsitsystem"),
}


def facts(town: Town) -> Iterator[str]:
    """A grant with whom it is to; a payment with the benefit that it pays. Of the municipality's own grants also who
    gives them, and the case: of Udbetaling Danmark's it is to see the benefit alone."""
    for kind, body in sound(town, "ydelseliste"):
        yield from OF[kind]
        if kind == "ydelse" and body["system"] in (KSD, KY):
            yield from ("bevillingsaktoer", "bevillingssag")
