"""Records that stand under a UUID which their person had before it was joined with another (ADR 0003)."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from sync.chunk import Item
from sync.database import Connection, all_rows
from sync.population import every_uuid

_STANDING = """
    select key from {table} where source = %s and stream = %s and key = any(%s)
"""
_EITHER = _STANDING.format(table="landed") + " union " + _STANDING.format(table="quarantine")


def following(item: Item, moved: Mapping[UUID, UUID]) -> Item:
    """The item under the person that its owner was joined with, if it was."""
    if item.owner is None or item.owner not in moved:
        return item
    person = moved[item.owner]
    return Item(f"{person}/{item.key.partition('/')[2]}", item.record, person)


def standing(connection: Connection, where: tuple[str, str], items: Sequence[Item]) -> dict[str, list[str]]:
    """Keys of items to those, landed or parked, that the same record has under a former UUID of its person."""
    persons = {item.owner for item in items if item.owner is not None}
    formers: dict[UUID, list[UUID]] = {}
    for former, person in every_uuid(connection, list(persons)).items():
        if former != person:
            formers.setdefault(person, []).append(former)
    before = {
        f"{former}/{rest}": item.key
        for item in items
        if item.owner in formers
        for first, _, rest in [item.key.partition("/")]
        if first == str(item.owner)
        for former in formers[item.owner]
    }
    found: dict[str, list[str]] = {}
    if before:
        for (key,) in all_rows(connection, _EITHER, (*where, list(before)) * 2):
            found.setdefault(before[key], []).append(key)
    return found
