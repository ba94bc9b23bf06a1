"""The airflow DAG that consolidates: woken by any source that has landed, and by the clock as a safety net.

It works from its own watermark in the store, so a lost or doubled asset event does no harm (decision 10).
"""

from datetime import timedelta
from functools import reduce
from operator import or_

from airflow.sdk import AssetOrTimeSchedule, CronTriggerTimetable, dag, task

from dags.asking import ZONE
from dags.nightly import AT_ITS_HOUR, asset_of
from helhed.settings import sources

_clock = CronTriggerTimetable("30 5 * * *", timezone=ZONE, run_immediately=AT_ITS_HOUR)
_assets = [asset_of(source) for source in sources().good]


@dag(
    dag_id="consolidate",
    dag_display_name="Saml borgerne",
    description="Vælger gældende navn og adresse, samler beskyttelse fra alle kilder og opdaterer søgningen.",
    schedule=AssetOrTimeSchedule(timetable=_clock, assets=reduce(or_, _assets)) if _assets else _clock,
    catchup=False,
    max_active_runs=1,
    tags=["samling"],
    default_args={"owner": "Helhed", "retries": 2, "retry_delay": timedelta(minutes=5)},
)
def consolidate() -> None:
    """One task; what it did is its result, in counts."""

    @task(execution_timeout=timedelta(hours=1), task_display_name="Saml")
    def merge() -> dict[str, int]:
        """Consolidate everything that changed since the watermark."""
        from dags.work import consolidate_store

        return consolidate_store()

    merge()


consolidate()
