"""What was measured, for people (results.md) and machines (results.json).

A row not run keeps its last figure; one measured at its target's size keeps that, with a later short run's beside it.
"""

import json
import os
import platform
from dataclasses import dataclass, field
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import Any

from benchmarks.targets import TARGETS

FOLDER = Path(__file__).parent
PEERS = ("dlt", "zeep", "lxml", "psycopg", "msgspec", "requests", "fastapi")


@dataclass
class Figure:
    """One ratio, at the size at which it was measured."""

    row: int
    value: float | None
    size: str
    """What it was measured on."""
    whole: bool
    """Whether that is the size of the target; a smaller one is not said to meet it."""
    beside: dict[str, Any] = field(default_factory=dict)
    """Absolute figures of the same run."""
    date: str = field(default_factory=lambda: date.today().isoformat())

    def as_row(self) -> dict[str, Any]:
        """The figure beside its target."""
        target = TARGETS[self.row]
        met = None if self.value is None else target.holds(self.value)
        return {
            "row": self.row, "what": target.what, "value": None if self.value is None else round(self.value, 3),
            "target": target.text, "met": bool(met) if self.whole and met is not None else None,
            "at_this_size": met, "size": self.size, "date": self.date, "beside": self.beside,
        }  # fmt: skip


def former(folder: Path = FOLDER) -> dict[int, dict[str, Any]]:
    """Rows of the last results.json."""
    path = folder / "results.json"
    rows = json.loads(path.read_text(encoding="utf-8"))["rows"] if path.is_file() else []
    return {row["row"]: row for row in rows}


def write(figures: list[Figure], folder: Path = FOLDER) -> None:
    """results.json and results.md with these figures, and with what earlier runs found of the other rows."""
    rows = former(folder)
    for figure in figures:
        rows[figure.row] = _after(rows.get(figure.row), figure.as_row())
    for row in TARGETS.keys() - rows.keys():
        rows[row] = Figure(row, None, "not measured", False, date="").as_row()
    ordered = [rows[n] for n in sorted(rows)]
    whole = {"machine": machine(), "versions": versions(), "rows": ordered}
    (folder / "results.json").write_text(json.dumps(whole, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    (folder / "results.md").write_text(page(ordered), encoding="utf-8")


def _after(last: dict[str, Any] | None, now: dict[str, Any]) -> dict[str, Any]:
    """The row as it stands now: what was measured at the target's size outlives what was not."""
    if last is None or last["met"] is None or now["met"] is not None:
        return now
    return last | {"short": {name: now[name] for name in ("value", "at_this_size", "size", "date", "beside")}}


def page(rows: list[dict[str, Any]]) -> str:
    """The figures for people."""
    said = ", ".join(f"{name} {found}" for name, found in versions().items())
    lines = [
        "# Speed", "",
        "Ratios to peers and physical limits within one run; `make bench` writes this page, `make bench-full` at the",
        "targets' sizes. A figure at a smaller size than its target's does not claim that the target is met.", "",
        f"Machine: {machine()}. Versions: {said}.", "",
        "| # | What | Value | Target | Met | Measured on | Date |", "|---|---|---|---|---|---|---|",
    ]  # fmt: skip
    for row in rows:
        value = "-" if row["value"] is None else f"{row['value']:g}"
        met = {True: "yes", False: "no", None: "-"}[row["met"]]
        if row["met"] is None and row["at_this_size"] is not None:
            met = "at this size" if row["at_this_size"] else "no, at this size"
        cells = [str(row["row"]), row["what"], value, row["target"], met, row["size"], row["date"] or "-"]
        lines.append(f"| {' | '.join(cells)} |")
    lines += ["", "## Beside the ratios", ""]
    for row in rows:
        if row["beside"]:
            told = "; ".join(f"{name}: {found}" for name, found in row["beside"].items())
            lines.append(f"- Row {row['row']}: {told}.")
        if short := row.get("short"):
            lines.append(f"- Row {row['row']}, short run: {short['value']:g} on {short['size']} ({short['date']}).")
    plots = [path.name for path in sorted(FOLDER.glob("*.png"))]
    lines += ["", *[f"![{name[:-4]}]({name})" for name in plots]] if plots else []
    return "\n".join(lines) + "\n"


def machine() -> str:
    """Processor, cores, memory and operating system, and how busy it was: ratios bear others' load, figures do not."""
    info = Path("/proc/cpuinfo").read_text(encoding="utf-8")
    model = next((line.partition(":")[2].strip() for line in info.splitlines() if line.startswith("model name")), "?")
    memory = int(Path("/proc/meminfo").read_text(encoding="utf-8").split()[1]) // 1_048_576
    system = f"{platform.system()} {platform.release()}; load average {os.getloadavg()[2]:.0f}"
    return f"{model}, {info.count('processor')} cores, {memory} GB, {system}"


def versions() -> dict[str, str]:
    """Of Python and of what takes part."""
    return {"python": platform.python_version()} | {name: version(name) for name in PEERS}
