"""Watermarks: a Guid that hides an instant, so that clients can only hand it back."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MASK = 0x6B6F727362E66B0000000000000000


def stamp(moment: datetime) -> str:
    """An instant as the shelf orders changes by: UTC with microseconds."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def guid(changed: str) -> UUID:
    """The watermark after a change."""
    micros = (datetime.fromisoformat(changed) - EPOCH) // timedelta(microseconds=1)
    return UUID(int=micros ^ _MASK)


def instant(mark: str) -> str:
    """The instant that a watermark stands for; one that is not ours lies before everything."""
    micros = UUID(mark).int ^ _MASK
    if not 0 <= micros < 1 << 60:
        return ""
    return stamp(EPOCH + timedelta(microseconds=micros))
