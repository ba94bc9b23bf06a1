"""From a seed, a number of citizens and a day: one town, always the same."""

import argparse
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from korsbaek.cases import building, case
from korsbaek.faults import spoil
from korsbaek.hangs import Generator, Life
from korsbaek.landscape import records
from korsbaek.landscape.place import known, names
from korsbaek.town import Town
from korsbaek.vocabulary.esdh import BYGNING, VIP
from korsbaek.write import (
    put_bevillinger,
    put_dokumenter,
    put_effektueringer,
    put_meta,
    put_nexus,
    put_office,
    put_people,
    put_sager,
)

LEAST = 20
"""Fewer citizens than this are no town: the households that every town has would not fit."""
CHUNK = 500


def generate(path: Path, citizens: int, seed: int, day: date, further: Sequence[str] = ()) -> Town:
    """Writes the town file; a half-written one never stands at `path`.

    `further`: the systems that the town has beside the first five.
    """
    if citizens < LEAST:
        raise ValueError(f"a town needs at least {LEAST} citizens")
    if path.exists():
        raise FileExistsError("the town file exists already")
    draft = path.with_suffix(".new")
    for leftover in path.parent.glob(f"{draft.name}*"):
        leftover.unlink()
    town = Town.create(draft)
    maker = Generator(seed, citizens, day)
    town.db.execute("begin")
    put_office(town, maker.office)
    put_people(town, maker.people)
    for lives in _chunks(maker):
        _put(town, lives)
    put_meta(town, seed=seed, citizens=citizens, born=day, day=day, nights=0, showcase=maker.people[1].cpr)
    register = maker.register
    put_meta(town, sager=register.sager, sbsys=register.sbsys, forloeb=register.nexus)
    put_meta(town, dokumenter=register.papers.dokumenter, notater=register.papers.notater)
    put_meta(town, bevillinger=maker.purse.bevillinger, effektueringer=maker.purse.effektueringer)
    put_meta(town, patienter=maker.ward.patienter, indsatser=maker.ward.indsatser)
    spoil(town, seed)
    put_meta(town, further=",".join(known(further)))
    records.fill(town, seed)
    town.db.execute("commit")
    town.db.execute("pragma wal_checkpoint(truncate)")
    town.close()
    draft.rename(path)
    for leftover in path.parent.glob(f"{draft.name}-*"):
        leftover.unlink()
    return Town.open(path)


def _chunks(maker: Generator) -> Iterator[list[Life]]:
    lives: list[Life] = []
    for place, person in enumerate(maker.people):
        lives.append(maker.citizen(person, place))
        if len(lives) == CHUNK:
            yield lives
            lives = []
    apart = Life()
    for _ in range(1 + len(maker.people) // 50):
        apart.made.append(building(maker.register, BYGNING))
    celebrity = maker.people[2]
    apart.made.append(case(maker.register, VIP, celebrity, maker.parties(celebrity, VIP, False)))
    yield [*lives, apart]


def _put(town: Town, lives: list[Life]) -> None:
    put_sager(town, [made.sag for life in lives for made in life.made])
    put_dokumenter(town, [paper for life in lives for made in life.made for paper in made.dokumenter])
    put_bevillinger(town, [grant for life in lives for grant in life.bevillinger])
    put_effektueringer(town, [payment for life in lives for payment in life.effektueringer])
    put_nexus(town, [patient for life in lives for patient in life.nexus])


def main() -> None:
    """`python -m korsbaek.generate --folder F --citizens N --seed S [--day D]`."""
    words = argparse.ArgumentParser(description="Make a town")
    words.add_argument("--folder", type=Path, required=True)
    words.add_argument("--citizens", type=int, default=2000)
    words.add_argument("--seed", type=int, default=7)
    words.add_argument("--day", type=date.fromisoformat, default=date.today())
    words.add_argument("--further", nargs="*", default=names())
    asked = words.parse_args()
    asked.folder.mkdir(parents=True, exist_ok=True)
    generate(asked.folder / "town.db", asked.citizens, asked.seed, asked.day, asked.further).close()


if __name__ == "__main__":
    main()
