"""Kill -9 at a hundred seeded points of sync, consolidation and erasure: after a rerun nothing is lost or doubled."""

import random
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from canonical_model.export import digest
from korsbaek import municipality
from tests.way.hub import Hub
from tests.way.orders import Evening
from tests.way.stores import another_store

__all__ = ["another_store"]
pytestmark = [pytest.mark.full, pytest.mark.timeout(3_000)]
SEED = 20261122
FIRST_LOAD, SECOND_NIGHT, CONSOLIDATION, ERASURE = 40, 20, 20, 20
"""Kills in each kind of work."""
A_STORE = 10
"""Kills in one store before the run that is let through."""
MOST_DELAY = 0.02
"""Seconds into a statement within which half of the blows fall; the others fall just before it is sent."""
SEARCH = "select to_jsonb(p) - 'opdateret' from personopslag p order by person"
RECEIPT = "select source, place, reason, sum(erased) from erasure group by 1, 2, 3 order by 1, 2, 3"


@pytest.fixture
def evening(moving_hub: Hub) -> Iterator[Evening]:
    """The process that takes orders."""
    made = Evening()
    yield made
    made.close()


class Blows:
    """Strikes, and remembers where."""

    def __init__(self, evening: Evening) -> None:
        self.evening, self.chance = evening, random.Random(SEED)
        self.where: dict[str, Counter[str]] = {}

    def fall(self, kind: str, does: str, most: int) -> None:
        """A store's worth of kills of this work, at statements drawn evenly from those that a whole one sends."""
        found = self.where.setdefault(kind, Counter())
        before = found.total()
        while found.total() < before + A_STORE:
            after = self.chance.choice((0.0, self.chance.uniform(0.0, MOST_DELAY)))
            said = self.evening.order(does, self.chance.randint(1, most), after)
            if said["killed"]:
                found[said["where"]] += 1
            else:
                most = max(1, said["sent"])
        self.evening.order(does)

    def told(self) -> str:
        """The figures."""
        lines = [f"{kind}: {found.total()} kills at {len(found)} places" for kind, found in self.where.items()]
        lines += [f"  {count:3} {place}" for found in self.where.values() for place, count in found.most_common()]
        return "\n".join(lines)


def same(hub: Hub, undisturbed: Any) -> None:
    """The store says what the undisturbed one says, and no run is left open."""
    again = digest()
    assert {t: h for t, h in again.tables.items() if undisturbed.tables.get(t) != h} == {}
    assert again == undisturbed
    assert hub.rows("select count(*) from run where state = 'running'") == [(0,)]


def test_a_hundred_kills_lose_and_double_nothing(
    moving_hub: Hub,
    another_store: Callable[..., str],
    evening: Evening,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    hub, blows = moving_hub, Blows(evening)
    # CPR does not say when a number was replaced, so the hub's clock stands in its virkning.
    monkeypatch.setenv("HELHED_NOW", "2026-11-22T03:00:00+01:00")
    calm = another_store()
    most = evening.order("sync")["sent"]
    first = digest()
    assert first.rows > 500
    for _ in range(FIRST_LOAD // A_STORE):
        another_store()
        blows.fall("first load", "sync", most)
        same(hub, first)

    municipality.night(hub.town)
    monkeypatch.setenv("HELHED_NOW", "2026-11-23T03:00:00+01:00")
    one_night = another_store(calm)
    calm = another_store(one_night)
    most = evening.order("sync")["sent"]
    second, search = digest(), hub.rows(SEARCH)
    assert second != first
    for _ in range(SECOND_NIGHT // A_STORE):
        another_store(one_night)
        blows.fall("second night", "sync", most)
        same(hub, second)

    for _ in range(CONSOLIDATION // A_STORE):
        another_store(calm)
        with hub.store() as store:
            store.execute("delete from personopslag")
        most = most if "consolidation" in blows.where else evening.order("consolidate")["sent"]
        with hub.store() as store:
            store.execute("delete from personopslag")
        blows.fall("consolidation", "consolidate", most)
        assert hub.rows(SEARCH) == search
        same(hub, second)

    # Long after: what was gone, replaced or old enough is erased, all at once.
    monkeypatch.setenv("HELHED_NOW", "2034-01-01T03:00:00+01:00")
    another_store(calm)
    most = evening.order("erase")["sent"]
    erased = digest()
    assert 0 < erased.rows < second.rows
    receipt = hub.rows(RECEIPT)
    for _ in range(ERASURE // A_STORE):
        another_store(calm)
        blows.fall("erasure", "erase", most)
        same(hub, erased)
        assert hub.rows(RECEIPT) == receipt

    with capfd.disabled():
        print(f"\n{blows.told()}")  # noqa: T201
    assert sum(found.total() for found in blows.where.values()) == 100
