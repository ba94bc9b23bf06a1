"""A kind of object in an index, as data: how the contract names it and where the town keeps it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from korsbaek.systems.soap.node import Node
from korsbaek.town import Town

Condition = tuple[str, tuple[Any, ...]]
"""A SQL condition over the kind's table, and its values."""


def _no_relatives(town: Town, uuids: list[str]) -> dict[str, list[str]]:
    return {}


@dataclass(frozen=True)
class Kind:
    """One kind. Names are prefixed element names of the contract.

    `registreringer(town, object, vis)` gives the Registrering nodes, oldest first, with the town's faults in the last;
    `moments(object)` their (Tidspunkt, StsTidspunkt). `narrow(example)` gives a condition that every match fulfils,
    so that few bodies are read; the example itself decides. `sections` says which Vis an example's element needs.
    `order` gives the SQL expression of each Sortering element.
    """

    antal: str
    soeg: str
    uuid: str
    vis: str
    sortering: str
    billede: str
    prefix: str
    model: type[Any]
    table: str
    where: str
    order: Mapping[str, str]
    sections: Mapping[str, frozenset[str]]
    narrow: Callable[[Node], list[Condition]]
    registreringer: Callable[[Town, Any, frozenset[str]], list[Node]]
    moments: Callable[[Any], list[tuple[datetime, datetime]]]
    soeg_also: Mapping[str, str] = field(default_factory=dict)
    """Further search elements of this kind, each with its SQL condition (SoegSagsloeseDokumenter)."""
    include: Mapping[str, Callable[[Town, list[str]], dict[str, list[str]]]] = field(default_factory=dict)
    """Inkluder value to the UUIDs of other objects (by kind's `antal`) that come along with found ones."""
