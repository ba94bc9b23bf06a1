"""The town's faults on the wire: a field of the newest Registrering left out or filled with what does not belong."""

from collections.abc import Sequence

from korsbaek.model import Fejl
from korsbaek.systems.soap.node import Node, replaced


def faulty(system: str, registreringer: list[Node], fejl: Sequence[Fejl]) -> list[Node]:
    """The Registreringer as this system shows them; a path that is not there leaves all as it is."""
    for fault in fejl:
        if fault.system == system:
            newest = replaced(registreringer[-1], fault.felt.split("/"), fault.vaerdi)
            registreringer = [*registreringer[:-1], newest]
    return registreringer
