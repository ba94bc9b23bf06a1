"""Values out of a held element: absent, empty and wrong told apart; wrong raises RecordError naming the element.

Elements are found by local name: the contracts give each name one meaning among its siblings, whereas their
namespaces vary with where a type was declared (rammearkitektur 2.1).
"""

import re
from collections.abc import Container
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any, TypeAlias, TypeVar
from uuid import UUID

from msgspec import UNSET, UnsetType

from connectors import dates
from connectors.errors import RecordError
from connectors.soap_xml import Held

T = TypeVar("T")
Felt: TypeAlias = T | None | UnsetType
"""What was sent: UNSET for absent, None for empty. SOAP vendors never say that they withhold."""
_UUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_VARIGHED = re.compile(r"P(?=\d)(\d{1,3}Y)?(\d{1,3}M)?(\d{1,5}D)?", re.ASCII)


_uuid = lru_cache(maxsize=65536)(UUID)


@lru_cache(maxsize=65536)
def _instant(text: str) -> datetime:
    """Few instants and UUIDs recur in most elements of a reply."""
    return dates.instant(text, "")


class Node:
    """One element with its children by local name. Readers give UNSET for absent and None for empty or xsi:nil."""

    __slots__ = ("_above", "_name", "held")

    def __init__(self, held: Held, above: "Node | None" = None, name: str = "") -> None:
        self.held, self._above, self._name = held, above, name

    @property
    def path(self) -> str:
        """Where it stands in its record, for errors."""
        return self._name if self._above is None else self._above.field(self._name)

    def field(self, name: str) -> str:
        """The path of a child, for errors."""
        path = self.path
        return f"{path}/{name}" if path else name

    def error(self, name: str, reason: str) -> RecordError:
        """A RecordError about a child."""
        return RecordError(self.field(name), reason)

    def one(self, name: str) -> "Node | None":
        """The child of that name, if any; twice is an error."""
        found = self.held.get(name, UNSET)
        if found is UNSET:
            return None
        if isinstance(found, list):
            found = self._single(name, found)
        return Node(found if isinstance(found, dict) else {}, self, name)

    def need_one(self, name: str) -> "Node":
        """The child of that name, which must be there."""
        return self._there(name, self.one(name))

    def at(self, *names: str) -> "Node":
        """The element that these names lead to, each below the one before; TOM where one of them was not sent."""
        node: Node | None = self
        for name in names:
            node = node.one(name) if node is not None else None
        return TOM if node is None else node

    def many(self, name: str) -> list["Node"]:
        """All children of that name."""
        found = self.held.get(name, ())
        every = found if isinstance(found, list | tuple) else (found,)
        return [Node(held if isinstance(held, dict) else {}, self, name) for held in every]

    def text(self, name: str) -> Felt[str]:
        """A text as it stands."""
        found: object = self.held.get(name, UNSET)
        if found is UNSET:
            return UNSET
        if isinstance(found, list):
            found = self._single(name, found)
        if isinstance(found, str):
            if "\x00" in found:
                raise self.error(name, "holds a NUL character")
            return found or None
        if found:
            raise self.error(name, "holds elements where a value belongs")
        return None

    def one_of(self, name: str, koder: Container[str]) -> Felt[str]:
        """A text that the schema enumerates."""
        text = self.text(name)
        if isinstance(text, str) and text not in koder:
            raise self.error(name, "not one of the contract's values")
        return text

    def value(self, name: str) -> str | None:
        """A text without the white space around it; None for absent and for empty."""
        text = self.text(name)
        return (text.strip() or None) if isinstance(text, str) else None

    def need(self, name: str) -> str:
        """A text as `value` gives it, which must be there."""
        return self._there(name, self.value(name))

    def need_uuid(self, name: str) -> UUID:
        """A UUID, which must be there."""
        return self._there(name, self.uuid(name))

    def need_instant(self, name: str) -> datetime:
        """An instant, which must be there."""
        return self._there(name, self.instant(name) or None)

    def _there(self, name: str, found: T | None) -> T:
        if found is None:
            raise self.error(name, "missing")
        return found

    def flag(self, name: str) -> Felt[bool]:
        """xs:boolean."""
        found = self._typed(name)
        if not isinstance(found, str):
            return found
        if found not in ("true", "false", "1", "0"):
            raise self.error(name, "neither true nor false")
        return found in ("true", "1")

    def whole(self, name: str) -> Felt[int]:
        """xs:integer."""
        found = self._typed(name)
        if not isinstance(found, str):
            return found
        if not re.fullmatch(r"[+-]?\d{1,9}", found, re.ASCII):
            raise self.error(name, "not a whole number")
        return int(found)

    def beloeb(self, name: str) -> Felt[Decimal]:
        """gd:BeloebType, in Danish kroner."""
        found = self._typed(name)
        if not isinstance(found, str):
            return found
        if not re.fullmatch(r"-?\d{1,18}(\.\d{1,12})?", found, re.ASCII):
            raise self.error(name, "not an amount")
        return Decimal(found)

    def instant(self, name: str) -> Felt[datetime]:
        """xs:dateTime, in UTC; without zone it is Danish time."""
        found = self._typed(name)
        if not isinstance(found, str):
            return found
        try:
            return _instant(found)
        except RecordError as error:
            raise self.error(name, error.reason) from None

    def dato(self, name: str) -> Felt[date]:
        """xs:date."""
        found = self._typed(name)
        return dates.dato(found, self.field(name)) if isinstance(found, str) else found

    def midnight(self, name: str) -> Felt[datetime]:
        """xs:date as the instant at which that Danish day begins, in UTC."""
        found = self.dato(name)
        try:
            return dates.midnight(found) if isinstance(found, date) else found
        except OverflowError:
            raise self.error(name, "not a time") from None

    def varighed(self, name: str) -> Felt[str]:
        """xs:duration of years, months and days, as it stands."""
        found = self.text(name)
        if isinstance(found, str) and not _VARIGHED.fullmatch(found):
            raise self.error(name, "not a duration")
        return found

    def uuid(self, name: str) -> UUID | None:
        """A UUID; None for absent and for empty."""
        found = self.value(name)
        if found is None:
            return None
        if not _UUID.fullmatch(found):
            raise self.error(name, "not a UUID")
        return _uuid(found)

    def _typed(self, name: str) -> Felt[str]:
        text = self.text(name)
        return (text.strip() or None) if isinstance(text, str) else text

    def _single(self, name: str, found: list[Any]) -> Any:
        if len(found) != 1:
            raise self.error(name, "said more than once")
        return found[0]


TOM = Node({})
"""Stands in for an element that was not sent: every reading of it is UNSET."""
