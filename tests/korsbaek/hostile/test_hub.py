"""What the hub's connectors make of each kind of misbehaviour at each system where it makes sense (docs/hostile.md)."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from connectors import registry
from connectors.contract import Ask, Record, Shape
from connectors.errors import AccessError, ConnectorError, ContractError, RecordError, TransientError
from tests.korsbaek.hostile.conftest import CONNECTORS, Rig

SOUND, SAME_KEYS = "the same records", "the same records in other words"
PARKED, FEWER = "parked records", "fewer records, in good form"
ALL, SOAP, REST, PAGED = ("sbsys", "nexus", "sdi", "ydi", "cpr"), ("sdi", "ydi", "cpr"), ("sbsys", "nexus"), (
    "sbsys", "sdi", "ydi",
)  # fmt: skip
Outcome = str | type[ConnectorError] | tuple[str | type[ConnectorError], ...]


def cases() -> list[tuple[str, dict[str, Any], Outcome]]:
    """System, fault and what comes of it."""
    found: list[tuple[str, dict[str, Any], Outcome]] = []

    def add(systems: tuple[str, ...], outcome: Outcome, kind: str, **more: Any) -> None:
        found.extend((system, {"system": system, "kind": kind, **more}, outcome) for system in systems)

    add(ALL, SOUND, "slow", seconds=0.02, times=3)
    add(ALL, SOUND, "hang", first=2, times=1)
    add(ALL, TransientError, "status", status=429)
    add(ALL, TransientError, "status", status=429, retry_after=100000)
    add(ALL, TransientError, "status", status=500)
    for kind in ("reset", "truncated"):
        add(ALL, TransientError, kind, share=0.5)
        add(ALL, SOUND, kind, share=0.5, first=2, times=2)
    add(ALL, SOUND, "status", status=503, first=2, times=2)
    add(SOAP, TransientError, "error_in_200")
    add(SOAP, ContractError, "error_in_200", code="Client")
    add(REST, ContractError, "error_in_200", path="/api/")
    add(REST, SOUND, "token_expired", first=3, times=1)
    add(REST, AccessError, "token_expired")
    add(SOAP, AccessError, "token_expired")
    add(("sbsys",), ContractError, "half_page", share=0.0, path="/search")
    add(("sdi", "ydi"), TransientError, "half_page", share=0.4)
    add(("sbsys",), ContractError, "repeated_page")
    add(("sbsys",), (ContractError, TransientError), "endless")
    add(("sdi", "ydi"), (SOUND, TransientError, ContractError), "repeated_page")
    add(("sdi", "ydi"), (SOUND, TransientError, ContractError), "endless")
    add(("sbsys",), TransientError, "duplicate_keys", path="/search")
    add(PAGED, FEWER, "empty")
    add(PAGED, FEWER, "mass_deletion", share=0.8)
    add(("sdi", "ydi"), TransientError, "empty", first=2, times=2)
    add(("nexus", "cpr"), FEWER, "empty")
    add(("nexus", "cpr"), FEWER, "mass_deletion", share=1.0)
    add(REST, ContractError, "charset", path="/api/")
    add(("sdi", "ydi", "cpr"), ContractError, "charset")
    add(("sdi", "ydi"), SAME_KEYS, "namespace")
    add(("cpr",), ContractError, "namespace")
    add(("sbsys",), PARKED, "missing", field="SagsTitel")
    add(("sbsys",), PARKED, "renamed", field="SagsTitel")
    add(("sbsys",), PARKED, "retyped", field="SagsTitel")
    add(("sbsys",), PARKED, "nulls", field="SagsTitel")
    add(("sdi", "ydi"), PARKED, "missing", field="Registrering")
    add(("sdi", "ydi"), PARKED, "nulls", field="Registrering")
    add(("sdi", "ydi"), PARKED, "renamed", field="URNIdentifikator")
    add(("sdi", "ydi"), PARKED, "retyped", field="URNIdentifikator")
    add(("nexus",), ContractError, "missing", field="_links")
    add(("nexus",), ContractError, "nulls", field="patient")
    add(("nexus",), ContractError, "missing", field="children")
    add(("nexus",), ContractError, "nulls", field="children")
    add(("cpr",), ContractError, "renamed", field="persondata")
    add(("sdi", "ydi", "cpr"), AccessError, "certificate_expired")
    add(("sdi", "ydi", "cpr"), AccessError, "certificate_wrong_host")
    add(("sdi", "ydi", "cpr"), AccessError, "client_refused")
    return found


def read(rig: Rig, system: str, number: str) -> list[Record]:
    """Everything of the system's first stream, or of one citizen."""
    connector = registry.load(CONNECTORS[system])
    api, stream = connector.open(rig.access(system)), connector.streams[0]
    if stream.shape is Shape.KEYED:
        assert stream.read_one is not None
        return list(stream.read_one(api, number))
    assert stream.read is not None
    return [record for page in stream.read(api, Ask(now=datetime.now(UTC))) for record in page.records]


def parked(system: str, records: list[Record]) -> int:
    """How many of them cannot be translated."""
    stream, count = registry.load(CONNECTORS[system]).streams[0], 0
    for record in records:
        try:
            list(stream.translate(stream.parse(record.body)))
        except RecordError:
            count += 1
    return count


@pytest.mark.parametrize(
    ("system", "fault", "outcome"), cases(), ids=lambda v: "-".join(map(str, v.values())) if isinstance(v, dict) else ""
)
def test_what_comes_of_it(
    rig: Rig, number: Callable[[], str], system: str, fault: dict[str, Any], outcome: Outcome
) -> None:
    whom = number()
    sound = read(rig, system, whom)
    assert sound
    rig.says(fault)
    try:
        found = read(rig, system, whom)
        assert all(record.body for record in found)
    except ConnectorError as error:
        assert type(error) in (outcome if isinstance(outcome, tuple) else (outcome,)), str(error)
        assert whom not in str(error)
        return
    assert not isinstance(outcome, type), f"{len(found)} of {len(sound)} records, and no {outcome.__name__}"
    if outcome == SOUND:
        assert found == sound
    elif isinstance(outcome, tuple) or outcome == SAME_KEYS:
        assert {record.key for record in found} == {record.key for record in sound}
        assert parked(system, found) == parked(system, sound)
    elif outcome == FEWER:
        assert len(found) < len(sound) / 2
    else:
        assert parked(system, found) > max(parked(system, sound), len(sound) / 3)


@pytest.mark.parametrize("system", ["sdi", "ydi"])
def test_a_clock_that_is_ahead_moves_no_cursor_past_our_own(rig: Rig, system: str) -> None:
    connector = registry.load(CONNECTORS[system])
    stream, now = connector.streams[0], datetime.now(UTC)
    assert stream.read is not None
    rig.says({"system": system, "kind": "clock_ahead", "seconds": 86400 * 365})
    pages = list(stream.read(connector.open(rig.access(system)), Ask(now=now)))
    assert any(page.records for page in pages)
    assert all(page.cursor is None or datetime.fromisoformat(page.cursor) <= now for page in pages)


@pytest.mark.parametrize("system", ["sdi", "ydi"])
def test_what_a_search_keeps_back_is_found_by_the_list_of_keys(rig: Rig, system: str) -> None:
    connector = registry.load(CONNECTORS[system])
    stream, now = connector.streams[0], datetime.now(UTC)
    assert stream.read is not None and stream.read_keys is not None
    api = connector.open(rig.access(system))
    ask = Ask(now=now, cursor=list(stream.read(api, Ask(now=now)))[-1].cursor)
    came = {record.key for page in stream.read(api, ask) for record in page.records}
    newer = {key for keys in stream.read_keys(api, ask) for key in getattr(keys, "newer", ())}
    assert came and newer == came
    rig.says({"system": system, "kind": "empty", "times": 1})
    assert [record for page in stream.read(api, ask) for record in page.records] == []
    assert {key for keys in stream.read_keys(api, ask) for key in getattr(keys, "newer", ())} == came
