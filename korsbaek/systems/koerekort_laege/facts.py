"""What the doctor's leg in the renewal of a driving licence states."""

from collections.abc import Iterator

from korsbaek.systems.koerekort.leg import stated
from korsbaek.town import Town


def facts(town: Town) -> Iterator[str]:
    """The kind of each fact that a record of the system states."""
    return stated(town, "koerekort_laege")
