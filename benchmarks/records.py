"""The vendor's records: real cases of Korsbæk's SBSYS, multiplied, each with people and numbers of its own.

Replies are rendered beforehand, since the vendor's server shares our two cores.
"""

import json
from array import array
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import islice
from pathlib import Path
from random import Random
from typing import Any
from uuid import UUID

from korsbaek.model import Sag
from korsbaek.numbers import CprNumbers
from korsbaek.systems.sbsys.house import House
from korsbaek.systems.sbsys.sag import sag
from korsbaek.town import Town

RECORDS, ENDS = "records.json", "ends.int64"
"""In a folder: what stands in a reply's list, all records with a comma after each, and where each ends."""
CASES_A_PERSON = 2


def patterns(town: Town, most: int = 500) -> list[dict[str, Any]]:
    """Cases as SBSYS sends them, of this town; those with a mistake in them left out."""
    house = House(town)
    cases = (found for found in town.each(Sag, "sbsys is not null order by uuid") if not found.fejl)
    return [sag(house, found, parter=True) for found in islice(cases, most)]


def write(folder: Path, like: list[dict[str, Any]], number: int, changed: float = 0.0) -> None:
    """`number` records into `folder`, as SBSYS would answer with them; `changed` of them say something new."""
    folder.mkdir(parents=True, exist_ok=True)
    ends, end = array("q"), 0
    with (folder / RECORDS).open("wb") as out:
        for record in records(like, number, changed):
            end += out.write(json.dumps(record, ensure_ascii=False).encode() + b",")
            ends.append(end)
    (folder / ENDS).write_bytes(ends.tobytes())


def read(folder: Path) -> list[dict[str, Any]]:
    """Every record that was written."""
    found: list[dict[str, Any]] = json.loads(b"[" + (folder / RECORDS).read_bytes()[:-1] + b"]")
    return found


def reply(listed: bytes, total: int) -> bytes:
    """SBSYS's answer to a search."""
    return b'{"Results": [%b], "TotalNumberOfResults": %d}' % (listed, total)


def records(like: list[dict[str, Any]], number: int, changed: float = 0.0) -> Iterator[dict[str, Any]]:
    """`number` cases; the same every time, but for a share `changed`, which have another title and state date."""
    rng = Random(1)
    every = round(1 / changed) if changed else 0
    numbers = CprNumbers(Random(2))
    people: list[str] = []
    for n in range(number):
        if n % CASES_A_PERSON == 0:
            born = date(1930, 1, 2) + timedelta(days=rng.randrange(33_000))
            if (born.month, born.day) == (1, 1):
                born += timedelta(days=1)
            cpr = numbers.issue(born, rng.choice("KM"))
            people = [f"{cpr[:6]}-{cpr[6:]}"]
        record = json.loads(json.dumps(like[n % len(like)]))
        record["Id"] = 1_000_000 + n
        record["SagIdentity"] = str(UUID(int=rng.getrandbits(128), version=4))
        emne, facet, _, year = record["Nummer"].split("-")
        record["Nummer"] = f"{emne}-{facet}-{1000 + n % 999_000}-{year}"
        if record.get("PrimaryPart"):
            record["PrimaryPart"]["CPRnummer"] = people[0]
        for person in record.get("Personer") or []:
            person["CprNummer"] = people[0]
        if every and n % every == 0:
            record["SagsTitel"] = f"{record['SagsTitel']} (ændret)"
        yield record
