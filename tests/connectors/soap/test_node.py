"""Days and durations out of a held element, and when what began is over."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from canonical_model.draft import UNSET
from connectors.dates import DANISH, until
from connectors.errors import RecordError
from connectors.soap_node import Node

MOMENTS = st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))


@given(st.dates(date(1000, 1, 1), date(9999, 12, 30)))
def test_a_day_begins_at_midnight_in_denmark(day: date) -> None:
    found = Node({"Fra": f" {day}"}).midnight("Fra")
    assert isinstance(found, datetime) and found.tzinfo is UTC
    assert found.astimezone(DANISH).replace(tzinfo=None) == datetime.combine(day, datetime.min.time())


def test_a_day_that_is_not_said_has_no_beginning() -> None:
    assert (Node({}).midnight("Fra"), Node({"Fra": None}).midnight("Fra")) == (UNSET, None)


@pytest.mark.parametrize(("said", "reason"), [("2020-02-30", "not a date"), ("0001-01-01", "not a time")])
def test_a_wrong_day_is_refused_by_its_path(said: str, reason: str) -> None:
    node = Node({"Info": {"Fra": said}}).need_one("Info")
    with pytest.raises(RecordError, match=f"Info/Fra: {reason}"):
        node.midnight("Fra")


@pytest.mark.parametrize("said", ["P5Y", "P1Y6M", "P6M", "P1825D", "P1Y2M3D", "P0D"])
def test_a_duration_comes_as_it_stands(said: str) -> None:
    assert Node({"Frist": said}).varighed("Frist") == said


def test_a_duration_may_be_missing() -> None:
    assert (Node({}).varighed("Frist"), Node({"Frist": None}).varighed("Frist")) == (UNSET, None)


@pytest.mark.parametrize("said", ["P", "5Y", "PT5H", "P1D2Y", "-P5Y", "P5", " ", "P5Y\n", "P\u0665Y"])
def test_what_is_no_duration_is_refused(said: str) -> None:
    with pytest.raises(RecordError, match="Frist: not a duration"):
        Node({"Frist": said}).varighed("Frist")


@given(MOMENTS | st.none(), st.lists(MOMENTS | st.none()))
def test_what_began_is_over_at_its_first_end_and_not_before_it_began(
    begun: datetime | None, ends: list[datetime | None]
) -> None:
    known = [end for end in ends if end is not None]
    found = until(begun, *ends)
    assert (found is None) == (not known)
    if found is not None:
        assert found == begun or found in known
        assert (begun is None or found >= begun) and all(found <= end or found == begun for end in known)
