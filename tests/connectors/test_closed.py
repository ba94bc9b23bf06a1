"""Records of a reply in columns: whatever is asked of them, they answer as the same records in a list."""

from random import Random

import pytest

from connectors.closed import Closed, as_sent, chosen, keys_of
from connectors.minimise import Sheet
from connectors.record import Record
from sync import sealing

DOOR = Sheet(kept=frozenset({"id", "titel"}), dropped=frozenset())


def closed(many: int, rng: Random) -> Closed:
    """So many, under keys that JSON can say and UTF-8 cannot."""
    keys = [rng.choice(["a", "æ", "\ud800", "1"]) * rng.randint(1, 5) for _ in range(many)]
    return Closed(keys, [b'{"id": "%d", "titel": "%d"}' % (n, rng.randint(0, 9)) for n in range(many)], DOOR)


@pytest.mark.parametrize("many", [0, 1, 2, 50])
def test_columns_say_what_a_list_of_the_same_records_says(many: int) -> None:
    rng = Random(many)
    found = closed(many, rng)
    records = list(found)
    which = [rng.random() < 0.5 for _ in records]
    assert all(type(record) is Record for record in records) and len(found) == many == len(records)
    assert [found[n] for n in range(many)] == records == [*reversed([*reversed(found)])]
    assert list(found[1:40:3]) == records[1:40:3] and bool(found) == bool(records)
    assert keys_of(found) == keys_of(records) == [record.key for record in records]
    assert list(as_sent(found)) == list(as_sent(records))
    assert list(chosen(found, which)) == chosen(records, which) == [r for r, w in zip(records, which, strict=True) if w]
    assert isinstance(chosen(found, which), Closed)


@pytest.mark.parametrize("version", [1, 2])
def test_the_digest_of_what_was_sent_is_the_same_both_ways(version: int) -> None:
    """Else a night would take what it read in the evening for something else."""
    sent_as, found = sealing.sent_digester(version), closed(20, Random(version))
    assert sent_as(found) == sent_as(list(found)) == [sent_as([record])[0] for record in found]


def test_a_record_is_opened_by_the_door_it_came_in_by() -> None:
    one = Closed(["1"], [b'{"id": "1", "titel": "a", "andet": 2}'], DOOR)[0]
    assert (one.key, one.body, one.unknown) == ("1", b'{"id":"1","titel":"a"}', ("andet",))
