"""What KLE-online states."""

from collections.abc import Iterator

from korsbaek.landscape.records import sound
from korsbaek.town import Town


def facts(town: Town) -> Iterator[str]:
    """A subject or handlingsfacet is one class."""
    for _ in sound(town, "kleonline"):
        yield "klasse"
