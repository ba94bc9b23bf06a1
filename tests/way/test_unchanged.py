"""A second sync of a town where nothing happened changes no row."""

from tests.way.hub import SYSTEMS, Hub


def test_a_second_sync_touches_no_row(hub: Hub) -> None:
    first = hub.sync()
    assert {name: result.state for name, result in first.items()} == dict.fromkeys(SYSTEMS, "succeeded"), first
    before = hub.rows_as_they_lie()
    assert before["sag"][0] > 0 and before["personopslag"][0] > 0
    second = hub.sync()
    for name, result in second.items():
        assert result.state == "succeeded", result
        for stream, counts in result.streams.items():
            assert (counts.new, counts.changed, counts.gone) == (0, 0, 0), (name, stream, counts)
            parked = first[name].streams[stream].quarantined
            if name in ("nexus", "sbsys"):  # the others are asked for what is new, or in turn
                assert counts.quarantined == parked, (name, stream)
    after = hub.rows_as_they_lie()
    touched = [table for table in before if table != "quarantine" and before[table] != after[table]]
    assert touched == []
    assert before["quarantine"][0] == after["quarantine"][0]
