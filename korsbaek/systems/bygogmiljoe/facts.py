"""What Byg og Miljoe states."""

from collections.abc import Iterator

from korsbaek.landscape.records import sound
from korsbaek.town import CVR, Town

OF = ("sag", "sagindeks", "fremdrift", "frist", "sagsklasse", "sagsklasse", "sagsaktoer")
PLACES = ("sagsgenstand", "sagsgenstand", "sagsgenstand")
"""The property, its parcel, and the place in words."""


def facts(town: Town) -> Iterator[str]:
    """An application: the case, how far it is and until when, where it is, who applies (but for the municipality's
    own), the case of the ESDH behind it, and the papers."""
    for _, body in sound(town, "bygogmiljoe"):
        yield from (*OF, *PLACES)
        yield from ("sagspart" for who in (body["indsender"], *body["tilknyttede"]) if who["nummer"] != CVR)
        if body.get("myndighedsag"):
            yield "sagsrelation"
        for _ in body["dokumenter"]:
            yield from ("dokument", "journalpost")
