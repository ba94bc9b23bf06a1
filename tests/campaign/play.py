"""Plays one schedule against a town, and holds what the hub says in between and at the end to the truth."""

import tempfile
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

import pytest

from canonical_model.store import connect
from connectors import registry
from connectors.contract import Shape
from helhed.settings import sources
from sync.approvals import waiting, write_down
from sync.consolidate import consolidate
from sync.database import one_value
from sync.night import sync_all, sync_source
from sync.runs import Counts
from tests.campaign.content import Content, content
from tests.campaign.draw import LIES, Schedule
from tests.campaign.ground import NIGHTS, SYSTEMS, Course, clock, hub, store
from tests.campaign.truth import Lie, Moment, judge
from tests.conftest import Postgres

MOST_QUIET = 4
"""Quiet nights after which everything must be complete."""


@dataclass
class Figures:
    """What a campaign counted."""

    schedules: int = 0
    nights: int = 0
    lines: int = 0
    """Lines of receipts that were held to the truth."""
    records: int = 0
    faults: Counter[str] = field(default_factory=Counter)
    states: Counter[str] = field(default_factory=Counter)
    held: int = 0
    quarantined: int = 0

    def plain(self) -> dict[str, Any]:
        """For printing."""
        return {**vars(self), "faults": dict(self.faults), "states": dict(self.states)}

    def add(self, other: "Figures") -> None:
        """Together."""
        for name in ("schedules", "nights", "lines", "records", "held", "quarantined"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.faults += other.faults
        self.states += other.states


@dataclass
class Twin:
    """A town and what a hub that nothing happened to says after each of its nights."""

    course: Course
    template: str
    """A migrated, empty database."""
    key: str
    loaded: str
    """A database after the quiet first night."""
    truths: list[Content]
    replaced: dict[str, str]


def play(schedule: Schedule, twin: Twin, postgres: Postgres) -> Figures:
    """Raises Lie, or AssertionError when the end differs from the twin's."""
    figures, rng = Figures(schedules=1), Random(f"play/{schedule.seed}")
    with (
        tempfile.TemporaryDirectory() as folder,
        hub(twin.course, Path(folder), schedule.rotation, twin.key) as patch,
        store(postgres, twin.loaded if schedule.loaded else twin.template),
    ):
        night = schedule.first
        while True:
            town = min(night, max(schedule.nights))
            faults = schedule.nights.get(night, [])
            _night(night, town, faults, schedule, twin, patch, rng, figures)
            if night > max(schedule.nights) and _complete(max(schedule.nights)):
                break
            if night > max(schedule.nights) + MOST_QUIET:
                raise Lie(f"after {MOST_QUIET} quiet nights not everything is complete: {_standing()}")
            night += 1
        end = content(twin.replaced)
        if end.digest != twin.truths[town].digest:
            raise Lie(f"the end is not the twin's: {_differences(end, twin.truths[town])}")
    return figures


def _night(
    night: int, town: int, faults: list[dict[str, Any]], schedule: Schedule, twin: Twin, patch: pytest.MonkeyPatch,
    rng: Random, figures: Figures,
) -> None:  # fmt: skip
    patch.setenv("HELHED_NOW", clock(night).isoformat())
    twin.course.stand(town)
    twin.course.misbehave(faults)
    ran: set[str] = set()
    lying = {
        (fault["system"], clock(n)) for n, some in schedule.nights.items() if n <= night
        for fault in some if fault["kind"] in LIES
    }  # fmt: skip
    looks = {SYSTEMS[-1], rng.choice(SYSTEMS)} if rng.random() < 0.3 else {SYSTEMS[-1]}
    for system in SYSTEMS:
        struck = {fault["system"] for fault in faults}
        (result,) = sync_all([system])
        if system not in struck and any(c.state == "held" for c in result.streams.values()):
            result = approved(system, result.streams, town, twin)
        ran.add(system)
        for name, counts in result.streams.items():
            of = _could_leave(system, name, counts)
            if (system, clock(night)) in lying and counts.gone > max(1, of // 10):
                raise Lie(f"{system}, night {night}: {counts.gone} records left by themselves, of {of}")
            if counts.error and "Unexpected" in counts.error:
                raise Lie(f"{system}, night {night}: {counts.error}")
            figures.records += counts.read
            figures.held += counts.state == "held"
            figures.quarantined += counts.quarantined
        if result.error and "Unexpected" in result.error:
            raise Lie(f"{system}, night {night}: {result.error}")
        figures.states[result.state] += 1
        if system in looks:
            consolidate()
            moment = Moment(night, town, set(ran), struck, lying, twin.truths, schedule.rotation)
            figures.lines += judge(moment, twin.replaced, rng)
    figures.nights += 1
    figures.faults.update(fault["kind"] for fault in faults)


def _could_leave(system: str, name: str, counts: Counts) -> int:
    """How many records a stream held of those that the night could have told to be gone: of one that is read by its
    changes all, of the others those that came or left."""
    (shape,) = (s.shape for s in registry.load(sources().good[system].connector).streams if s.name == name)
    came = counts.read
    if shape is Shape.CHANGED:
        with connect("sync") as state:
            sql = "select count(*) from landed where source = %s and stream = %s"
            came = one_value(state, sql, (system, name))
    return came + counts.gone


def approved(system: str, streams: Any, town: int, twin: Twin) -> Any:
    """What a person who knows the town approves: as many as it has truly lost since the stream was complete."""
    with connect("sync") as state:
        rows: Any = state.execute("select stream, complete_as_of from stream_state where source = %s", (system,))
        since = dict(rows.fetchall())
    waits = {row["stream"] for row in waiting() if row["source"] == system}
    for name in streams:
        if name in waits:
            at = (since[name] - clock(0)).days if since[name] else 0
            lost = sum(
                passed["streams"].get(f"{system}/{name}", {"counts": {}})["counts"].get("gone", 0)
                for passed in twin.course.ledger["nights"][at:town]
            )
            write_down(system, name, lost, "en, der kender byen")
    result = sync_source(system)
    held = {name for name, counts in result.streams.items() if counts.state == "held"}
    # What hangs on records that were approved is decided when they have gone.
    return approved(system, result.streams, town, twin) if held and not held & waits else result


def _complete(last: int) -> bool:
    with connect("sync") as state:
        times = state.execute("select complete_as_of, failing_since from stream_state").fetchall()
    streams = sum(len(registry.load(one.connector).streams) for one in sources().good.values() if one.id in SYSTEMS)
    return len(times) == streams and all(at is not None and at > clock(last) and not bad for at, bad in times)  # type: ignore[operator]


def _standing() -> str:
    with connect("sync") as state:
        rows = state.execute("select source, stream, complete_as_of, error from stream_state order by 1, 2").fetchall()
    return "; ".join(f"{a}/{b} {c} {d or ''}" for a, b, c, d in rows)


def _differences(one: Content, other: Content) -> str:
    found = []
    for source in SYSTEMS:
        more, less = one.of[source] - other.of[source], other.of[source] - one.of[source]
        tables = sorted({f"{f[1]} {f[3].split(' ', 1)[0]}" for f in more | less})
        if more or less:
            found.append(f"{source}: {len(more)} too many, {len(less)} missing ({', '.join(tables[:4])})")
    return "; ".join(found) or "who has which number"


def twin_of(course: Course, postgres: Postgres, template: str, key: str, folder: Path) -> Twin:
    """Lives the town's nights through without a fault."""
    replaced: dict[str, str] = {}
    for pair in course.ledger["replaced"]:
        replaced[pair["former"]] = pair["cpr"]
    found = Twin(course, template, key, f"loaded_{course.seed}", [], replaced)
    folder.mkdir()
    with hub(course, folder, 1, key) as patch:
        with store(postgres, template, keep=found.loaded):
            _quiet(found, patch, 0)
        with store(postgres, found.loaded):
            for night in range(1, NIGHTS + 1):
                _quiet(found, patch, night)
    return found


def _quiet(twin: Twin, patch: pytest.MonkeyPatch, night: int) -> None:
    patch.setenv("HELHED_NOW", clock(night).isoformat())
    twin.course.stand(night)
    twin.course.misbehave([])
    for system in SYSTEMS:
        (result,) = sync_all([system])
        if any(counts.state == "held" for counts in result.streams.values()):
            result = approved(system, result.streams, night, twin)
        assert result.state == "succeeded", (system, night, result.error)
    consolidate()
    twin.truths.append(content(twin.replaced))
    judge(Moment(night, night, set(SYSTEMS), set(), set(), twin.truths, 1), twin.replaced, Random(night))
