"""What a permit to park states."""

from collections.abc import Iterator

from korsbaek.landscape.records import sound
from korsbaek.town import Town


def facts(town: Town) -> Iterator[str]:
    """A permit is a case about a car, of a holder who is known by name, address and telephone alone."""
    for _, permit in sound(town, "parkering"):
        holder = permit["indehaver"]
        yield from ("sag", "fremdrift", "sagsklasse", "sagsgenstand", "sagspart", "navn")
        if permit["status"] != "Aktiv":
            yield "fremdrift"  # it was granted, and it ended
        if holder["adresse"]:
            yield "adresse"
        if holder["hemmeligAdresse"]:
            yield "beskyttelse"
        if holder["telefon"]:
            yield "kontaktoplysning"
