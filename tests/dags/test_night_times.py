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
    from sqlalchemy import Table
    from sqlalchemy.dialects import postgresql

    name = f"metadata_{secrets.token_hex(4)}"
    postgres.create(name)
    address = postgres.url("owner", name).replace("+psycopg", "")
    with psycopg.connect(address) as store:
        for model in (DagRun, AssetDagRunQueue):
            table = model.__table__
            assert isinstance(table, Table)
            columns = ", ".join(f"{c.name} {c.type.compile(dialect=postgresql.dialect())}" for c in table.columns)
            store.execute(f"create table {table.name} ({columns})".encode())
    yield address
    postgres.drop(name)


def test_the_nights_own_runs_and_what_waits(metadata: str) -> None:
    pulled = Run("nightly_sdi", "success", TEN, TEN + timedelta(seconds=1), TEN + timedelta(seconds=9))
    waits = Run("consolidate", "queued", TEN + timedelta(seconds=9))
    others = [Run("alarm", "running", TEN), Run("retention", "queued", TEN)]
    earlier = pulled._replace(wanted=TEN - timedelta(days=1))
    with psycopg.connect(metadata) as store:
        for run in (pulled, waits, earlier, *others):
            store.execute(
                "insert into dag_run (dag_id, state, queued_at, start_date, end_date) values (%s, %s, %s, %s, %s)", run
            )
    assert dag_runs.runs(metadata, TEN) == ([pulled, waits], False)
    with psycopg.connect(metadata) as store:
        store.execute("insert into asset_dag_run_queue (target_dag_id) values ('alarm')")
    assert dag_runs.runs(metadata, TEN)[1] is False
    with psycopg.connect(metadata) as store:
        store.execute("insert into asset_dag_run_queue (target_dag_id) values ('consolidate')")
    assert dag_runs.runs(metadata, TEN)[1] is True
    assert dag_runs.now(metadata).tzinfo is not None
