"""How a rotation catches up: whatever nights were missed, after one that went well no answer is older than it takes."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from sync.population import whose_turn

BEGAN = datetime(2026, 3, 2, 3, tzinfo=UTC)
nights = st.lists(st.sampled_from(("well", "away", "half")), min_size=1, max_size=20)


@given(st.integers(1, 9), nights, st.lists(st.uuids(), min_size=1, max_size=12, unique=True))
def test_after_a_night_that_went_well_every_answer_is_younger_than_the_rotation(
    rotation: int, how: list[str], everyone: list[UUID]
) -> None:
    asked: dict[UUID, datetime] = {}
    for number, went in enumerate(how):
        now = BEGAN + timedelta(days=number)
        chosen = whose_turn(everyone, asked, set(), rotation, now)
        answered = {"well": chosen, "away": [], "half": chosen[: len(chosen) // 2]}[went]
        asked |= dict.fromkeys(answered, now)
        if went == "well":
            assert max((now - asked[person]).days for person in everyone) < rotation


@given(st.integers(1, 9), st.lists(st.uuids(), min_size=1, max_size=12, unique=True))
def test_on_quiet_nights_each_person_is_asked_once_a_rotation(rotation: int, everyone: list[UUID]) -> None:
    asked = dict.fromkeys(everyone, BEGAN)
    times: list[UUID] = []
    for number in range(1, rotation + 1):
        now = BEGAN + timedelta(days=number)
        chosen = whose_turn(everyone, asked, set(), rotation, now)
        asked |= dict.fromkeys(chosen, now)
        times += chosen
    assert sorted(times) == sorted(everyone)
