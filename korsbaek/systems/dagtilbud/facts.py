"""What the allocation of places in day care states."""

from collections.abc import Iterator

from korsbaek.landscape.records import sound
from korsbaek.town import Town


def facts(town: Town) -> Iterator[str]:
    """An application is a case with two parties and an expected answer; a place is a grant."""
    for kind, body in sound(town, "dagtilbud"):
        if kind == "pladser":
            yield from ("bevilling", "bevilgetydelse", "bevillingspart")
            if body["ansoegning"]:
                yield "bevillingssag"
            continue
        yield from ("sag", "sagsklasse", "fremdrift", "sagspart", "sagspart", "frist")
        if body["status"] != "modtaget":
            yield "fremdrift"  # it was received, and it has come further
