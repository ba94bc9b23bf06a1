"""The airflow DAG that erases: every morning, what sources have deleted and what has been kept long enough."""

from datetime import timedelta

from airflow.sdk import CronTriggerTimetable, dag, task

from dags.asking import ZONE
from dags.nightly import AT_ITS_HOUR


@dag(
    dag_id="retention",
    dag_display_name="Slet det udløbne",
    description="Sletter fysisk, hvad kilderne har slettet, og hvad der er gemt længe nok. Opslagsloggen bliver.",
    schedule=CronTriggerTimetable("15 6 * * *", timezone=ZONE, run_immediately=AT_ITS_HOUR),
    catchup=False,
    max_active_runs=1,
    tags=["sletning"],
    default_args={"owner": "Helhed", "retries": 2, "retry_delay": timedelta(minutes=20)},
)
def retention() -> None:
    """One task; how many rows left each place is its result."""

    @task(execution_timeout=timedelta(hours=2), task_display_name="Slet")
    def erase() -> dict[str, int]:
        """Erase what is due, in chunks that commit by themselves."""
        from dags.work import erase_store

        return erase_store()

    erase()


retention()
