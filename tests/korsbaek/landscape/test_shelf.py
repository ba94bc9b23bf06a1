"""A further system's shelf: what stands on it, whom it names, and what becomes of a malformed record."""

from datetime import date
from pathlib import Path

import pytest

from korsbaek.generate import generate
from korsbaek.landscape.place import known
from korsbaek.landscape.shelf import Shelf
from korsbaek.landscape.stream import Stream
from korsbaek.town import Town

STREAMS = {"sager": Stream("listed", kinds=("sag", "note")), "borgere": Stream("asked", asked=True)}
STRANGER = "0102039999"


@pytest.fixture
def town(tmp_path: Path) -> Town:
    return generate(tmp_path / "town.db", 20, 7, date(2026, 3, 2))


def population(town: Town) -> set[str]:
    return {cpr for (cpr,) in town.rows("select cpr from population")}


def test_only_what_can_be_listed_names_citizens(town: Town) -> None:
    shelf = Shelf(town, "x", STREAMS)
    shelf.put("borgere", "1", {"a": 1}, owner=STRANGER)
    assert STRANGER not in population(town)
    shelf.put("sag", "1", {"a": 1}, owner="", parts=[STRANGER])
    assert STRANGER in population(town)
    assert [*shelf.of("sag", STRANGER)] == [{"a": 1}] and shelf.named("sag", "1") == [STRANGER]
    shelf.put("sag", "1", {"a": 2})
    assert STRANGER not in population(town) and shelf.one("sag", "1") == {"a": 2} and shelf.count("sag", "note") == 1


def test_a_malformed_record_is_mended_whole(town: Town) -> None:
    shelf = Shelf(town, "x", STREAMS)
    shelf.put("note", "7", {"dato": "2026-01-01", "tekst": "æ"}, owner=STRANGER, changed="1")
    shelf.spoil("sager", "note", "7", "date_unreadable", "dato", {"dato": "i går", "tekst": "æ"})
    assert shelf.one("note", "7") == {"dato": "i går", "tekst": "æ"}
    assert town.rows("select system, stream, key, felt, owner, objekt from fejl where system = 'x'") == [
        ("x", "sager", "7", "dato", STRANGER, "note/7")
    ]
    shelf.mend("note", "7", "2")
    assert shelf.rows("note", "changed = '2'") == [("7", {"dato": "2026-01-01", "tekst": "æ"})]
    shelf.drop("note", "7")
    assert shelf.count("note") == 0 and STRANGER not in population(town)


def test_the_town_is_another_once_somebody_wrote_to_it_and_else_the_same(town: Town) -> None:
    other, shelf = Town.open(town.path), Shelf(town, "x", STREAMS)
    before = town.state()
    assert town.state() == before
    shelf.put("sag", "1", {})
    own = town.state()
    Shelf(other, "x", STREAMS).put("sag", "2", {})
    assert len({before, own, town.state()}) == 3 and town.state() == town.state() and other.state() != town.state()
    other.close()


def test_the_greatest_key_and_how_many_a_condition_picks(town: Town) -> None:
    shelf = Shelf(town, "x", STREAMS)
    assert shelf.last("sag") is None
    for key in ("K-2", "K-3", "K-1"):
        shelf.put("sag", key, {}, changed=key)
    shelf.put("note", "K-9", {}, changed="K-9")
    assert shelf.last("sag") == "K-3" and shelf.count("sag", where="changed > ?", args=("K-1",)) == 2


def test_records_are_looked_up_by_what_they_are_asked_by(town: Town) -> None:
    shelf, asked = Shelf(town, "x", STREAMS), list[str]()
    town.db.set_trace_callback(asked.append)
    [*shelf.of("sag", STRANGER)], shelf.last("sag"), [*shelf.each("sag", "true order by seq limit 5 offset 5")]
    town.db.set_trace_callback(None)
    of, last, page = ([row[3] for row in town.rows(f"explain query plan {sql}")] for sql in asked)
    assert any("key=?" in step for step in of) and any("COVERING INDEX" in step for step in last)
    assert any("record_seq" in step for step in page) and not any("ORDER BY" in step for step in page)


def test_a_system_that_does_not_exist_is_refused() -> None:
    with pytest.raises(ValueError, match="no further system findes_ikke"):
        known(["findes_ikke"])
