"""What a run is asked for: params and backfills, in Danish days, with no hour left out between two nights."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dags.asking import ZONE, Asked, AskError, asked, night_before, params

DANISH = ZoneInfo(ZONE)
CRONS = ("0 1 * * *", "30 2 * * *", "0 12 * * 1-5", "0 3 1 * *", "15 */6 * * *", "0 * * * *", "*/20 * * * *")


def due(cron: str, begin: datetime, many: int) -> list[datetime]:
    """The nights that airflow's own timetable finds from an instant on."""
    from airflow.timetables.base import TimeRestriction
    from airflow.timetables.trigger import CronTriggerTimetable

    timetable, info, found = CronTriggerTimetable(cron, timezone=ZONE), None, []
    restriction = TimeRestriction(pendulum(begin), None, catchup=True)
    for _ in range(many):
        info = timetable.next_dagrun_info_v2(last_dagrun_info=info, restriction=restriction)
        assert info is not None and info.logical_date is not None
        found.append(info.logical_date)
    return found


def pendulum(at: datetime) -> Any:
    import pendulum as p

    return p.instance(at)


def test_as_it_stands_the_form_is_a_night_like_any_other() -> None:
    assert asked({name: one.value for name, one in params().items()}, None, "0 1 * * *") == Asked()


def test_full_and_period_are_danish_days() -> None:
    assert asked({"full": True}, None, "") == Asked("full", full=True)
    ask = asked({"since": "2026-07-01", "until": "2026-12-01"}, None, "")
    assert (ask.cause, ask.full) == ("backfill", False)
    assert ask.since == datetime(2026, 6, 30, 22, tzinfo=UTC) and ask.until == datetime(2026, 11, 30, 23, tzinfo=UTC)


@pytest.mark.parametrize(
    "wrong",
    [
        {"full": True, "since": "2026-07-01"},
        {"until": "2026-07-01"},
        {"since": "2026-07-01", "until": "2026-07-01"},
    ],
)
def test_params_that_contradict_each_other_are_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(AskError):
        asked(wrong, None, "0 1 * * *")


@pytest.mark.parametrize("wrong", [{"full": True}, {"since": "2026-07-01"}])
def test_a_backfill_takes_no_params(wrong: dict[str, Any]) -> None:
    """Thirty nights with `full` would be thirty identical reads."""
    with pytest.raises(AskError):
        asked(wrong, datetime(2026, 7, 1, tzinfo=UTC), "0 1 * * *", backfill=True)


@given(day=st.dates(date(2025, 1, 1), date(2027, 12, 31)), cron=st.sampled_from(CRONS))
def test_a_backfills_nights_leave_no_instant_out(day: date, cron: str) -> None:
    """Also when the clocks are changed: each night begins before the one before it ends."""
    nights = due(cron, datetime(day.year, day.month, day.day, tzinfo=UTC), 6)
    for before, night in zip(nights, nights[1:], strict=False):
        ask = asked({}, night, cron, backfill=True)
        assert ask.since is not None and ask.until == night
        assert ask.since <= before
        assert before - ask.since <= timedelta(hours=2), "and not much more than the night is read"


def test_a_night_begins_when_the_last_one_was_due() -> None:
    assert night_before("0 1 * * *", datetime(2026, 7, 2, 1, tzinfo=DANISH)) == datetime(2026, 7, 1, 0, tzinfo=DANISH)
