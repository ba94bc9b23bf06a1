"""What a run of a nightly DAG is asked for, by airflow's params or backfill: the night, everything, or a period."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from airflow.sdk import Param
from croniter import croniter

ZONE = "Europe/Copenhagen"
CLOCKS_MOVE = timedelta(hours=1)
"""Added before a night's period, so that no hour is left out when the clocks are changed; twice does no harm."""


class AskError(ValueError):
    """The params contradict each other; the text is for whoever filled them in, in Danish."""


class Asked(NamedTuple):
    """What sync is to bring: what changed since last time when all are empty."""

    cause: str = "night"
    full: bool = False
    since: datetime | None = None
    until: datetime | None = None


def params() -> dict[str, Param]:
    """The form that airflow shows when somebody starts a run; empty as it stands, it is a night like any other."""
    day: dict[str, Any] = {"type": ["null", "string"], "format": "date"}
    return {
        "full": Param(
            False,
            type="boolean",
            title="Hent alt igen",
            description="Spørger om alt, også det uændrede. Det, som kilden ikke længere har, lukkes som om natten.",
        ),
        "since": Param(
            None,
            title="Ændringer fra og med",
            description="Henter igen det, som kilden har registreret fra denne dag. Intet lukkes. "
            "Kun kilder, der kan fortælle om ændringer.",
            **day,
        ),
        "until": Param(
            None,
            title="Ændringer før",
            description="Dagen efter periodens sidste. Tom: til nu.",
            **day,
        ),
    }


def asked(given: Mapping[str, Any], night: datetime | None, tidsplan: str, *, backfill: bool = False) -> Asked:
    """What a run is to bring. A backfill's run of a night: what changed since the night before (`tidsplan`: the cron).

    Raises AskError when the params contradict each other, or are given with a backfill, whose nights say it all.
    """
    full, since, until = bool(given.get("full")), _midnight(given.get("since")), _midnight(given.get("until"))
    if backfill:
        if full or since or until:
            raise AskError("Et backfill henter sin egen periode: start det uden full, since og until.")
        if night is None:
            raise AskError("Et backfill uden nætter: vælg en periode.")
        return Asked("backfill", since=night_before(tidsplan, night), until=night)
    if full and (since or until):
        raise AskError("Vælg enten 'Hent alt igen' eller en periode.")
    if until and (since is None or until <= since):
        raise AskError("'Ændringer før' skal have en tidligere 'Ændringer fra og med'.")
    if since:
        return Asked("backfill", since=since, until=until)
    return Asked("full", full=True) if full else Asked()


def night_before(tidsplan: str, night: datetime) -> datetime:
    """When the night before was due, in Danish time, and an hour more."""
    zone = ZoneInfo(ZONE)
    before: datetime = croniter(tidsplan, night.astimezone(zone).replace(tzinfo=None)).get_prev(datetime)
    return before.replace(tzinfo=zone) - CLOCKS_MOVE


def _midnight(day: str | None) -> datetime | None:
    return datetime.combine(date.fromisoformat(day), time(), ZoneInfo(ZONE)) if day else None
