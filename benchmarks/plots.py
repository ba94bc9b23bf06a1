"""results.json as pictures: what a record costs, ours beside the other's, and against the size of the load."""

import json
from pathlib import Path
from typing import Any

MICROSECONDS = "microseconds of CPU a record, ours and the other's"
BY_SIZE = "microseconds of CPU a record, by number of records"
NAMES = {
    1: "first load\n(dlt)",
    2: "first load\n(COPY alone)",
    3: "re-read, 1 %\n(dlt)",
    4: "re-read, 1 %\n(read and hash)",
}


def draw(folder: Path) -> None:
    """cost.png and size.png beside results.json."""
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot

    rows = {row["row"]: row for row in json.loads((folder / "results.json").read_text(encoding="utf-8"))["rows"]}
    costs = {n: rows[n]["beside"][MICROSECONDS] for n in NAMES if MICROSECONDS in rows[n]["beside"]}
    if costs:
        figure, axes = pyplot.subplots(figsize=(7, 3.5), layout="constrained")
        for place, (label, at) in enumerate((("ours", 0), ("the other", 1))):
            bars = [place * 0.4 + n for n in range(len(costs))]
            axes.bar(bars, [cost[at] for cost in costs.values()], 0.38, label=label)
        axes.set_xticks([n + 0.2 for n in range(len(costs))], [NAMES[n] for n in costs])
        axes.set_ylabel("µs of CPU a record\n(client and server)")
        axes.legend()
        figure.savefig(folder / "cost.png", dpi=110)
    by_size: dict[str, Any] = rows[10]["beside"].get(BY_SIZE, {})
    if by_size:
        figure, axes = pyplot.subplots(figsize=(7, 3.5), layout="constrained")
        axes.plot([int(n) for n in by_size], list(by_size.values()), marker="o")
        axes.set_ylim(0)
        axes.set_xlabel("records of a first load")
        axes.set_ylabel("µs of CPU a record\n(client and server)")
        figure.savefig(folder / "size.png", dpi=110)
