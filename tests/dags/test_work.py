"""What becomes of a run in Airflow: counts, a task that is tried again soon or later, red for a person, or skipped."""

import logging
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from airflow.sdk.exceptions import AirflowFailException, AirflowRescheduleException, AirflowSkipException

from dags.patience import RETRIES, VendorFailsError
from dags.work import pull_source
from sync import night
from sync.runs import BusyError, Counts, RunResult

Answer = Callable[[RunResult | Exception], list[dict[str, Any]]]


@pytest.fixture
def answer(monkeypatch: pytest.MonkeyPatch) -> Answer:
    """Make sync give this; what it is then asked."""
    asked: list[dict[str, Any]] = []

    def give(what: RunResult | Exception) -> list[dict[str, Any]]:
        def sync_source(source: str, **how: Any) -> RunResult:
            asked.append({"source": source} | how)
            if isinstance(what, Exception):
                raise what
            return what

        monkeypatch.setattr(night, "sync_source", sync_source)
        return asked

    return give


def test_counts_are_the_result_and_stand_in_the_log(answer: Answer, caplog: pytest.LogCaptureFixture) -> None:
    counts = Counts(read=9, new=8, quarantined=1, unknown_fields={"farve"})
    asked = answer(RunResult(1, "sdi", "succeeded", {"sager": counts, "dokumenter": Counts()}))
    with caplog.at_level(logging.INFO):
        told = pull_source("sdi")
    assert told["sager"] == {"read": 9, "new": 8, "quarantined": 1, "unknown_fields": ["farve"]}
    assert caplog.messages == ["sdi sager: 9 read, 8 new, 1 quarantined", "sdi dokumenter: nothing"]
    assert asked == [{"source": "sdi", "cause": "night", "full": False, "since": None, "until": None}]


def test_a_vendor_that_fails_is_asked_later_and_a_killed_worker_is_replaced_at_once(answer: Answer) -> None:
    answer(RunResult(1, "sdi", "partial", {"sager": Counts(state="failed")}, "TransientError: no answer"))
    with pytest.raises(VendorFailsError, match="sdi: run 1 partial: TransientError: no answer") as failed:
        pull_source("sdi")
    decision = RETRIES["retry_policy"].evaluate(failed.value, 1, 3)
    assert decision.retry_delay == timedelta(minutes=20)
    assert RETRIES["retry_delay"] < timedelta(minutes=1) and RETRIES["retries"] >= 2


def test_what_a_person_must_mend_is_red_at_once(answer: Answer) -> None:
    answer(RunResult(1, "sdi", "failed", {}, "AccessError: the certificate expired", may_retry=False))
    with pytest.raises(AirflowFailException, match="certificate"):
        pull_source("sdi")
    with pytest.raises(AirflowFailException, match="Hent alt igen"):
        pull_source("sdi", {"full": True, "since": "2026-01-01"})


def test_a_busy_source_is_no_failed_try(answer: Answer) -> None:
    answer(BusyError("sdi: another run is under way"))
    with pytest.raises(AirflowRescheduleException) as later:
        pull_source("sdi")
    assert timedelta(minutes=1) < later.value.reschedule_date - datetime.now(UTC) <= timedelta(minutes=2)


def test_a_source_without_a_past_is_skipped_and_a_night_without_streams_is_not(answer: Answer) -> None:
    answer(RunResult(1, "sbsys", "succeeded"))
    with pytest.raises(AirflowSkipException, match="sbsys"):
        pull_source("sbsys", {}, datetime(2026, 3, 2, tzinfo=UTC), "0 1 * * *", backfill=True)
    assert pull_source("sbsys") == {}
