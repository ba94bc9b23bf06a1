"""Times as Nexus writes them: `2024-03-18T11:53:12.000+0000`, without the colon that RFC 3339 wants."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

DANISH = ZoneInfo("Europe/Copenhagen")


def instant(moment: datetime) -> str:
    """An instant in UTC with milliseconds and `+0000`."""
    moment = moment.astimezone(UTC)
    return f"{moment:%Y-%m-%dT%H:%M:%S}.{moment.microsecond // 1000:03}+0000"


def midnight(day: date | None) -> str | None:
    """The instant at which a Danish day begins."""
    return None if day is None else instant(datetime.combine(day, time(), DANISH))


def version(moment: datetime) -> int:
    """A number that grows with each change of a record: the vendor counts, we take the minute."""
    return int(moment.timestamp()) // 60
