"""What WorkZone states."""

from collections.abc import Iterator

from korsbaek.landscape.records import sound
from korsbaek.town import Town


def facts(town: Town) -> Iterator[str]:
    """A case with subject and handlingsfacet, its officer and unit, parties, dates and text; a document on a case."""
    for kind, body in sound(town, "workzone"):
        if kind == "dokumenter":
            yield from ("dokument", "journalpost")
            continue
        yield from ("sag", "sagindeks", "fremdrift", "sagsklasse", "sagsklasse", "sagsaktoer", "sagsaktoer")
        yield from ("sagspart" for _ in body["Parties"])
        yield from ("frist" for _ in body["Dates"])
        if body["Text"]:
            yield "journalnotat"
        if body["Closed"] and body["Closed"] > body["Created"]:
            yield "fremdrift"  # one that closes on its first day was never open
