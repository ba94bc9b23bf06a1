"""What is kept in memory of the registers answers as the town file does, also after somebody wrote to it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from korsbaek.landscape.shelf import Shelf
from korsbaek.systems.datafordeler.held import OPERATORS, Held
from korsbaek.town import Town

VALUES = st.sampled_from(["a", "ab", "b", "3", 3, None])
CONDITIONS = st.one_of(
    st.fixed_dictionaries({"eq": VALUES}), st.fixed_dictionaries({"in": st.lists(VALUES, max_size=4)}),
    st.fixed_dictionaries({"gte": VALUES}), st.fixed_dictionaries({"startsWith": VALUES}),
    st.fixed_dictionaries({"eq": VALUES, "gte": VALUES}),
)  # fmt: skip
BODIES = st.lists(st.fixed_dictionaries({"x": VALUES}, optional={"y": VALUES}), max_size=8)


@pytest.fixture
def shelf(tmp_path: Path) -> Iterator[Shelf]:
    town = Town.create(tmp_path / "town.db")
    yield Shelf(town, "datafordeler", {})
    town.close()


def by_going_through(shelf: Shelf, where: dict[str, dict[str, Any]]) -> list[dict[str, Any]]:
    return [
        body
        for body in shelf.each("Hus", "true order by key")
        if all(OPERATORS[op](body.get(field), wanted) for field in where for op, wanted in where[field].items())
    ]


@settings(max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(BODIES, st.dictionaries(st.sampled_from(["x", "y"]), CONDITIONS)), min_size=1, max_size=3))
def test_it_picks_what_going_through_all_would(shelf: Shelf, written: list[tuple[Any, Any]]) -> None:
    held = Held(shelf)
    for bodies, where in written:
        shelf.town.db.execute("delete from record")
        for n, body in enumerate(bodies):
            shelf.put("Hus", str(n), body)
        assert held.picked("Hus", where) == by_going_through(shelf, where)
        assert held.picked("Hus", where) == by_going_through(shelf, where)


def test_it_sees_what_another_has_written(shelf: Shelf, tmp_path: Path) -> None:
    held, other = Held(shelf), Shelf(Town.open(tmp_path / "town.db"), "datafordeler", {})
    assert held.picked("Hus", {}) == []
    other.put("Hus", "1", {"x": "a"})
    assert held.picked("Hus", {"x": {"eq": "a"}}) == [{"x": "a"}]
    other.drop("Hus", "1")
    assert held.picked("Hus", {"x": {"eq": "a"}}) == []
    other.town.close()
