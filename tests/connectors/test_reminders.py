"""SBSYS's reminders: the day of a deadline is a Danish calendar day, and only where there is one."""

from datetime import date
from typing import Any

import pytest

from canonical_model.draft import UNSET
from canonical_model.drafts import FristDraft
from connectors.errors import RecordError
from connectors.sbsys import translate

SAID: dict[str, Any] = {"Id": 7, "SagIdentity": "76fb86a4-2f73-4d65-b7ec-3fa482e1d7a5", "Navn": "Ring til borgeren"}


def reminder(**said: Any) -> FristDraft:
    (draft,) = translate.erindring(SAID | said)
    assert isinstance(draft, FristDraft)
    return draft


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ({"HarDeadline": True, "Deadline": "2026-03-01T23:30:00Z"}, date(2026, 3, 2)),
        ({"Deadline": "2026-03-02T00:00:00.000+01:00"}, date(2026, 3, 2)),
        ({"HarDeadline": False, "Deadline": "2026-03-02T00:00:00.000+01:00"}, None),
        ({"HarDeadline": True, "Deadline": "0001-01-01T00:00:00"}, None),
        ({"HarDeadline": False, "Deadline": ""}, None),
        ({}, None),
    ],
)
def test_its_day(said: dict[str, Any], day: date | None) -> None:
    assert reminder(**said).fristdato == day


def test_what_is_done_and_who_answers() -> None:
    assert [reminder(ErAfsluttet=done).tilstand for done in (True, False, None)] == ["done", "open", "open"]
    assert reminder(Ansvarlig={"Navn": "Karen Holm"}).ansvarlig == "Karen Holm" and reminder().ansvarlig is UNSET


@pytest.mark.parametrize("field", ["Id", "SagIdentity", "Navn"])
def test_what_must_be_there(field: str) -> None:
    with pytest.raises(RecordError, match=field):
        reminder(**{field: None})
