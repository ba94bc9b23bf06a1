"""What the company register states."""

from collections.abc import Iterator

from korsbaek.landscape.records import sound
from korsbaek.town import Town


def facts(town: Town) -> Iterator[str]:
    """A company is one fact."""
    for _ in sound(town, "cvr"):
        yield "virksomhed"
