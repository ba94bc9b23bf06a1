"""A hub beside a town: what a test of the whole way does, and what it reads of the store."""

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from canonical_model.store import connect
from canonical_model.tables import FACT_TABLES
from helhed.commands.korsbaek import connection
from korsbaek import municipality
from sync.consolidate import consolidate
from sync.night import sync_all
from sync.quarantine import Parked
from sync.quarantine import rows as parked
from sync.runs import Counts, RunResult

ROOT = Path(__file__).resolve().parents[2]
SYSTEMS = ("cpr", "nexus", "sbsys", "sdi", "ydi")
LANDED = ("landed", "quarantine", "identitet", "objekt", "personopslag")
"""Tables beside those of facts whose rows an unchanged sync must not touch."""


@dataclass
class Hub:
    """One store and one configuration, pointed at one town."""

    town: Path
    config: Path

    def sync(self, **how: Any) -> dict[str, RunResult]:
        """Every source and then consolidation, as `helhed sync` does; the run of each source."""
        results = {result.source: result for result in sync_all(**how)}
        consolidate()
        return results

    def process(self, *sources: str) -> "subprocess.Popen[bytes]":
        """`helhed sync` as a process of its own."""
        command = [sys.executable, "-m", "helhed.cli", "sync", *sources]
        return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)

    def rows(self, statement: str, values: Iterable[Any] | Mapping[str, Any] = ()) -> list[tuple[Any, ...]]:
        """Rows of a query, as role sync."""
        given = values if isinstance(values, Mapping) else tuple(values)
        with connect("sync") as store:
            return store.execute(statement.encode(), given or None).fetchall()

    def store(self) -> Any:
        """A connection as role sync, to spoil things by; commits when left."""
        return connect("sync")

    def quarantine(self) -> list[Parked]:
        """What is parked, oldest first."""
        return parked()

    def rows_as_they_lie(self) -> dict[str, tuple[int, str]]:
        """Number and places (ctid, xmin) of each table's rows: one rewritten row changes it."""
        places = "select count(*), coalesce(md5(string_agg(ctid::text || xmin::text, ',' order by ctid)), '') from {}"
        return {name: self.rows(places.format(name))[0] for name in (*FACT_TABLES, *LANDED)}

    def ledger(self) -> dict[str, Any]:
        """What the town says of itself."""
        return municipality.ledger(self.town)

    def status(self) -> dict[str, Any]:
        """The town's systems."""
        return municipality.status(self.town)


def written(counts: Counts) -> dict[str, int]:
    """What a run wrote in one stream."""
    return {"new": counts.new, "changed": counts.changed, "gone": counts.gone, "quarantined": counts.quarantined}


def expected(page: dict[str, Any]) -> dict[str, int]:
    """What a sync that reads everything writes of one stream's page in the ledger.

    A record that only had its time of change moved is another record; one that was parked and is mended is new.
    """
    shown: dict[str, int] = {}
    for way, counts in page["revealed"].items():
        if way in ("pull", "reconciliation"):
            for what, number in counts.items():
                shown[what] = shown.get(what, 0) + number
    return {
        "new": shown.get("new", 0) + shown.get("mended", 0),
        "changed": shown.get("changed", 0) + shown.get("touched", 0),
        "gone": shown.get("gone", 0),
    }


def names(parked: str, felt: str) -> bool:
    """Whether a reason's field is the town's, or the element around it."""
    own = re.sub(r"\[\d+\]", "", re.split(r"[./]", parked)[-1]).casefold()
    return any(part.casefold().endswith(own) for part in re.split(r"[./]", felt))


def connections(status: dict[str, Any]) -> dict[str, str]:
    """The town's doors as Airflow Connections in the environment."""
    return {f"AIRFLOW_CONN_{name.upper()}": json.dumps(connection(one)) for name, one in status["systems"].items()}


def opened(town: Path, folder: Path, patch: pytest.MonkeyPatch) -> Hub:
    """A hub with the municipality's own configuration, in the environment of this test and its processes.

    Sources whose system does not run have no endpoint: `sync(ids=...)` names those that do.
    """
    shutil.copytree(ROOT / "korsbaek" / "kommune", folder)
    status = municipality.status(town)
    for name in set(status["systems"]) & set(municipality.further()):
        if not (ROOT / "korsbaek" / "systems" / name / "source.toml").is_file():
            continue  # it has no door, and tells of itself through the index
        shutil.copy(ROOT / "korsbaek" / "systems" / name / "source.toml", folder / "sources" / f"{name}.toml")
    status["systems"] = {name: one for name, one in status["systems"].items() if one["url"]}
    variables = {**connections(status), "HELHED_CONFIG": str(folder)}
    for name, value in variables.items():
        patch.setenv(name, value)
    return Hub(town, folder)
