"""What PostForespoerg states."""

from collections.abc import Iterator

from korsbaek.landscape.records import sound
from korsbaek.town import Town


def facts(town: Town) -> Iterator[str]:
    """Registered or exempt is a fact about the person."""
    for _ in sound(town, "digitalpost"):
        yield "person"
