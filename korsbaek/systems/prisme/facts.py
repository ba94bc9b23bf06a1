"""What a claim states."""

from collections.abc import Iterator

from korsbaek.landscape.records import sound
from korsbaek.town import Town


def facts(town: Town) -> Iterator[str]:
    """A claim is one fact."""
    for _ in sound(town, "prisme"):
        yield "krav"
