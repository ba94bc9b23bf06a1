"""What a REST reply must have before anything is made of it; ContractError when it has not."""

from collections.abc import Sequence
from typing import Any

from connectors import minimise
from connectors.contract import Record
from connectors.errors import ContractError


def objects(items: Any, what: str) -> list[dict[str, Any]]:
    """A list of objects."""
    if not isinstance(items, list):
        raise ContractError(f"{what}: the reply is not a list")
    if not all(isinstance(i, dict) for i in items):
        raise ContractError(f"{what}: the list holds something else than objects")
    return items


def listed(reply: Any, name: str, what: str) -> list[dict[str, Any]]:
    """The list of objects in a field of the reply; without a name the reply is the list."""
    if not name:
        return objects(reply, what)
    if not isinstance(reply, dict) or not isinstance(reply.get(name), list):
        raise ContractError(f"{what}: the reply holds no {name}")
    return objects(reply[name], what)


def whole_number(found: Any, name: str, what: str) -> int:
    """How many there are in all, as the field of that name says it."""
    if not isinstance(found, int) or isinstance(found, bool):
        raise ContractError(f"{what}: the reply does not say {name}; all or a part cannot be told")
    return found


def key(value: dict[str, Any], *names: str) -> str:
    """The first id that is there: a record must have a key, also when it ends in quarantine."""
    for name in names:
        if isinstance(value.get(name), str | int) and value[name] not in ("", True, False):
            return str(value[name])
    raise ContractError(f"a record without {' and '.join(names)} cannot be kept")


def records(items: Sequence[dict[str, Any]], name: str, sheet: minimise.Sheet, **put_in: str) -> list[Record]:
    """The objects as records by the id of that name; `put_in`: fields that the object itself does not say."""
    return [minimise.record(key(i, name), i | put_in, sheet) for i in items]


__all__ = ["key", "listed", "objects", "records", "whole_number"]
