"""What Klassifikation states."""

from collections.abc import Iterator

from korsbaek.landscape.records import sound
from korsbaek.town import Town


def facts(town: Town) -> Iterator[str]:
    """A class under each title that it has had."""
    for _, klasse in sound(town, "klassifikation"):
        yield from ("klasse" for _ in klasse["egenskaber"])
