"""What Momentum states."""

from collections.abc import Iterator

from korsbaek.landscape.records import sound
from korsbaek.town import Town

OF = {
    "sagsbehandlere": ("bruger",),
    "borgere": ("navn", "sag", "fremdrift", "fremdrift", "sagspart"),
    "forloeb": ("sag", "fremdrift", "sagspart", "sagsrelation"),
    "ansvarlige": ("sagsaktoer",),
    "markeringer": ("journalnotat",),
    "noter": ("journalnotat",),
    "opgaver": ("frist",),
}


def facts(town: Town) -> Iterator[str]:
    """A citizen has a file at the job centre on which everything hangs; a course is a case below it."""
    for kind, body in sound(town, "momentum"):
        yield from OF[kind]
        if kind == "borgere":
            yield from ("kontaktoplysning" for way in ("mobile", "email") if body[way])
        if kind == "forloeb" and body["end"]:
            yield "fremdrift"
