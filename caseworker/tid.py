"""The two instants that every read is asked for, and how the screen writes times."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from helhed.settings import now

DANISH = ZoneInfo("Europe/Copenhagen")
YEARS = (1800, 2999)
"""The years that can be asked for."""
MAANEDER = (
    "Januar", "Februar", "Marts", "April", "Maj", "Juni", "Juli", "August", "September", "Oktober", "November",
    "December",
)  # fmt: skip


@dataclass(frozen=True)
class Tid:
    """Known to the hub at `kendt`, true at `sand`; `nu` is the clock, by which access is always judged too."""

    kendt: datetime
    sand: datetime
    nu: datetime

    @property
    def rejser(self) -> bool:
        """Whether anything but the present is asked for."""
        return self.kendt != self.nu or self.sand != self.nu

    def params(self) -> dict[str, Any]:
        """The three instants as SQL parameters."""
        return {"kendt": self.kendt, "sand": self.sand, "nu": self.nu}


def tid(known_on: str | date | datetime | None = None, true_on: str | date | datetime | None = None) -> Tid:
    """The instants asked for; a date means the end of that day in Danish time. Raises ValueError on other text."""
    nu = now()
    asked = Tid(_instant(known_on, nu), _instant(true_on, nu), nu)
    if not all(YEARS[0] <= t.year <= YEARS[1] for t in (asked.kendt, asked.sand)):
        raise ValueError("a year that no case has")
    return asked


def _instant(given: str | date | datetime | None, nu: datetime) -> datetime:
    if given is None or given == "":
        return nu
    if isinstance(given, str):
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", given):
            return _instant(date.fromisoformat(given), nu)
        given = datetime.fromisoformat(given)
    if isinstance(given, datetime):
        return given if given.tzinfo else given.replace(tzinfo=DANISH)
    return datetime.combine(given + timedelta(days=1), time(), DANISH) - timedelta(microseconds=1)


def dansk_dag(value: date | datetime | None) -> date | None:
    """The Danish calendar day of an instant."""
    if isinstance(value, datetime):
        return _danish(value).date()
    return value


def _danish(value: datetime) -> datetime:
    """In Danish time; the ends of the calendar, by which sources say for ever, as they stand."""
    try:
        return value.astimezone(DANISH)
    except OverflowError:
        return value


def skriv_dato(value: date | datetime | None) -> str:
    """dd.mm.aaaa, or a dash."""
    dag = dansk_dag(value)
    return dag.strftime("%d.%m.%Y") if dag else "–"


def skriv_tid(value: datetime | None) -> str:
    """dd.mm.aaaa kl. tt.mm in Danish time, or a dash."""
    return _danish(value).strftime("%d.%m.%Y kl. %H.%M") if value else "–"


def skriv_maaned(value: datetime) -> str:
    """Month and year, as a heading."""
    dag = _danish(value)
    return f"{MAANEDER[dag.month - 1]} {dag.year}"


def alder(foedt: date | None, dag: date | None) -> int | None:
    """Whole years from birth to the day."""
    if foedt is None or dag is None:
        return None
    return dag.year - foedt.year - ((dag.month, dag.day) < (foedt.month, foedt.day))


def skriv_varighed(varighed: str) -> str:
    """An ISO 8601 duration of whole years and months in Danish; anything else as it stands."""
    found = re.fullmatch(r"P(?:(\d+)Y)?(?:(\d+)M)?", varighed, re.ASCII)
    if not found or not any(found.groups()):
        return varighed
    years, months = (int(n or 0) for n in found.groups())
    said = [f"{years} år" if years else "", f"{months} {'måned' if months == 1 else 'måneder'}" if months else ""]
    return " og ".join(part for part in said if part)
