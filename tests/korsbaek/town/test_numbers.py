"""Nobody can have been given a number of this town."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from korsbaek.generate import generate
from korsbaek.night import pass_night
from korsbaek.numbers import CprNumbers, birthday, company_number, passes_modulus_11

DAYS = st.dates(date(1900, 1, 2), date(2036, 12, 31)).filter(lambda day: (day.month, day.day) != (1, 1))


def obeys(cpr: str) -> bool:
    """The rule: a valid date, not 1 January, and no modulus 11."""
    born = birthday(cpr)
    return len(cpr) == 10 and cpr.isdigit() and (born.month, born.day) != (1, 1) and not passes_modulus_11(cpr)


@given(born=DAYS, koen=st.sampled_from("KM"), seed=st.integers())
def test_a_number_is_valid_in_form_and_fails_modulus_11(born: date, koen: str, seed: int) -> None:
    numbers = CprNumbers(Random(seed))
    first, second = numbers.issue(born, koen), numbers.issue(born, koen)
    assert first != second
    for cpr in (first, second):
        assert obeys(cpr)
        assert birthday(cpr) == born
        assert int(cpr[-1]) % 2 == (koen == "M")


def test_numbers_known_to_pass_are_told_apart() -> None:
    assert passes_modulus_11("0000000000")
    assert not passes_modulus_11("0000000001")
    assert passes_modulus_11("0100000040") and not passes_modulus_11("0100000041")


@given(seed=st.integers())
def test_companies_have_invented_numbers(seed: int) -> None:
    assert not passes_modulus_11(company_number(Random(seed)))


def test_every_number_in_a_town_obeys_also_after_nights(tmp_path: Path) -> None:
    town = generate(tmp_path / "town.db", 400, 3, date(2026, 3, 2))
    for _ in range(3):
        pass_night(town, tmp_path)
    numbers = town.rows(
        "select cpr from person union select cpr from former union select cpr from nexus "
        "union select nummer from sagspart where art = 'cpr' union select nummer from bevillingspart where art = 'cpr'"
    )
    assert len(numbers) >= 400
    assert [cpr for (cpr,) in numbers if not obeys(cpr)] == []


def test_numbers_are_given_once(tmp_path: Path) -> None:
    town = generate(tmp_path / "town.db", 1000, 5, date(2026, 3, 2))
    count: Callable[[str], int] = lambda sql: int(town.rows(sql)[0][0])  # noqa: E731
    assert count("select count(*) from (select cpr from person union select cpr from former)") == (
        count("select count(*) from person") + count("select count(*) from former")
    )
