"""What Airflow's metadata says of a night: when it began, whether it is over, and how long it took."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

import psycopg

CONSOLIDATE = "consolidate"
ENDED = ("success", "failed")
_RUNS = """
    select r.dag_id, r.state, r.queued_at, t.start_date, t.end_date, r.end_date
    from dag_run r join task_instance t on t.dag_id = r.dag_id and t.run_id = r.run_id
    where r.queued_at >= %s and (r.dag_id like 'nightly_%%' or r.dag_id = 'consolidate')
"""
_WAITING = "select exists (select 1 from asset_dag_run_queue q where q.target_dag_id = 'consolidate')"


class Run(NamedTuple):
    """A DAG run of one task."""

    dag: str
    state: str
    wanted: datetime
    """When it was triggered, by hand or by an asset."""
    began: datetime | None = None
    """When its task began; consolidation reads what has been placed by then."""
    done: datetime | None = None
    """When its task was done; the scheduler ends the run a little later."""
    ended: datetime | None = None


def runs(metadata: str, since: datetime) -> tuple[list[Run], bool]:
    """The night's runs, and whether an asset's event waits for consolidation."""
    with psycopg.connect(metadata) as store:
        found = [Run(*row) for row in store.execute(_RUNS, (since,)).fetchall()]
        return found, store.execute(_WAITING).fetchone() == (True,)


def now(metadata: str) -> datetime:
    """The clock of Airflow's database, by which its runs are dated."""
    with psycopg.connect(metadata) as store:
        row = store.execute("select clock_timestamp()").fetchone()
        assert row is not None
        at: datetime = row[0]
        return at


def ended(found: Sequence[Run], dags: Sequence[str]) -> bool:
    """Whether each of these DAGs has run. Raises RuntimeError when one failed."""
    failed = sorted({run.dag for run in found if run.state == "failed"})
    if failed:
        raise RuntimeError(f"the night failed: {', '.join(failed)}")
    return set(dags) <= {run.dag for run in found if run.state in ENDED}


def over(found: Sequence[Run], waiting: bool) -> bool:
    """Whether all has ended, and consolidation began once more after the last source had come."""
    pulled = [run.done for run in found if run.dag != CONSOLIDATE and run.done]
    return (
        not waiting
        and all(run.state in ENDED for run in found)
        and any(run.began and pulled and run.began >= max(pulled) for run in found if run.dag == CONSOLIDATE)
    )


def took(found: Sequence[Run]) -> timedelta:
    """From when the first run was wanted to the end of the last one."""
    return max(run.ended for run in found if run.ended) - min(run.wanted for run in found)
