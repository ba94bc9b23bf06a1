"""Paging gone wrong: the first page for ever, an empty page at the largest size, records twice over a page's edge."""

import itertools
import random
from types import SimpleNamespace
from typing import Any, cast

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from sync.night import sync_source
from tests.connectors.server import serving
from tests.peers import paged
from tests.sync.conftest import Hub

ids = itertools.count()


def night(hub: Hub, source: str, held: paged.List, size: int) -> Any:
    """One run against that list."""
    held.served, held.told = 0, []
    with serving(held.answer) as (url, _):
        hub.source(source, cast(Any, SimpleNamespace(url=url)))
        hub.connectors[source] = paged.connector(size)
        return sync_source(source).streams["sager"]


def now_held(hub: Hub, source: str) -> set[str]:
    """Keys of the cases that the hub knows now; no case twice."""
    keys = [key for (key,) in hub.rows("select key from sag where source = %s and kendt_til is null", (source,))]
    assert len(keys) == len(set(keys))
    return set(keys)


@pytest.mark.parametrize("way", ["first page for ever", "no end", "empty when too much is asked for"])
def test_a_list_that_is_paged_wrongly_fails_and_takes_nothing_away(
    hub: Hub, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    monkeypatch.setattr("connectors.paging.MOST_PAGES", 30)
    held = paged.List([f"s{n}" for n in range(40)], cap=10)
    assert night(hub, "sag", held, 20).state == "succeeded"
    complete = hub.one("select complete_as_of from stream_state")
    held.way = way
    counts = night(hub, "sag", held, 20)
    assert (counts.state, counts.gone, counts.may_retry) == ("failed", 0, False), counts
    assert held.served <= 40
    assert now_held(hub, "sag") >= set(held.items)
    assert hub.one("select complete_as_of from stream_state") == complete, "not complete since"


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    count=st.integers(0, 30),
    size=st.integers(1, 12),
    cap=st.integers(1, 12),
    meanwhile=st.lists(st.sampled_from(["", "", "grow", "shrink", "exchange"]), max_size=12),
    seed=st.integers(0, 1000),
)
@example(count=10, size=5, cap=12, meanwhile=["exchange"], seed=4)  # the fourth leaves, the sixth moves up
def test_whatever_size_and_order_everything_is_held_once(
    hub: Hub, count: int, size: int, cap: int, meanwhile: list[str], seed: int
) -> None:
    """Also while the list grows under the reader's hands, so that records come twice over a page's edge; and a list
    that shrinks, or in which one takes another's place, is said to be unreadable just now, rather than read with a hole
    in it. Pages of one record have no edge to see that by."""
    source = f"p{next(ids)}"
    before = [f"s{n}" for n in range(count)]
    shrunk, exchanged, chance = False, False, random.Random(seed)

    def between(held: paged.List, page: int) -> None:
        nonlocal shrunk, exchanged
        what = meanwhile[page - 1] if 0 < page <= len(meanwhile) else ""
        if what == "exchange" and held.items:
            held.items.pop(chance.randrange(len(held.items)))
            held.items.append(f"new{next(held.made_up)}")
            exchanged = True
        elif what == "grow":
            held.items.insert(chance.randint(0, len(held.items)), f"new{next(held.made_up)}")
        elif what == "shrink" and held.items:
            held.items.pop(chance.randrange(len(held.items)))
            shrunk = True

    held = paged.List(list(before), cap=cap, between=between)
    counts = night(hub, source, held, size)
    if counts.state == "succeeded":
        assert held.told == sorted(held.told), "a list that was seen to shrink may have been read with a hole in it"
        stayed = set(before) & set(held.items)
        blind = min(size, cap) == 1 and (shrunk or exchanged)
        assert blind or now_held(hub, source) >= stayed
    else:
        moved = shrunk or exchanged or held.told != held.told[:1] * len(held.told)
        assert moved and counts.may_retry, counts
    held.between = lambda held, page: None
    assert night(hub, source, held, size).state in ("succeeded", "held")
    assert now_held(hub, source) >= set(held.items)
