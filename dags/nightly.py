"""nightly_dag(source): the airflow DAG that brings one source instance up to date every night."""

from datetime import timedelta
from typing import Any

from airflow.sdk import DAG, Asset, CronTriggerTimetable, dag, task

from helhed.settings import Source

ZONE = "Europe/Copenhagen"
AT_ITS_HOUR = timedelta(0)
"""A DAG that is switched on waits for its hour: False would still run one that was due within a tenth of its period."""


def pool_of(source: Source) -> str:
    """The name of the pool that bounds how many tasks knock on this source's vendor at once."""
    return f"kilde_{source.id}"


def asset_of(source: str) -> Asset:
    """The asset that a finished pull of a source updates; its events carry counts, never personal data."""
    return Asset(name=f"helhed_{source}", uri=f"helhed://kilde/{source}", group="helhed")


def nightly_dag(source: Source) -> DAG:
    """One DAG with one coarse task: pull the source, land, place. Counts are its result (XCom)."""

    @dag(
        dag_id=f"nightly_{source.id}",
        dag_display_name=f"Hent fra {source.navn}",
        description=f"{source.leverandoer}. Systemejer: {source.systemejer}.",
        doc_md=f"**Formål:** {source.formaal}\n\n**Hjemmel:** {source.hjemmel}\n\n**Kontakt:** {source.kontakt}",
        schedule=CronTriggerTimetable(source.tidsplan, timezone=ZONE, run_immediately=AT_ITS_HOUR),
        catchup=False,
        max_active_runs=1,
        tags=["natlig", source.connector, source.leverandoer],
        default_args={"owner": source.systemejer, "retries": 2, "retry_delay": timedelta(minutes=20)},
    )
    def nightly() -> None:
        @task(
            pool=pool_of(source),
            outlets=[asset_of(source.id)],
            execution_timeout=timedelta(hours=4),
            task_display_name="Hent og placér",
        )
        def pull(outlet_events: Any = None) -> dict[str, Any]:
            """Bring the source up to date; red when anything is missing, with the reason in one line."""
            from dags.work import pull_source  # heavy imports stay out of parsing

            counts = pull_source(source.id)
            outlet_events[asset_of(source.id)].extra = counts
            return counts

        pull()

    built: DAG = nightly()
    return built
