"""Fields out of a parsed JSON record: absent, empty and wrong told apart; wrong raises RecordError naming the path."""

import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Literal, TypeVar
from uuid import UUID

from canonical_model.draft import UNSET, Nummer, Sent
from connectors import dates, identifiers
from connectors.errors import RecordError

Code = TypeVar("Code")
_BELOEB = re.compile(r"-?\d{1,15}(\.\d{1,4})?", re.ASCII)


class Fields:
    """One JSON object and where it stands in its record.

    Readers of the form `x(name)` give UNSET when the vendor sent nothing and None when it sent null;
    those of the form `need_x(name)` raise RecordError for both. `instant` and `whole_number` give None for both.
    """

    __slots__ = ("_path", "_value")

    def __init__(self, value: Any, path: str = "") -> None:
        if not isinstance(value, dict):
            raise RecordError(path or "record", "not an object")
        self._value: dict[str, Any] = value
        self._path = path

    def path(self, name: str) -> str:
        """The field's dotted path, for errors."""
        return f"{self._path}.{name}" if self._path else name

    def has(self, name: str) -> bool:
        """Whether the vendor sent the field with anything but null or an empty text."""
        value = self._value.get(name)
        return value is not None and value != ""

    def need(self, name: str) -> Any:
        """The raw value, which must be there."""
        value = self._value.get(name)
        if value is None or value == "":
            raise RecordError(self.path(name), "missing")
        return value

    def text(self, name: str) -> Sent[str]:
        """A text; "" counts as sent empty. NUL is refused, as no PostgreSQL text can hold it."""
        value = self._value.get(name, UNSET)
        if not isinstance(value, str):
            if value is UNSET or value is None:
                return value
            raise RecordError(self.path(name), "not a text")
        if not value:
            return None
        if "\x00" in value:
            raise RecordError(self.path(name), "holds a NUL character")
        return value

    def need_text(self, name: str) -> str:
        """A text that must be there."""
        self.need(name)
        value = self.text(name)
        assert isinstance(value, str)
        return value

    def need_id(self, name: str) -> str:
        """A vendor's own id as text: a whole number or a text."""
        value = self.need(name)
        if isinstance(value, int) and not isinstance(value, bool):
            return str(value)
        return self.need_text(name)

    def need_code(self, name: str, codes: Mapping[str, Code]) -> Code:
        """What a code of the vendor's stands for; one that is not among them is refused."""
        code = self.need_text(name)
        if code not in codes:
            raise RecordError(self.path(name), f"not one of {', '.join(codes)}")
        return codes[code]

    def flag(self, name: str) -> Sent[bool]:
        """True or false."""
        value = self._value.get(name, UNSET)
        if value is UNSET or value is None or isinstance(value, bool):
            return value
        raise RecordError(self.path(name), "neither true nor false")

    def instant(self, name: str) -> datetime | None:
        """A time in UTC; empty when not sent, null, or .NET's 0001-01-01 for 'none'."""
        value = self._value.get(name)
        if value in (None, "") or (isinstance(value, str) and value.startswith("0001-01-01T00:00:00")):
            return None
        return dates.instant(value, self.path(name))

    def need_instant(self, name: str) -> datetime:
        """A time in UTC that must be there."""
        self.need(name)
        found = self.instant(name)
        if found is None:
            raise RecordError(self.path(name), "missing")
        return found

    def dato(self, name: str) -> Sent[date]:
        """A calendar date."""
        value = self._value.get(name, UNSET)
        if value is UNSET or value is None or value == "":
            return UNSET if value is UNSET else None
        return dates.dato(value, self.path(name))

    def need_dato(self, name: str) -> date:
        """A calendar date that must be there."""
        return dates.dato(self.need(name), self.path(name))

    def need_beloeb(self, name: str) -> Decimal:
        """An amount with every digit that the vendor sent: a whole number, or a text like 1234.50. A number with
        decimals counts as it was written, as long as a float holds that many digits (15)."""
        value = self.need(name)
        text = repr(value) if isinstance(value, int | float) and not isinstance(value, bool) else value
        if not isinstance(text, str) or not _BELOEB.fullmatch(text):
            raise RecordError(self.path(name), "not an amount")
        return Decimal(text)

    def need_cpr(self, name: str) -> str:
        """Ten digits of a CPR number."""
        return identifiers.cpr(self.need(name), self.path(name))

    def need_cvr(self, name: str) -> str:
        """Eight digits of a CVR number."""
        return identifiers.cvr(self.need(name), self.path(name))

    def need_nummer(self, name: str, art: Literal["cpr", "cvr"]) -> Nummer:
        """The person or the company of a national number, where the record says in another field which of them."""
        return Nummer(art, self.need_cpr(name) if art == "cpr" else self.need_cvr(name))

    def need_uuid(self, name: str) -> UUID:
        """A UUID that must be there."""
        return identifiers.uuid(self.need(name), self.path(name))

    def whole_number(self, name: str) -> int | None:
        """A whole number that PostgreSQL's integer holds and that is not negative; None when not sent or empty."""
        value = self._value.get(name)
        if value is None or value == "":
            return None
        if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < 2**31:
            raise RecordError(self.path(name), "not a whole number")
        return value

    def need_whole_number(self, name: str) -> int:
        """A whole number that must be there."""
        self.need(name)
        value = self.whole_number(name)
        assert value is not None
        return value

    def need_texts(self, name: str) -> list[str]:
        """A list of texts that must be there."""
        value = self.need(name)
        if not isinstance(value, list) or not all(isinstance(one, str) and "\x00" not in one for one in value):
            raise RecordError(self.path(name), "not a list of texts")
        return value

    def one(self, name: str) -> "Fields | None":
        """The object in a field; empty when not sent or null."""
        value = self._value.get(name)
        return None if value is None else Fields(value, self.path(name))

    def need_one(self, name: str) -> "Fields":
        """The object in a field, which must be there."""
        return Fields(self.need(name), self.path(name))

    def many(self, name: str) -> Iterator["Fields"]:
        """The objects of a list; none when not sent or null."""
        value = self._value.get(name)
        if value is not None and not isinstance(value, list):
            raise RecordError(self.path(name), "not a list")
        for n, item in enumerate(value or ()):
            yield Fields(item, f"{self.path(name)}[{n}]")
