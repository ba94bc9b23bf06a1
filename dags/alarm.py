"""The airflow DAG that raises the alarm: what is broken opens an incident, and its owner is told by mail.

Every run of a source reviews its own incidents. This one does it on a clock for what no run can see (a source that
never ran, a certificate that expires, a file that cannot be read), and sends the mails. A pull that lands wakes it.
"""

from datetime import timedelta
from functools import reduce
from operator import or_

from airflow.sdk import AssetOrTimeSchedule, CronTriggerTimetable, chain, dag, task

from dags.nightly import AT_ITS_HOUR, asset_of
from helhed.settings import sources

_clock = CronTriggerTimetable("*/10 * * * *", timezone="Europe/Copenhagen", run_immediately=AT_ITS_HOUR)
_assets = [asset_of(source) for source in sources().good]


@dag(
    dag_id="alarm",
    dag_display_name="Slå alarm",
    description="Åbner og lukker hændelser, og skriver til systemejeren om dem.",
    schedule=AssetOrTimeSchedule(timetable=_clock, assets=reduce(or_, _assets)) if _assets else _clock,
    catchup=False,
    max_active_runs=1,
    tags=["alarm"],
    default_args={"owner": "Helhed", "retries": 2, "retry_delay": timedelta(minutes=2)},
)
def alarm() -> None:
    """Two tasks: look, and tell. That the first fails keeps nobody from being told what is known already."""

    @task(execution_timeout=timedelta(minutes=30), task_display_name="Se efter")
    def look() -> dict[str, int]:
        """Incidents opened, raised and closed, in counts."""
        from dags.post import review_sources

        return review_sources()

    @task(execution_timeout=timedelta(minutes=30), task_display_name="Skriv til ejerne", trigger_rule="all_done")
    def tell() -> dict[str, int]:
        """Mails that the mail server took, and those for which nobody's address is known."""
        from dags.post import send_mails

        return send_mails()

    chain(look(), tell())


alarm()
