"""What Cura states."""

from collections.abc import Iterator

from korsbaek.landscape.records import sound
from korsbaek.town import Town

OF = {
    "Patient": ("navn", "adresse"),
    "ProcedureRequest": ("bevilling", "bevilgetydelse", "bevillingspart"),
    "Communication": ("dokument", "dokumentpart"),
}


def facts(town: Town) -> Iterator[str]:
    """A citizen and how to reach them; what they are granted; a message about them."""
    for kind, body in sound(town, "cura"):
        yield from OF[kind]
        if kind == "Patient":
            yield from ("kontaktoplysning" for _ in {contact["system"] for contact in body["telecom"]})
