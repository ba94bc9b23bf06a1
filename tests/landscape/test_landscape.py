"""What arrives from each further system is what the town's ledger says that it holds and that its contract reveals."""

from collections import Counter
from typing import Any
from uuid import uuid4

import pytest

from caseworker.overblik.borger import read_borger
from caseworker.principal import ROLLER, Grant, Principal
from caseworker.tid import tid
from korsbaek import municipality
from korsbaek.town import Town
from sync.ledger import latest_runs
from tests.landscape.conftest import Meeting
from tests.way.hub import Hub, expected, names

ANYTHING = Principal(uuid4(), "alt", "Ser Alt", "Test", "11111111", (Grant("11111111", ("*",), 4),), ROLLER)


@pytest.mark.timeout(180)
def test_what_arrives_is_what_the_town_holds(meeting: Meeting) -> None:
    hub, system = meeting.hub, meeting.system
    told, wrong = hub.ledger()["streams"], malformed(hub, system)
    assert len({kind for _, kind, _ in wrong}) >= 2, "a system has at least two kinds of malformed records"
    hub.sync(ids=meeting.sources)
    streams = ran(system)
    assert streams.keys() == {name.partition("/")[2] for name in told if name.startswith(f"{system}/")}
    for stream, counts in streams.items():
        good = told[f"{system}/{stream}"]["reachable"] - bad(wrong, stream)
        assert good > 0, f"{stream} holds nothing that can be found"
        assert counts == {"new": good, "changed": 0, "gone": 0, "quarantined": bad(wrong, stream)}, stream
        assert landed(hub, system, stream) == good, stream
    parked(hub, system, wrong)
    shown(hub, system)
    after_a_night(meeting)


def after_a_night(meeting: Meeting) -> None:
    """What the night did arrives, and nothing else; then the same again changes nothing."""
    hub, system = meeting.hub, meeting.system
    book = municipality.night(hub.town)["streams"]
    hub.sync(ids=meeting.sources)
    told, wrong = hub.ledger()["streams"], malformed(hub, system)
    happened = {what for name, page in book.items() if name.startswith(f"{system}/") for what in page["counts"]}
    assert happened >= {"new", "changed", "gone"}, f"a night changes, adds and removes records: {happened}"
    for stream, counts in ran(system).items():
        wanted = expected(book.get(f"{system}/{stream}", {"revealed": {}, "records": []}))
        assert {what: counts[what] for what in wanted} == wanted, stream
        good = told[f"{system}/{stream}"]["reachable"] - bad(wrong, stream)
        assert landed(hub, system, stream) == good, stream
    parked(hub, system, wrong)
    hub.sync(ids=meeting.sources)
    for stream, counts in ran(system).items():
        assert {what: counts[what] for what in ("new", "changed", "gone")} == dict.fromkeys(wanted, 0), stream


def malformed(hub: Hub, system: str) -> list[tuple[str, str, str]]:
    """Stream, kind and field of the system's malformed records that can be found at all."""
    ledger = hub.ledger()
    named = {*ledger["population"], *ledger["companies"]}
    asked = {name for name, stream in ledger["streams"].items() if stream["reachable"] < stream["records"]}
    return [
        (m["stream"], m["kind"], m["field"])
        for m in ledger["malformed"]
        if m["system"] == system
        and m["mended"] is None
        and (f"{system}/{m['stream']}" not in asked or m["owner"] in named)
    ]


def bad(wrong: list[tuple[str, str, str]], stream: str) -> int:
    """How many malformed records a stream has."""
    return sum(of == stream for of, _, _ in wrong)


def ran(system: str) -> dict[str, dict[str, Any]]:
    """The counts of the system's latest run, as `helhed runs` shows them."""
    (run,) = latest_runs(system)
    assert run["state"] == "succeeded", run
    wanted = ("new", "changed", "gone", "quarantined")
    return {name: {what: counts[what] for what in wanted} for name, counts in run["streams"].items()}


def landed(hub: Hub, system: str, stream: str) -> int:
    """How many records of a stream the store holds."""
    ((number,),) = hub.rows("select count(*) from landed where source = %s and stream = %s", (system, stream))
    return int(number)


def parked(hub: Hub, system: str, wrong: list[tuple[str, str, str]]) -> None:
    """The malformed records, and no others, wait in quarantine for a reason that names the field."""
    found = [p for p in hub.quarantine() if p.source == system]
    assert Counter(p.stream for p in found) == Counter(stream for stream, _, _ in wrong)
    for stream, kind, felt in wrong:
        fields = [p.field for p in found if p.stream == stream]
        assert any(names(field, felt) for field in fields), (stream, kind, felt, fields)


def shown(hub: Hub, system: str) -> None:
    """The showcase citizen's page shows something from the system, with its age; a system that names no citizen at all
    (a register of units, of classes) has a line in the receipt."""
    town = Town.open(hub.town / "town.db")
    showcase = town.meta("showcase")
    about_people = town.rows("select count(*), sum(cpr = ?) from recordpart where system = ?", (showcase, system))
    town.close()
    if about_people[0][0] == 0:
        (state,) = set(hub.rows("select complete_as_of is null from stream_state where source = %s", (system,)))
        assert state == (False,)
        return
    assert about_people[0][1], "the first citizen gets something in every system"
    ((person,),) = hub.rows("select objekt from identitet where art = 'cpr' and nummer = %s", (showcase,))
    page = read_borger(ANYTHING, person, tid())
    (line,) = [line for line in page.coverage.kilder if line.kilde == system]
    assert line.status == "data" and line.objekter > 0, line
    assert line.complete_as_of is not None and not line.stale
