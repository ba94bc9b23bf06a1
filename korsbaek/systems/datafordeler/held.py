"""The registers' records in memory, by the fields that questions pick by: a page costs what it shows, not the register.

Kept by each thread for as long as the town stands as it is.
"""

import threading
from collections import defaultdict
from collections.abc import Callable, Mapping
from typing import Any

from korsbaek.landscape.shelf import Body, Shelf

OPERATORS: Mapping[str, Callable[[Any, Any], bool]] = {
    "eq": lambda value, wanted: bool(value == wanted),
    "in": lambda value, wanted: value in wanted,
    "gte": lambda value, wanted: value is not None and str(value) >= str(wanted),
    "startsWith": lambda value, wanted: str(value).startswith(str(wanted)),
}
"""Whether a field's value is what a condition wants, by the condition's operator."""
Where = Mapping[str, Mapping[str, Any]]
"""Operator and what it wants, by the field."""


class _Kept(threading.local):
    state: tuple[Any, ...] = ()
    bodies: dict[str, list[Body]]
    places: dict[tuple[str, str], dict[Any, list[int]]]
    """Of an entity's field: where in its bodies a value stands."""


class Held:
    """The records of one system."""

    def __init__(self, own: Shelf) -> None:
        self._own, self._kept = own, _Kept()

    def picked(self, name: str, where: Where) -> list[Body]:
        """The records of an entity that meet every condition, in the order of their keys."""
        kept, state = self._kept, self._own.town.state()
        if kept.state != state:
            kept.state, kept.bodies, kept.places = state, {}, {}
        if name not in kept.bodies:
            kept.bodies[name] = list(self._own.each(name, "true order by key"))
        found = kept.bodies[name]
        first = next((field for field, condition in where.items() if set(condition) in ({"eq"}, {"in"})), None)
        if first is not None:
            ((operator, wanted),) = where[first].items()
            values, places = [wanted] if operator == "eq" else wanted, self._places(name, first)
            found = [found[place] for place in sorted({place for value in values for place in places.get(value, ())})]
        rest = [(field, op, wanted) for field in where if field != first for op, wanted in where[field].items()]
        return [body for body in found if all(OPERATORS[op](body.get(field), w) for field, op, w in rest)]

    def _places(self, name: str, field: str) -> dict[Any, list[int]]:
        kept = self._kept
        if (name, field) not in kept.places:
            places: dict[Any, list[int]] = defaultdict(list)
            for place, body in enumerate(kept.bodies[name]):
                places[body.get(field)].append(place)
            kept.places[name, field] = places
        return kept.places[name, field]
