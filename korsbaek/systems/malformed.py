"""Puts a record's faults on the wire: a malformed record of the town is sent as it is."""

import re
from collections.abc import Iterable
from typing import Any

from korsbaek.model import Fejl


def sent(record: dict[str, Any], faults: Iterable[Fejl], system: str) -> dict[str, Any]:
    """The record with this system's faults in it.

    A fault's `felt` is a dotted path; a part [n] or [name=value] picks an item of a list. A fault whose path
    leads nowhere is let go, since a record may be shown in two shapes. `vaerdi` None leaves the field out.
    """
    for fault in faults:
        if fault.system == system:
            *way, last = re.findall(r"\[[^]]+\]|[^.\[\]]+", fault.felt)
            place: Any = record
            for step in way:
                place = _into(place, step)
            _put(place, last, fault.vaerdi)
    return record


def _into(place: Any, step: str) -> Any:
    if isinstance(place, dict):
        return place.get(step)
    if isinstance(place, list):
        name, equals, value = step.strip("[]").partition("=")
        if equals:
            return next((item for item in place if str(item.get(name)) == value), None)
        return place[int(name)] if name.isdigit() and int(name) < len(place) else None
    return None


def _put(place: Any, step: str, value: str | None) -> None:
    if not isinstance(place, dict) or step not in place:
        return
    if value is None:
        del place[step]
    else:
        place[step] = value
