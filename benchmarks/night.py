"""Rows 11 and 12: a town's whole night through Airflow against `helhed sync` by hand, and what it costs a citizen."""

import shutil
from itertools import pairwise
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks import process
from benchmarks.results import Figure
from benchmarks.store import Server
from korsbaek import municipality

SHORT, FULL = (100, 400), (10_000, 30_000, 100_000)
"""Citizens of the towns, the smallest first."""
PARTS = ("airflow", "postgresql", "sync")
"""Whose CPU is counted. Airflow's is that of its parts and of its tasks, which are sync; idle or not."""

LOADED = "loaded"
"""In a town's folder once its store holds it: the name of the database."""
SHARE = "share of CPU that is not sync"
COMPARED = "DAGs four at once against one source after the other"


def figures(server: Server, folder: Path, sizes: tuple[int, ...], rounds: int, kept: bool) -> list[Figure]:
    """Row 11 at the largest town; row 12 over all of them. `kept`: the folder's towns stay, and so do their stores."""
    towns = {size: town(server, folder / f"town{size}", size, rounds, kept) for size in sorted(sizes)}
    return rows(towns)


def town(server: Server, folder: Path, citizens: int, rounds: int, kept: bool) -> dict[str, Any]:
    """What the nights of one town took, in a process of its own, over a store and metadata of its own.

    A town that was kept goes on from its last night, without the first load.
    """
    loaded = folder / LOADED
    where = server.again(loaded.read_text(encoding="utf-8")) if loaded.is_file() else server.fresh(migrated=True)
    metadata = server.metadata()
    own = {"HELHED_HOME": str(folder), "HELHED_CONFIG": str(folder / "config")}
    try:
        return process.measured(
            "benchmarks.one_town", str(server.folder), str(citizens), str(rounds),
            environment=where | metadata | own,
        )  # fmt: skip
    finally:
        if (folder / "korsbaek").is_dir():
            municipality.down(folder / "korsbaek")
        server.drop(metadata)
        if not (kept and loaded.is_file()):
            server.drop(where)
            shutil.rmtree(folder, ignore_errors=True)


def rows(towns: dict[int, dict[str, Any]]) -> list[Figure]:
    """The figures of towns by their number of citizens."""
    sizes = sorted(towns)
    largest, nights = towns[sizes[-1]], len(towns[sizes[-1]]["airflow"])
    cost = {size: median(map(cpu, towns[size]["airflow"])) / size for size in sizes}
    said = f"median of {nights}" if nights > 1 else "one night each way"
    share = median(
        (dag["wall"] - hand["wall"]) / dag["wall"]
        for dag, hand in zip(largest["airflow"], largest["hand"], strict=True)
    )
    beside = {f"{size:,} citizens": told(towns[size]) for size in sizes}
    per = {"seconds of CPU of a night through Airflow, per 1,000 citizens": {
        f"{size:,}": round(1000 * cost[size], 2) for size in sizes
    }}  # fmt: skip
    growth = max((cost[more] / cost[less] for less, more in pairwise(sizes)), default=None)
    return [
        Figure(11, share, f"{sizes[-1]:,} citizens, {COMPARED}, {said}", sizes[-1] >= FULL[-1], beside),
        Figure(
            12, growth, f"{', '.join(f'{size:,}' for size in sizes)} citizens, {said}", tuple(sizes) == FULL, per
        ),
    ]  # fmt: skip


def cpu(night: dict[str, Any]) -> float:
    """Seconds of CPU of a night, the vendors' own left out."""
    return float(sum(night.get(part, 0.0) for part in PARTS))


def told(town: dict[str, Any]) -> dict[str, Any]:
    """Absolute figures: medians of the nights."""
    found: dict[str, Any] = {}
    for way, name in (("airflow", "through Airflow"), ("hand", "helhed sync")):
        nights = town[way]
        found[name] = {"wall": round(median(n["wall"] for n in nights), 1)} | {
            f"CPU of {part}": round(median(n[part] for n in nights), 1) for part in PARTS if part in nights[0]
        }
    found["through Airflow"]["consolidations"] = median(n["consolidations"] for n in town["airflow"])
    pairs = zip(town["airflow"], town["hand"], strict=True)
    found[SHARE] = round(median((cpu(dag) - cpu(hand)) / cpu(dag) for dag, hand in pairs), 2)
    found["records read"] = median(n["read"] for n in town["hand"])
    found["records new, changed or gone"] = [
        median(sum(n[what] for what in ("new", "changed", "gone")) for n in town["hand"]), median(town["changes"]),
    ]  # fmt: skip
    if town["first"]:
        found["first load"] = round(town["first"]["wall"], 1)
    return found
