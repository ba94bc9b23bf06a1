"""Reading a whole index, what has changed in it, and what it holds, page by page."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from connectors import retry
from connectors.contract import Access, Ask
from connectors.errors import ContractError, TransientError
from connectors.sags_dokumentindeks import CONNECTOR
from tests.connectors.soap.index import Index, uuid
from tests.connectors.soap.server import serve

NOW = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)
SAGER = CONNECTOR.streams[0]


def hour(n: int) -> str:
    """An instant n hours into 2026."""
    return f"2026-01-{1 + n // 24:02d}T{n % 24:02d}:00:00+00:00"


def reading(index: Index, use: Callable[[Any], Any], page_size: int = 4) -> Any:
    """What `use` gives, with the connector open at the index."""
    with serve(index) as server:
        return use(CONNECTOR.open(Access(url=server.url, extra={"page_size": page_size})))


def read(index: Index, page_size: int = 4, **ask: Any) -> list[Any]:
    """All pages of a read."""
    assert SAGER.read is not None
    return reading(index, lambda api: list(SAGER.read(api, Ask(now=NOW, **ask))), page_size)  # type: ignore[misc]


@settings(max_examples=25, deadline=None)
@given(st.lists(st.integers(0, 400), max_size=14), st.integers(2, 6))
def test_every_object_comes_and_the_cursor_is_the_latest(hours: list[int], size: int) -> None:
    index = Index([(uuid(n), hour(h)) for n, h in enumerate(hours)])
    pages = read(index, size)
    assert sorted(r.key for p in pages for r in p.records) == sorted(uuid(n) for n in range(len(hours)))
    assert pages[-1].cursor == (hour(max(hours)) if hours else None)


def test_each_page_completes_what_lies_before_it() -> None:
    pages = read(Index([(uuid(n), hour(n)) for n in range(9)]))
    assert [len(p.records) for p in pages] == [4, 3, 2, 0]
    assert [p.cursor for p in pages] == [hour(3), hour(6), hour(8), hour(8)]


def test_an_index_that_caps_its_pages_is_read_to_the_end() -> None:
    class Capped(Index):
        def __call__(self, sent: Any) -> Any:
            for e in sent.body.iter("{urn:oio:sagdok:3.0.0}MaksimalAntalKvantitet"):
                e.text = "3"
            return super().__call__(sent)

    pages = read(Capped([(uuid(n), hour(n)) for n in range(8)]), 100)
    assert sum(len(p.records) for p in pages) == 8


def test_only_what_changed_since_the_cursor_less_the_overlap() -> None:
    index = Index([(uuid(n), hour(n)) for n in range(9)])
    pages = read(index, cursor=hour(5))
    assert {r.key for p in pages for r in p.records} == {uuid(n) for n in (5, 6, 7, 8)}
    assert index.asked[0][2] == "2026-01-01T04:50:00Z"


def test_nothing_new_keeps_the_cursor() -> None:
    pages = read(Index([(uuid(1), hour(1))]), cursor=hour(30))
    assert [(len(p.records), p.cursor) for p in pages] == [(0, hour(30))]


def test_since_comes_before_the_cursor() -> None:
    index = Index([(uuid(n), hour(n)) for n in range(9)])
    pages = read(index, cursor=hour(8), since=datetime(2026, 1, 1, 2, tzinfo=UTC))
    assert sum(len(p.records) for p in pages) == 7


def test_a_period_is_asked_for_by_both_its_ends() -> None:
    index = Index([(uuid(n), hour(n)) for n in range(9)])
    period = {"since": datetime(2026, 1, 1, 2, tzinfo=UTC), "until": datetime(2026, 1, 1, 6, tzinfo=UTC)}
    assert {r.key for p in read(index, **period) for r in p.records} == {uuid(n) for n in range(2, 6)}


def test_a_period_that_moves_while_it_is_read_is_read_again_from_its_beginning() -> None:
    """What it holds may be ordered by instants after its end, so that there is no going on from the last one."""
    held = [(uuid(n), hour(n)) for n in range(9)]
    index = Index(held, before={1: [*held[1:], (uuid(0), hour(20))]})
    period = {"since": datetime(2026, 1, 1, tzinfo=UTC), "until": datetime(2026, 1, 2, tzinfo=UTC)}
    assert {r.key for p in read(index, **period) for r in p.records} == {uuid(n) for n in range(9)}
    assert {fra for _, _, fra in index.asked} == {"2026-01-01T00:00:00Z"}


@pytest.mark.parametrize("ahead", ["2999-01-01T00:00:00Z", "2026-11-22T03:00:00Z"])
def test_a_date_ahead_does_not_move_the_cursor(ahead: str) -> None:
    assert read(Index([(uuid(1), hour(1)), (uuid(2), ahead)]))[-1].cursor == hour(1)


def test_a_cursor_that_was_moved_ahead_is_put_right() -> None:
    index = Index([(uuid(1), hour(1)), (uuid(2), "2026-11-22T01:55:00+00:00")])
    pages = read(index, cursor="2027-06-01T00:00:00+00:00")
    assert [r.key for p in pages for r in p.records] == [uuid(2)]
    assert pages[-1].cursor == NOW.isoformat()


def test_paging_that_stands_still_is_noticed() -> None:
    with pytest.raises(ContractError, match="stands still"):
        read(Index([(uuid(n), hour(n)) for n in range(9)], obeys_first=False))


def test_an_object_that_moves_while_paging_pushes_none_over_the_edge() -> None:
    held = [(uuid(n), hour(n)) for n in range(9)]
    moved = [*held[1:], (uuid(0), hour(20))]
    pages = read(Index(held, before={1: moved}))
    assert {r.key for p in pages for r in p.records} == {uuid(n) for n in range(9)}
    assert pages[-1].cursor == hour(20)


def test_an_index_in_endless_motion_is_left_for_another_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retry, "sleep", lambda seconds: None)
    turns = {n: [(uuid(n * 20 + k), hour(k)) for k in range(9)] for n in range(40)}
    with pytest.raises(TransientError, match="changes faster"):
        read(Index([], before=turns))


def test_the_keys_are_all_that_it_holds() -> None:
    index = Index([(uuid(n), hour(n)) for n in range(9)])
    assert SAGER.read_keys is not None
    keys = reading(index, lambda api: [k for page in SAGER.read_keys(api, Ask(now=NOW)) for k in page])  # type: ignore[misc]
    assert sorted(keys) == [uuid(n) for n in range(9)]
    assert all(fra is None for _, _, fra in index.asked)


def test_one_object_by_its_uuid() -> None:
    index = Index([(uuid(n), hour(n)) for n in range(3)])
    found = reading(index, lambda api: [SAGER.read_one(api, uuid(n)) for n in (1, 7)])  # type: ignore[misc]
    assert [[r.key for r in records] for records in found] == [[uuid(1)], []]
