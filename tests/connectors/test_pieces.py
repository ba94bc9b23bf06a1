"""The pieces that connectors are made of, beside those that the recorded replies play through."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from canonical_model.draft import Lokal
from connectors.errors import RecordError
from connectors.fields import Fields
from connectors.forloeb import opened_and_closed
from connectors.minimise import Sheet

SAG = Lokal("sag", "1")
MOMENTS = st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))


def test_a_sheet_written_as_words_is_the_sheet_written_as_paths() -> None:
    assert Sheet.of("Id Part(Navn Sted( Vej Nr ) Cpr)\n Titel", "Intern Part.Koen") == Sheet(
        frozenset({"Id", "Part.Navn", "Part.Sted.Vej", "Part.Sted.Nr", "Part.Cpr", "Titel"}),
        frozenset({"Intern", "Part.Koen"}),
    )


@given(MOMENTS, MOMENTS | st.none())
def test_a_case_is_somewhere_at_every_moment_since_it_was_opened(opened: datetime, closed: datetime | None) -> None:
    found = list(opened_and_closed(SAG, opened, closed))
    assert found[-1].virkning_til is None
    assert [a.virkning_til for a in found[:-1]] == [b.virkning_fra for b in found[1:]]
    ended = closed is not None and closed >= opened
    assert found[-1].status == ("Afsluttet" if ended else "Opstaaet")
    assert found[0].virkning_fra == opened
    assert bool(found[0].flag) == (closed is not None and closed < opened)


def test_a_case_closed_as_it_was_opened_was_never_open() -> None:
    now = datetime(2026, 1, 1, tzinfo=UTC)
    assert [f.status for f in opened_and_closed(SAG, now, now)] == ["Afsluttet"]
    assert [f.status for f in opened_and_closed(SAG, now, now + timedelta(seconds=1))] == ["Opstaaet", "Afsluttet"]


@pytest.mark.parametrize("value", [-1, 2**31, "7", 1.0, True, []])
def test_what_is_no_whole_number_is_refused_by_its_name(value: object) -> None:
    with pytest.raises(RecordError, match="sted.areal: not a whole number"):
        Fields({"areal": value}, "sted").whole_number("areal")


def test_a_whole_number_may_be_missing() -> None:
    assert [Fields({"a": v}).whole_number("a") for v in (None, "", 0, 7)] == [None, None, 0, 7]
    assert Fields({}).whole_number("a") is None


@pytest.mark.parametrize("value", ["x", ["x", 1], ["x\x00"], {}, None])
def test_what_is_no_list_of_texts_is_refused(value: object) -> None:
    with pytest.raises(RecordError, match="names"):
        Fields({"names": value}).need_texts("names")
