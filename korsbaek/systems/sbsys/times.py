"""Times and numbers as SBSYS writes them."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

DANISH = ZoneInfo("Europe/Copenhagen")


def moment(when: datetime | date | None) -> str | None:
    """`2019-11-18T09:24:48.507+01:00`: Danish time with its offset and milliseconds; a date is its midnight."""
    if when is None:
        return None
    if not isinstance(when, datetime):
        when = datetime.combine(when, time(), DANISH)
    return when.astimezone(DANISH).isoformat(timespec="milliseconds")


def dashed(cpr: str) -> str:
    """DDMMYY-NNNN."""
    return f"{cpr[:6]}-{cpr[6:]}"


def plain(cpr: object) -> str:
    """Ten digits of a number written DDMMYY-NNNN, as the contract wants it; anything else matches nobody."""
    text = str(cpr)
    return text.replace("-", "") if len(text) == 11 and text[6] == "-" else ""
