"""Days, times and numbers as Danish text, for what people read."""

from datetime import datetime
from zoneinfo import ZoneInfo

DANMARK = ZoneInfo("Europe/Copenhagen")
MAANEDER = (
    "januar", "februar", "marts", "april", "maj", "juni",
    "juli", "august", "september", "oktober", "november", "december",
)  # fmt: skip


def dag(at: datetime) -> str:
    """'22. november 2026', as it is in Denmark at that instant."""
    here = at.astimezone(DANMARK)
    return f"{here.day}. {MAANEDER[here.month - 1]} {here.year}"


def tidspunkt(at: datetime) -> str:
    """'22. november 2026 kl. 5.30'."""
    here = at.astimezone(DANMARK)
    return f"{dag(at)} kl. {here.hour}.{here.minute:02}"


def tal(number: int) -> str:
    """'12.345'."""
    return f"{number:,}".replace(",", ".")


def antal(number: int, one: str, many: str) -> str:
    """'1 borger', '12.345 borgere'."""
    return f"{tal(number)} {one if number == 1 else many}"
