"""The town's days and working hours."""

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from random import Random
from zoneinfo import ZoneInfo

DENMARK = ZoneInfo("Europe/Copenhagen")


@lru_cache(maxsize=20_000)
def midnight(day: date) -> datetime:
    """Danish midnight of a day, in UTC."""
    return datetime.combine(day, time(), DENMARK).astimezone(UTC)


def at_work(rng: Random, day: date) -> datetime:
    """An instant within office hours of a day, to the millisecond."""
    return midnight(day) + timedelta(milliseconds=rng.randrange(8 * 3_600_000, 16 * 3_600_000))


def received(rng: Random, sent: datetime) -> datetime:
    """When the index got what was sent: a few seconds later."""
    return sent + timedelta(milliseconds=rng.randrange(400, 9_000))
