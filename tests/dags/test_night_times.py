"""What the benchmark of a whole night reads of Airflow's metadata, in tables with Airflow's own columns."""

import secrets
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import psycopg
import pytest

from benchmarks import dag_runs
from benchmarks.dag_runs import Run
from tests.conftest import Postgres

TEN = datetime(2026, 11, 22, 22, 0, tzinfo=UTC)


@pytest.fixture
def metadata(postgres: Postgres) -> Iterator[str]:
    from airflow.models.asset import AssetDagRunQueue
    from airflow.models.dagrun import DagRun
    from airflow.models.taskinstance import TaskInstance
    from sqlalchemy import Table
    from sqlalchemy.dialects import postgresql

    name = f"metadata_{secrets.token_hex(4)}"
    postgres.create(name)
    address = postgres.url("owner", name).replace("+psycopg", "")
    with psycopg.connect(address) as store:
        for model in (DagRun, TaskInstance, AssetDagRunQueue):
            table = model.__table__
            assert isinstance(table, Table)
            columns = ", ".join(f"{c.name} {c.type.compile(dialect=postgresql.dialect())}" for c in table.columns)
            store.execute(f"create table {table.name} ({columns})".encode())
    yield address
    postgres.drop(name)


def test_the_nights_own_runs_and_what_waits(metadata: str) -> None:
    pulled = Run("nightly_sdi", "success", TEN, *(TEN + timedelta(seconds=n) for n in (1, 9, 10)))
    waits = Run("consolidate", "queued", TEN + timedelta(seconds=9))
    others = [Run("alarm", "running", TEN), Run("retention", "queued", TEN)]
    earlier = pulled._replace(wanted=TEN - timedelta(days=1))
    with psycopg.connect(metadata) as store:
        for number, run in enumerate((pulled, waits, earlier, *others)):
            values = {"run": str(number), **run._asdict()}
            store.execute(
                "insert into dag_run (dag_id, run_id, state, queued_at, end_date)"
                " values (%(dag)s, %(run)s, %(state)s, %(wanted)s, %(ended)s)", values,
            )  # fmt: skip
            store.execute(
                "insert into task_instance (dag_id, run_id, state, start_date, end_date)"
                " values (%(dag)s, %(run)s, %(state)s, %(began)s, %(done)s)", values,
            )  # fmt: skip
    assert dag_runs.runs(metadata, TEN) == ([pulled, waits], False)
    with psycopg.connect(metadata) as store:
        store.execute("insert into asset_dag_run_queue (target_dag_id) values ('alarm')")
    assert dag_runs.runs(metadata, TEN)[1] is False
    with psycopg.connect(metadata) as store:
        store.execute("insert into asset_dag_run_queue (target_dag_id) values ('consolidate')")
    assert dag_runs.runs(metadata, TEN)[1] is True
    assert dag_runs.now(metadata).tzinfo is not None
