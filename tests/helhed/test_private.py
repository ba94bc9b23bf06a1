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
