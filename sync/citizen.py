"""One citizen now: asked for at every system that can be asked about one, all at once, and what each of them said."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from connectors import registry
from connectors.errors import ConnectorError
from helhed.settings import SettingsError, Source, now, sources
from sync.night import sync_source
from sync.runs import RunResult, line_of

COUNTED = ("read", "new", "changed", "gone", "quarantined", "held")


@dataclass
class Said:
    """What one system said of the citizen, or why it said nothing."""

    source: str
    navn: str
    state: str
    """succeeded, partial, failed or not_asked."""
    systemejer: str
    kontakt: str
    asked: list[str] = field(default_factory=list)
    """Streams that were asked."""
    not_asked: list[str] = field(default_factory=list)
    """Streams that cannot be asked about one citizen: the system hands out its whole list or nothing."""
    counts: dict[str, int] = field(default_factory=dict)
    """Records: read, new, changed, gone, quarantined, held; those that are not 0."""
    error: str | None = None
    """Why it is not succeeded, in one line without personal data."""
    at: datetime | None = None
    """When the system had answered."""

    def as_dict(self) -> dict[str, Any]:
        """For machines; the instant as text."""
        return {**asdict(self), "at": self.at.isoformat() if self.at else None}


def refetch(person: UUID, cause: str = "person", tell: Callable[[Said], None] | None = None) -> list[Said]:
    """Ask every active system about the person, in parallel; takes the time of the slowest one.

    `tell` is called as each system has answered, on the caller's thread. A system that fails is in the answer, with
    its owner; nothing is raised but what the store raises. The caller consolidates the person.
    """
    active = [source for source in sources().good.values() if source.aktiv]
    done: list[Said] = []
    with ThreadPoolExecutor(max(1, len(active))) as pool:
        for ready in as_completed([pool.submit(_one, source, person, cause) for source in active]):
            said = ready.result()
            done.append(said)
            if tell:
                tell(said)
    return sorted(done, key=lambda said: said.source)


def _one(source: Source, person: UUID, cause: str) -> Said:
    said = Said(source.id, source.navn, "not_asked", source.systemejer, source.kontakt)
    try:
        for stream in registry.load(source.connector).streams:
            (said.asked if stream.read_one is not None else said.not_asked).append(stream.name)
        if said.asked:
            _into(said, sync_source(source.id, cause=cause, persons=[person]))
    except (ConnectorError, SettingsError) as error:
        said.state, said.error = "failed", line_of(error)
    said.at = now() if said.asked else None
    return said


def _into(said: Said, result: RunResult) -> None:
    said.state, said.error = result.state, result.error
    for name in COUNTED:
        if total := sum(getattr(counts, name) for counts in result.streams.values()):
            said.counts[name] = total


def whole(answers: list[Said]) -> str:
    """What they come to: succeeded when every system that can be asked did, failed when none did, else partial."""
    states = {said.state for said in answers} - {"not_asked"}
    if states <= {"succeeded"}:
        return "succeeded"
    return "failed" if states == {"failed"} else "partial"
