"""An airflow DAG written by hand: copy it when a source needs more than nightly_dag gives.

It asks the benefits index again at noon on weekdays, then consolidates, so that payments decided in the
morning show after lunch. It is paused until somebody wants it.
"""

from datetime import timedelta

from airflow.sdk import CronTriggerTimetable, chain, dag, task

from dags.asking import ZONE
from dags.nightly import AT_ITS_HOUR
from dags.patience import RETRIES

SOURCE = "ydi"


@dag(
    dag_id="example_midday_ydelser",
    dag_display_name="Eksempel: ydelser midt på dagen",
    schedule=CronTriggerTimetable("0 12 * * 1-5", timezone=ZONE, run_immediately=AT_ITS_HOUR),
    catchup=False,
    max_active_runs=1,
    is_paused_upon_creation=True,
    tags=["eksempel"],
    default_args={"owner": "Helhed"} | RETRIES,
)
def example_midday_ydelser() -> None:
    """Pull one source, then consolidate: two tasks, in that order."""

    @task(pool=f"kilde_{SOURCE}", execution_timeout=timedelta(hours=1))
    def pull() -> dict[str, object]:
        """Counts of what the source held and what changed."""
        from dags.work import pull_source

        return pull_source(SOURCE)

    @task(execution_timeout=timedelta(hours=1))
    def merge() -> dict[str, int]:
        """Consolidate what was pulled."""
        from dags.work import consolidate_store

        return consolidate_store()

    chain(pull(), merge())


example_midday_ydelser()
