"""The search for cycles waits while a chunk is on its way in, and comes back with the last of them."""

import gc
import threading
from collections.abc import Iterator

import pytest

from sync.burst import burst


@pytest.fixture(autouse=True)
def _searching() -> Iterator[None]:
    gc.enable()
    yield
    gc.enable()


def test_nothing_is_searched_within_and_everything_after() -> None:
    with burst():
        assert not gc.isenabled()
        with burst():
            assert not gc.isenabled()
        assert not gc.isenabled()
    assert gc.isenabled()


def test_it_comes_back_after_a_failure() -> None:
    with pytest.raises(ValueError, match="stop"), burst():
        raise ValueError("stop")
    assert gc.isenabled()


def test_a_process_that_does_not_search_goes_on_so() -> None:
    gc.disable()
    with burst():
        pass
    assert not gc.isenabled()


def test_one_thread_that_leaves_does_not_begin_it_for_another() -> None:
    inside, leave = threading.Event(), threading.Event()

    def other() -> None:
        with burst():
            inside.set()
            leave.wait(10)

    thread = threading.Thread(target=other)
    thread.start()
    assert inside.wait(10)
    with burst():
        pass
    assert not gc.isenabled()
    leave.set()
    thread.join(10)
    assert gc.isenabled()
