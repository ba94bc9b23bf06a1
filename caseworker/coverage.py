"""The coverage receipt: what every connected system was able to say. No answer is built without it."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Literal
from uuid import UUID

from pydantic import BaseModel

from caseworker.reading import Connection, Row, rows
from caseworker.tid import Tid

Status = Literal["data", "none", "failed", "not_allowed", "not_asked"]

DANSK: dict[Status, str] = {
    "data": "har oplysninger",
    "none": "har ingen oplysninger",
    "failed": "kunne ikke hentes",
    "not_allowed": "må ikke vises med din rolle",
    "not_asked": "er ikke spurgt",
}


_STATES = """
select s.*, (select max(a.asked) from asked a
  where a.source = s.source and a.stream = s.stream and a.objekt = any(:ids)) as asked
from stream_state s order by s.source, s.stream"""
"""Every stream, and when it was last asked about these persons."""


class Driftshaendelse(BaseModel):
    """Something that is broken at a system now, and that the answer may be wrong or short for."""

    art: str
    """connector, freshness, quarantine or deletions."""
    siden: datetime
    tekst: str


VISES = ("connector", "freshness", "certificate", "quarantine", "deletions")
"""The kinds of incidents that a reader of an answer must know of; the others concern those who run the hub."""


class Kildedaekning(BaseModel):
    """One system's line of the receipt."""

    kilde: str
    navn: str
    status: Status
    complete_as_of: datetime | None = None
    """Everything that the system held at this instant is in the answer."""
    failing_since: datetime | None = None
    fejl: str | None = None
    stale: bool = False
    """Older than the system's freshness target."""
    objekter: int = 0
    """How many objects and facts of the answer come from the system."""
    parkeret: int = 0
    """How many records of the system could not be understood, and may be missing here: theirs, or of nobody known."""
    haendelser: list[Driftshaendelse] = []
    """What is broken at the system now, the gravest first."""
    systemejer: str
    kontakt: str
    leverandoer: str

    @property
    def status_tekst(self) -> str:
        """The status in Danish."""
        return DANSK[self.status]


class Kvittering(BaseModel):
    """The receipt of one answer: every active source has a line."""

    kilder: list[Kildedaekning]
    paa: datetime
    """When the receipt was made."""

    @property
    def failed(self) -> list[Kildedaekning]:
        """The systems that could not be read."""
        return [k for k in self.kilder if k.status == "failed"]

    @property
    def fresh(self) -> int:
        """How many systems are within their freshness target."""
        return sum(1 for k in self.kilder if k.complete_as_of and not k.stale and k.status != "failed")

    @property
    def parkeret(self) -> int:
        """How many records may be missing because they could not be understood."""
        return sum(k.parkeret for k in self.kilder)

    @property
    def exceptions(self) -> list[Kildedaekning]:
        """The lines that a reader must know of: failed, stale, not allowed, not asked."""
        return [k for k in self.kilder if k.stale or k.haendelser or k.status in ("failed", "not_allowed", "not_asked")]


def receipt(
    connection: Connection,
    tid: Tid,
    ids: Iterable[UUID] = (),
    shown: Mapping[str, int] | None = None,
    hidden: Mapping[str, int] | None = None,
) -> Kvittering:
    """The receipt of an answer about the persons `ids`, given how much it shows and hides from each source."""
    shown, hidden, wanted = shown or {}, hidden or {}, list(ids)
    states: dict[str, list[Row]] = {}
    for state in rows(connection, _STATES, {"ids": wanted}):
        states.setdefault(state["source"], []).append(state)
    broken, parked = _broken(connection), _parked(connection, wanted)
    lines = []
    for kilde in rows(connection, "select * from kilde where aktiv order by navn", {}):
        own = states.get(kilde["id"], [])
        times = [s["asked"] or s["complete_as_of"] for s in own if _concerns(s, wanted)]
        as_of = min((t for t in times if t is not None), default=None) if times and all(times) else None
        failing = min((s["failing_since"] for s in own if s["failing_since"]), default=None)
        target = timedelta(hours=kilde["friskhed_timer"])
        lines.append(
            Kildedaekning(
                kilde=kilde["id"],
                navn=kilde["navn"],
                status=_status(kilde["id"], own, failing, times, shown, hidden, bool(wanted)),
                complete_as_of=as_of,
                failing_since=failing,
                fejl=next((s["error"] for s in own if s["failing_since"] and s["error"]), None),
                stale=as_of is not None and tid.nu - as_of > target,
                objekter=shown.get(kilde["id"], 0),
                parkeret=parked.get(kilde["id"], 0),
                haendelser=broken.get(kilde["id"], []),
                systemejer=kilde["systemejer"],
                kontakt=kilde["kontakt"],
                leverandoer=kilde["leverandoer"],
            )
        )
    return Kvittering(kilder=lines, paa=tid.nu)


def _broken(connection: Connection) -> dict[str, list[Driftshaendelse]]:
    """Open incidents by source. A certificate that only will expire keeps nothing from the reader."""
    found: dict[str, list[Driftshaendelse]] = {}
    for row in rows(
        connection,
        "select source, kind, since, tekst from incident where closed is null and kind = any(:kinds)"
        " and (kind <> 'certificate' or level >= 4) order by level desc, since, id",
        {"kinds": list(VISES)},
    ):
        one = Driftshaendelse(art=row["kind"], siden=row["since"], tekst=row["tekst"])
        found.setdefault(row["source"], []).append(one)
    return found


def _parked(connection: Connection, wanted: list[UUID]) -> dict[str, int]:
    """How many records wait in quarantine by source, without those that are another person's."""
    counted = rows(
        connection,
        "select source, sum(antal)::int as n from antal_karantaene"
        " where not :about or owner is null or owner = any(:ids) group by source",
        {"about": bool(wanted), "ids": wanted},
    )
    return {row["source"]: row["n"] for row in counted}


def _concerns(state: Row, wanted: list[UUID]) -> bool:
    """A stream asked per person says nothing of a person it was never asked for; the others say everything."""
    return not state["by_person"] or not wanted or state["asked"] is not None


def _status(
    kilde: str,
    own: list[Row],
    failing: datetime | None,
    times: list[datetime | None],
    shown: Mapping[str, int],
    hidden: Mapping[str, int],
    about_person: bool,
) -> Status:
    if failing:
        return "failed"
    if shown.get(kilde):
        return "data"
    if hidden.get(kilde):
        return "not_allowed"
    if not own or not any(times):
        return "not_asked"
    return "none" if about_person else "data"
