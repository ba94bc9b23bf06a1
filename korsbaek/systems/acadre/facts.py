"""What Acadre states."""

from collections.abc import Iterator

from korsbaek.landscape.records import shelf, sound
from korsbaek.town import Town


def facts(town: Town) -> Iterator[str]:
    """A case with subject, officer and unit, its parties, and a deadline; a document or memo on a case."""
    protected = {key for key, body in shelf(town, "acadre").rows("kontakt") if body.get("beskyttet")}
    for kind, body in sound(town, "acadre"):
        if kind == "akter":
            yield from ("dokument", "journalpost") if "retning" in body else ("journalnotat",)
            if body.get("svarfrist"):
                yield "frist"
            continue
        yield from ("sag", "sagindeks", "fremdrift", "sagsklasse", "sagsaktoer", "sagsaktoer")
        yield from ("sagspart" for _ in body["parter"])
        yield from ("beskyttelse" for party in body["parter"] if party in protected)
        if body["frist"]:
            yield "frist"
        if body["status"] == "A" and body["lukket"] > body["oprettet"]:
            yield "fremdrift"  # one that closes on its first day was never open
