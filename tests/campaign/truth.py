"""What the simulator knows, and what every receipt is held to."""

from dataclasses import dataclass
from datetime import datetime
from random import Random
from typing import Any
from uuid import UUID, uuid4

from canonical_model.store import connect
from caseworker.coverage import Kildedaekning
from caseworker.overblik.borger import read_borger
from caseworker.principal import ROLLER, Grant, Principal
from caseworker.tid import tid
from tests.campaign.content import Content, Fact, Record, believed, content, parked
from tests.campaign.ground import clock

SAMPLE = 5
"""Citizens whose pages are opened each time."""
ANYTHING = Principal(uuid4(), "alt", "Ser Alt", "Test", "11111111", (Grant("11111111", ("*",), 4),), ROLLER)


class Lie(AssertionError):
    """A receipt said what was not so; without any citizen's data."""


@dataclass
class Moment:
    """When the receipts are looked at, and what was done to the systems."""

    night: int
    """Of the hub."""
    town: int
    """The town's."""
    ran: set[str]
    """Systems that have had their turn tonight."""
    struck: set[str]
    """Systems that the schedule strikes tonight."""
    lying: set[tuple[str, datetime]]
    """Systems that have said in some night so far that most of what they hold is gone, and when."""
    truths: list[Content]
    """The fault-free twin after each night of the town."""
    rotation: int


def judge(moment: Moment, replaced: dict[str, str], rng: Random) -> int:
    """Hold the receipts of some citizens to the truth; how many lines were held. Raises Lie."""
    now = content(replaced)
    waiting, told = parked(replaced), believed(moment.lying, replaced)
    lines = 0
    for person, citizen in _citizens(replaced, rng):
        for line in read_borger(ANYTHING, person, tid()).coverage.kilder:
            if (line.kilde, citizen) not in told:
                _line(line, citizen, moment, now, waiting)
                lines += 1
    return lines


def _citizens(replaced: dict[str, str], rng: Random) -> list[tuple[UUID, str]]:
    with connect("sync") as store:
        rows: list[Any] = store.execute(
            "select p.person, array_agg(i.nummer order by i.nummer) from personopslag p join identitet i"
            " on i.objekt = p.person and i.art = 'cpr' and i.kendt_til is null group by p.person order by 2"
        ).fetchall()
    known = [(person, replaced.get(numbers[0], numbers[0])) for person, numbers in rows if _met(numbers, replaced)]
    return rng.sample(known, min(SAMPLE, len(known)))


def _met(numbers: list[str], replaced: dict[str, str]) -> bool:
    """The hub knows the number in force. As long as CPR has not told it, the former number is a person of its own."""
    return any(number not in replaced for number in numbers)


def _line(line: Kildedaekning, citizen: str, moment: Moment, now: Content, waiting: set[Record]) -> None:
    source, upon = line.kilde, f"{line.kilde}, night {moment.night}: {line.status}"
    shown = now.concerning(source, citizen, waiting)
    as_of = _night(line.complete_as_of)
    truths = moment.truths[min(as_of, moment.town) if as_of is not None else 0 : moment.town + 1]
    versions = [truth.concerning(source, citizen, waiting) for truth in truths]
    unread = set.intersection(*(truth.concerning(source, citizen) for truth in truths)) - now.concerning(
        source, citizen
    )
    if as_of is not None and unread and not line.parkeret:
        raise Lie(f"{upon}, complete as of night {as_of}, but {_what(unread)} that could not be read is not counted")
    if as_of is not None and (lost := set.intersection(*versions) - shown):
        raise Lie(f"{upon}, complete as of night {as_of}, but {_what(lost)} that the town held is not there")
    if ghosts := shown - set.union(*versions):
        raise Lie(f"{upon}: {_what(ghosts)} is there that the town never held since night {as_of}")
    if line.status == "none" and (as_of is None or shown):
        raise Lie(f"{upon}, though {len(shown)} facts are there; complete as of {as_of}")
    if line.status == "data" and as_of is None:
        raise Lie(f"{upon}, without saying as of when")
    if (line.status == "failed") != (line.failing_since is not None):
        raise Lie(f"{upon}, failing since {line.failing_since}")
    if line.kilde not in moment.ran:
        return
    if source not in moment.struck:
        if line.status == "failed":
            raise Lie(f"{upon}, though nothing was done to it: {line.fejl}")
        oldest = moment.night - (moment.rotation - 1 if source == "cpr" else 0)
        if line.status != "not_asked" and (as_of is None or as_of < oldest):
            raise Lie(f"{upon}, complete as of {as_of}, though nothing was done to it")
    elif line.status != "failed" and line.status != "not_asked" and source != "cpr" and as_of != moment.night:
        raise Lie(f"{upon}, though it is complete as of night {as_of} only")


def _night(at: datetime | None) -> int | None:
    return None if at is None else (at - clock(0)).days


def _what(facts: set[Fact]) -> str:
    kinds = sorted({f"{stream} {text.split(' ', 1)[0]}" for _, stream, _, text in facts})
    return f"{len(facts)} facts ({', '.join(kinds[:4])})"
