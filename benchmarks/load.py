"""Rows 1 to 4 and 10: a first load and a full re-read with 1 % changed, against dlt and what is physically there."""

import json
from collections.abc import Callable
from pathlib import Path
from shutil import rmtree
from statistics import median
from typing import Any

from benchmarks import limits, process
from benchmarks.plots import BY_SIZE, MICROSECONDS
from benchmarks.results import Figure
from benchmarks.store import ROLES, Server, plain

SOURCE = """
connector = "sbsys_sager"
navn = "SBSYS"
myndighed = "11111111"
systemejer = "Ole Bjerre"
kontakt = "ole.bjerre@korsbaek.invalid"
leverandoer = "SBSYS a.m.b.a."
formaal = "Måling"
hjemmel = "Måling"
kle = ["00"]
foelsomhed = 3
opbevaring_maaneder = 60
[options]
page_size = 1000
"""
FORMATS = ("csv", "insert_values")
"""dlt's two settings; the better one counts."""
PATIENCE = 1_200.0
"""Seconds after which dlt is stopped; the ratio is then that much at least. The statement by which its scd2 retires
what a reload of a million changed was not over after nineteen minutes."""
FEW = 10_000
"""Records by which that one is found."""


def settings(folder: Path, url: str) -> dict[str, str]:
    """A configuration with the one source 'bench' at `url`."""
    (folder / "sources").mkdir(parents=True, exist_ok=True)
    (folder / "sources" / "bench.toml").write_text(SOURCE, encoding="utf-8")
    given = {"conn_type": "http", "host": url, "login": "u", "password": "p",
             "extra": {"token_url": f"{url}/token", "client_id": "c", "client_secret": "s"}}  # fmt: skip
    return {"HELHED_CONFIG": str(folder), "AIRFLOW_CONN_BENCH": json.dumps(given)}


def ours(server: Server, pages: list[Path], folder: Path) -> tuple[list[dict[str, Any]], dict[str, str]]:
    """One load for each folder of pages, over the same store; what each took, and where the store is."""
    where = server.fresh(migrated=True)
    took: list[dict[str, Any]] = []
    for one in pages:
        if took:
            server.overnight(where)
        with process.vendor(one) as url:
            before = server.cpu()
            took.append(process.measured("benchmarks.ours", environment=where | settings(folder, url)))
            took[-1]["server"] = server.cpu() - before
        if took[-1]["state"] != "succeeded":
            raise RuntimeError(f"our load failed: {took[-1]['error']}")
    return took, where


def dlt(server: Server, pages: list[Path], folder: Path, loader_format: str) -> list[dict[str, Any]]:
    """The same by dlt."""
    where = server.fresh(migrated=False)
    took: list[dict[str, Any]] = []
    for one in pages:
        if took:
            server.overnight(where)
        with process.vendor(one) as url:
            before = server.cpu()
            address = plain(where[ROLES["owner"]])
            given = ("benchmarks.peer_dlt", url, address, loader_format, str(folder))
            took.append(process.measured(*given, most=PATIENCE))
            took[-1]["server"] = server.cpu() - before
    server.drop(where)
    rmtree(folder, ignore_errors=True)
    return took


def figures(
    server: Server, pages: list[Path], few: Path, folder: Path, number: int, rounds: int, whole: bool, wanted: set[int]
) -> list[Figure]:
    """Those `wanted` of rows 1 to 4: medians of so many rounds, in each of which everybody takes a turn; but dlt takes
    one in all, since it needs longer for its turn than all others for theirs, and none when nobody asks for it."""
    best = ""
    if wanted & {1, 3}:
        best = min(FORMATS, key=lambda f: sum(t["wall"] for t in dlt(server, [few], folder / f, f)))
    turns: list[dict[str, Any]] = []
    theirs: list[dict[str, Any]] = []
    for turn in range(rounds):
        mine, where = ours(server, pages, folder / "config")
        tables = limits.ready(where, folder / "ready")
        server.drop(where)
        limit = limits.copy(server, folder / "ready", tables)
        with process.vendor(pages[1]) as url:
            reading = process.measured("benchmarks.limits", url)
        if best and not theirs:
            theirs = dlt(server, pages if 3 in wanted else pages[:1], folder / f"dlt{turn}", best)
        turns.append({"mine": mine, "dlt": theirs, "copy": limit, "hash": reading, "rows": sum(tables.values())})
    peer = {"dlt's setting": best, "dlt's turns": 1}
    rows = {"rows of ours": turns[0]["rows"]}
    pairs: dict[int, tuple[Callable[[Any], tuple[Any, Any]], dict[str, Any]]] = {
        1: (lambda t: (t["dlt"][0], t["mine"][0]), peer | rows),
        2: (lambda t: (t["copy"], t["mine"][0]), rows),
        3: (lambda t: (t["dlt"][1], t["mine"][1]), peer),
        4: (lambda t: (t["hash"], t["mine"][1]), {}),
    }
    return [_figure(row, turns, number, whole, *pairs[row]) for row in sorted(wanted & pairs.keys())]


def _figure(
    row: int, turns: list[dict[str, Any]], number: int, whole: bool, pair: Callable[[Any], tuple[Any, Any]], said: Any
) -> Figure:
    """A row's ratio by the wall, and beside it the ratio of all CPU (client and server) and absolute figures."""
    pairs = [pair(turn) for turn in turns]
    wall = median(other["wall"] / mine["wall"] for other, mine in pairs)
    if any(other.get("stopped") for other, _ in pairs):
        beside = {
            "records/s of ours": round(number / median(mine["wall"] for _, mine in pairs)),
            "the other was stopped, unfinished, after seconds": round(max(other["wall"] for other, _ in pairs)),
        }
        return Figure(row, wall, f"{number:,} records, median of {len(turns)}", whole, beside | said)
    cpu = median(_cpu(other) / _cpu(mine) for other, mine in pairs)
    beside = {
        "ratio of CPU, client and server": round(cpu, 2),
        "records/s of ours": round(number / median(mine["wall"] for _, mine in pairs)),
        "records/s of the other": round(number / median(other["wall"] for other, _ in pairs)),
        MICROSECONDS: [
            round(1e6 * median(_cpu(one[n]) for one in pairs) / number) for n in (1, 0)
        ],
        **said,
    }  # fmt: skip
    return Figure(row, wall, f"{number:,} records, median of {len(turns)}", whole, beside)


def _cpu(took: dict[str, Any]) -> float:
    return float(took.get("cpu", 0.0) + took.get("server", 0.0))


def memory(server: Server, pages: dict[int, Path], folder: Path, whole: bool) -> Figure:
    """Row 10: the peak of a first load, and of one three times as long; `pages` by how many records they hold."""
    peaks, costs = [], {}
    for many, one in sorted(pages.items()):
        (took,), where = ours(server, [one], folder)
        server.drop(where)
        peaks.append(took["peak_mb"])
        costs[str(many)] = round(1e6 * _cpu(took) / many)
    beside = {"MB at the peak": [round(p) for p in peaks], "MB at most": 400, BY_SIZE: costs}
    return Figure(
        10, peaks[1] / peaks[0], " and ".join(f"{many:,}" for many in sorted(pages)) + " records", whole, beside
    )
