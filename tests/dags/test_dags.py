"""The DAGs: one for each source, parsed without a query or a connection, and the same twice."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
SOURCES = {"cpr", "nexus", "sbsys", "sdi", "ydi"}


@pytest.fixture
def config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    home = tmp_path / "airflow"
    home.mkdir()
    monkeypatch.setenv("AIRFLOW_HOME", os.environ.setdefault("AIRFLOW_HOME", str(home)))
    monkeypatch.setenv("AIRFLOW__CORE__LOAD_EXAMPLES", "False")
    shutil.copytree(ROOT / "korsbaek" / "kommune", tmp_path / "config")
    monkeypatch.setenv("HELHED_CONFIG", str(tmp_path / "config"))
    monkeypatch.setenv("HELHED_DATABASE_URL", "postgresql+psycopg://nobody@127.0.0.1:1/none")
    yield tmp_path / "config"


def bag() -> Any:
    from airflow.dag_processing.dagbag import DagBag

    return DagBag(dag_folder=str(ROOT / "dags"))


def test_every_source_has_its_dag_and_nothing_fails_to_parse(config: Path) -> None:
    found = bag()
    assert found.import_errors == {}
    others = {"alarm", "consolidate", "retention", "example_midday_ydelser"}
    assert set(found.dags) == {f"nightly_{s}" for s in SOURCES} | others


def test_a_broken_source_file_removes_no_other_dag(config: Path) -> None:
    (config / "sources" / "sbsys.toml").write_text("connector = ", encoding="utf-8")
    found = bag()
    assert found.import_errors == {}
    assert {d for d in found.dags if d.startswith("nightly_")} == {f"nightly_{s}" for s in SOURCES - {"sbsys"}}


def test_every_dag_keeps_the_house_rules(config: Path) -> None:
    for dag in bag().dags.values():
        assert dag.max_active_runs == 1
        assert not dag.catchup
        assert dag.dag_display_name != dag.dag_id
        assert dag.tags
        for task in dag.tasks:
            assert task.retries >= 1
            assert task.execution_timeout is not None
            assert task.owner != "airflow"
            if dag.dag_id.startswith("nightly_"):
                assert task.pool == f"kilde_{dag.dag_id.removeprefix('nightly_')}"


def test_parsing_twice_gives_the_same(config: Path) -> None:
    from airflow.serialization.serialized_objects import DagSerialization

    first = {k: DagSerialization.to_dict(d) for k, d in bag().dags.items()}
    assert first == {k: DagSerialization.to_dict(d) for k, d in bag().dags.items()}


def test_what_tasks_need_is_imported_without_a_thread_or_a_connection(config: Path) -> None:
    """The fork server's children could use neither; a connector that breaks stops nobody else."""
    (config / "connectors" / "broken").mkdir(parents=True)
    (config / "connectors" / "broken" / "__init__.py").write_text("1 / 0\n", encoding="utf-8")
    sheet = (config / "sources" / "sbsys.toml").read_text(encoding="utf-8")
    broken = "\n".join('connector = "broken"' if x.startswith("connector") else x for x in sheet.splitlines())
    (config / "sources" / "sbsys.toml").write_text(broken, encoding="utf-8")
    told = subprocess.run(
        [sys.executable, "-c", "import dags.ready, sys, threading; print(threading.active_count(), *sys.modules)"],
        env=os.environ | {"HELHED_CONNECTORS": str(config / "connectors"), "PYTHONPATH": str(ROOT)},
        cwd=ROOT, capture_output=True, text=True, check=True,
    ).stdout.split()  # fmt: skip
    needed = {
        "sync.night",
        "sync.consolidate",
        "sync.incidents.outbox",
        "connectors.cpr",
        "connectors.kmd_nexus",
        "zeep",
    }
    assert told[0] == "1"
    assert needed <= set(told[1:])
