"""What Organisation states."""

from collections.abc import Iterator

from korsbaek.landscape.records import sound
from korsbaek.town import Town


def facts(town: Town) -> Iterator[str]:
    """A unit under each name that it has had, and a user."""
    for kind, body in sound(town, "organisation"):
        if kind == "enhed":
            yield from ("organisationenhed" for _ in body["navne"])
        else:
            yield "bruger"
