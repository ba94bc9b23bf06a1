"""Times as the vendors write them, made aware and UTC; a wrong one raises RecordError naming the field."""

import re
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from connectors.errors import RecordError

DANISH = ZoneInfo("Europe/Copenhagen")


def midnight(day: date) -> datetime:
    """The instant at which a Danish day begins, in UTC."""
    return datetime.combine(day, time(), DANISH).astimezone(UTC)


def day(instant: datetime) -> str:
    """The Danish day of an instant as a Bevilling writes it (its dates are texts in the standard)."""
    return instant.astimezone(DANISH).date().isoformat()


def until(begun: datetime | None, *ends: datetime | None) -> datetime | None:
    """When what began then is over: at the first end that is known, and never before it began."""
    end = min((end for end in ends if end), default=None)
    return max(begun, end) if begun and end else end


def dato(value: object, field: str) -> date:
    """A calendar date from yyyy-mm-dd, also with a time or zone behind it (which is dropped)."""
    try:
        if isinstance(value, str) and re.match(r"\d{4}-\d{2}-\d{2}(?![\d])", value, re.ASCII):
            return date.fromisoformat(value[:10])
    except ValueError:
        pass
    raise RecordError(field, "not a date")


def instant(value: object, field: str) -> datetime:
    """An instant in UTC from ISO 8601: with Z or an offset (+0100 too); without zone it is Danish time; a date alone
    is Danish midnight."""
    try:
        if isinstance(value, str) and value.isascii():
            text = value.strip()
            if len(text) == 10:
                return midnight(date.fromisoformat(text))
            if len(text) > 10 and text[10] in "T ":
                found = datetime.fromisoformat(text)
                return (found if found.tzinfo else found.replace(tzinfo=DANISH)).astimezone(UTC)
    except (ValueError, OverflowError):
        pass
    raise RecordError(field, "not a time")
