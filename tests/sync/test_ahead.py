"""Fetching ahead gives the same items and the same errors, one item ahead at most, and nobody is left behind."""

import threading
from collections.abc import Iterator
from contextlib import closing

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.ahead import ahead


@given(st.lists(st.integers()), st.integers(0, 20))
def test_the_same_items_and_the_same_error_in_their_place(items: list[int], fails_after: int) -> None:
    def given_out() -> Iterator[int]:
        for place, item in enumerate(items):
            if place == fails_after:
                raise KeyError(place)
            yield item

    came = []
    try:
        for item in ahead(given_out()):
            came.append(item)
        assert came == items
    except KeyError as error:
        assert error.args == (fails_after,) and came == items[:fails_after]
    assert not [t for t in threading.enumerate() if t.name == "ahead"]


def test_the_next_item_is_fetched_while_this_one_is_used_and_no_more_than_two() -> None:
    asked: list[int] = []
    second = threading.Event()

    def given_out() -> Iterator[int]:
        for n in range(100):
            asked.append(n)
            if n == 1:
                second.set()
            yield n

    with closing(ahead(given_out())) as items:
        assert next(items) == 0
        assert second.wait(10), "nothing is fetched while the first is used"
        with pytest.raises(StopIteration):
            assert len(asked) <= 3
            items.close()
            next(items)
    assert len(asked) <= 4
    assert not [t for t in threading.enumerate() if t.name == "ahead"]
