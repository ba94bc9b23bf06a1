"""The log filter: whoever writes it, no CPR number and no secret reaches a log."""

import io
import logging
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helhed import private

DAYS = st.integers(1, 31) | st.integers(61, 91)
NUMBERS = st.builds(
    lambda d, m, y, rest, gap: f"{d:02}{m:02}{y:02}{gap}{rest:04}",
    DAYS, st.integers(1, 12), st.integers(0, 99), st.integers(0, 9999), st.sampled_from(["", "-", " "]),
)  # fmt: skip


@given(NUMBERS, st.text(alphabet=st.characters(exclude_categories=["Nd", "Cs"])), st.text(max_size=5))
def test_a_number_anywhere_in_a_text_is_masked(number: str, before: str, after: str) -> None:
    assert number not in private.mask(f"{before}{number} {after}")


SPELT = st.builds(
    lambda d, m, y, rest, gaps: f"{d:02}{gaps[0]}{m:02}{gaps[0]}{y:02}{gaps[1]}{rest:04}",
    DAYS, st.integers(1, 12), st.integers(0, 99), st.integers(0, 9999),
    st.sampled_from([("", " - "), ("", "- "), ("", " -"), ("", "–"), ("", "\xa0"), (" ", " "), (" ", "-"), (" ", " - "),
                     (".", "-"), ("-", "-"), ("/", "-"), (".", "."), (".", " - ")]),
)  # fmt: skip


@given(SPELT, st.text(alphabet=st.characters(exclude_categories=["Nd", "Cs"])), st.text(max_size=5))
def test_a_number_as_people_write_it_is_masked(number: str, before: str, after: str) -> None:
    assert number[-4:] not in private.mask(f"{before}{number} ")
    assert number not in private.mask(f"{before}{number} {after}")


ORDINARY = st.one_of(
    st.dates().map(lambda d: d.strftime("%d.%m.%Y")),
    st.dates().map(lambda d: d.strftime("%d-%m-%Y")),
    st.datetimes().map(lambda d: d.isoformat(timespec="minutes")),
    st.datetimes().map(lambda d: d.strftime("%d.%m.%Y kl. %H.%M")),
    st.integers(0, 99_999_999).map(lambda n: f"{n:08}"),
    st.integers(0, 99_999_999).map(lambda n: " ".join(f"{n:08}"[i : i + 2] for i in range(0, 8, 2))),
    st.integers(0, 9_999_999).map(lambda n: f"{n:,}".replace(",", ".") + ",00 kr."),
    st.tuples(st.integers(1, 99), st.integers(0, 99), st.integers(0, 99)).map(lambda k: "{:02}.{:02}.{:02}".format(*k)),
    st.tuples(st.integers(1, 999), st.integers(1000, 9999)).map(lambda k: "side {} - {}".format(*k)),
)


@given(ORDINARY, st.sampled_from(["", "den ", "tlf. ", "sagsnr. "]))
def test_ordinary_numbers_are_left_alone(text: str, before: str) -> None:
    assert private.mask(f"{before}{text} og mere") == f"{before}{text} og mere"


@pytest.mark.parametrize(
    "text",
    ["Authorization: Bearer abc.def-g", '{"password": "abc.def-g"}', "client_secret=abc.def-g&x=1", "bearer abc.def-g"],
)
def test_a_secret_is_masked(text: str) -> None:
    assert "abc.def-g" not in private.mask(text)


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    before = logging.getLogRecordFactory()
    private.install()
    out, root = io.StringIO(), logging.getLogger()
    handler = logging.StreamHandler(out)
    root.addHandler(handler)
    yield out
    root.removeHandler(handler)
    logging.setLogRecordFactory(before)


def test_arguments_and_exceptions_are_masked_too(log: io.StringIO) -> None:
    try:
        raise ValueError("no such person: 150384-1112")
    except ValueError:
        logging.getLogger("anyone").exception("asked for %s", "1503841112")
    assert "1112" not in log.getvalue()
    assert log.getvalue().count(private.MASK) >= 2
    assert "ValueError" in log.getvalue()
