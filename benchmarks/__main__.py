"""make bench, make bench-full: generate, measure, write results.md and results.json."""

import argparse
import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from benchmarks import change, load, night, page, plots, process, records, results, soap, store
from benchmarks.results import Figure
from benchmarks.targets import TARGETS
from korsbaek.generate import generate
from korsbaek.town import Town

SHORT, FULL = 50_000, 1_000_000
"""Records of SBSYS; the short run is to be over in 15 minutes on two cores."""
AT_FIRST = 2 * change.CHANGES
"""Records of the store into which row 5 lands its changes in the short run."""
SAGER = 1_000
CITIZENS = 1_200


def main() -> None:
    """Everything at the sizes asked for."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--full", action="store_true", help="the targets' sizes, one round")
    parser.add_argument("--records", type=int, help=f"records of SBSYS (short {SHORT}, full {FULL})")
    parser.add_argument("--citizens", type=int, help=f"of the store (short {page.CITIZENS}, full {page.WHOLE})")
    parser.add_argument("--into", type=int, help=f"records of row 5's smaller store (short {AT_FIRST})")
    parser.add_argument("--towns", type=int, nargs="+", help=f"citizens (short {night.SHORT}, full {night.FULL})")
    parser.add_argument(
        "--kept", type=Path, help="where towns stay, with their stores: loading the largest takes hours"
    )
    parser.add_argument("--rounds", type=int, help="rounds of the short run (3), of which the median counts")
    parser.add_argument("--rows", type=int, nargs="+", help="only what these rows need; others keep their last figure")
    given = parser.parse_args()
    wanted = set(given.rows or TARGETS)
    number = given.records or (FULL if given.full else SHORT)
    citizens = given.citizens or (page.WHOLE if given.full else page.CITIZENS)
    into = given.into or (change.WHOLE if number >= FULL else AT_FIRST)
    rounds = given.rounds or (1 if given.full else 3)
    towns = tuple(given.towns or (night.FULL if given.full else night.SHORT))
    with tempfile.TemporaryDirectory(prefix="helhed-bench-") as name:
        folder = Path(name)
        for figures in measure(folder, number, citizens, into, rounds, wanted):
            results.write(figures)
        if wanted & {11, 12}:
            with store.running(given.kept and given.kept / "server") as server:
                results.write(night.figures(server, given.kept or folder, towns, given.rounds or 1, bool(given.kept)))
    plots.draw(results.FOLDER)
    results.write([])


def measure(
    folder: Path, number: int, citizens: int, into: int, rounds: int, wanted: set[int]
) -> Iterator[list[Figure]]:  # fmt: skip
    """The rows that can be measured now, as they are: a run that is stopped keeps what it had."""
    town = generate(folder / "town.db", CITIZENS, 7, date(2026, 3, 2))
    if 6 in wanted:
        yield [reply(folder, town)]
    like = records.patterns(town)
    whole = number >= FULL
    with store.running() as server:
        if wanted & {7, 8, 9}:
            yield page.figures(server, folder, citizens, rounds)
        if 5 in wanted:
            before, after = folder / "before", folder / "after"
            records.write(before, like, change.CHANGES)
            records.write(after, like, change.CHANGES, 1.0)
            yield [change.figure(server, [before, after], folder / "config", into)]
        first, second, other, few = folder / "first", folder / "second", folder / "other", folder / "few"
        if wanted & {1, 2, 3, 4, 10}:
            records.write(first, like, number)
        if 10 in wanted:
            # The short run compares with a third of its records: three times as many would take half of its time.
            many = 3 * number if whole else number // 3
            records.write(other, like, many)
            yield [load.memory(server, {number: first, many: other}, folder / "config", whole)]
        if wanted & {1, 2, 3, 4}:
            records.write(second, like, number, 0.01)
            records.write(few, like, min(number, load.FEW))
            yield load.figures(server, [first, second], few, folder, number, rounds, whole, wanted)
    town.close()


def reply(folder: Path, town: Town) -> Figure:
    """Row 6, in a process of its own."""
    path = folder / "reply.xml"
    path.write_bytes(soap.render(town, SAGER))
    took = process.measured("benchmarks.soap", str(path))
    size = f"{took['objects']:,} objects, median of {soap.ROUNDS}"
    whole = took["objects"] == took["equal"] == SAGER
    return Figure(6, took["ratio"], size, whole, {
        "objects with equal values": took["equal"], "seconds of CPU, ours": round(took["ours"], 2),
        "seconds of CPU, zeep": round(took["zeep"], 2), "XML elements": took["elements"], "drafts": took["drafts"],
        "bytes of XML": took["bytes"], "bytes landed": took["landed"],
    })  # fmt: skip


if __name__ == "__main__":
    main()
