"""How many facts of each kind a system's records state, by the town's own truth.

A fact is one statement that a hub in the words of the Rammearkitektur keeps a line of: a Sag, a step of it, a party, a
name. Each system's `facts.py` says which ones its records state, of what can be found and read, and as it is said now.
"""

from collections import Counter
from collections.abc import Iterator
from importlib import import_module
from typing import Protocol, cast

from korsbaek.landscape import records
from korsbaek.setting import SYSTEMS
from korsbaek.town import Town


class Facts(Protocol):
    """A system's `facts.py`."""

    @staticmethod
    def facts(town: Town) -> Iterator[str]:
        """The kind of each fact that a record of the system states."""


def counts(town: Town) -> dict[str, dict[str, int]]:
    """Per system that can be read, and kind of fact."""
    systems = [*SYSTEMS, *(name for name in records.further(town) if records.records(name).STREAMS)]
    return {system: dict(sorted(Counter(_of(system).facts(town)).items())) for system in systems}


def _of(system: str) -> Facts:
    return cast(Facts, import_module(f"korsbaek.systems.{system}.facts"))
