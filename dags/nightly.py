"""nightly_dag(source): the airflow DAG that brings one source instance up to date every night."""

from datetime import timedelta
from typing import Any

from airflow.sdk import DAG, Asset, CronTriggerTimetable, dag, task

from dags.asking import ZONE, params
from dags.patience import RETRIES
from helhed.settings import Source

AT_ITS_HOUR = timedelta(0)
"""A DAG that is switched on waits for its hour: False would still run one that was due within a tenth of its period."""


def pool_of(source: Source) -> str:
    """The name of the pool, of one slot, in which runs of this source wait for each other."""
    return f"kilde_{source.id}"


def asset_of(source: str) -> Asset:
    """The asset that a finished pull of a source updates; its events carry counts, never personal data."""
    return Asset(name=f"helhed_{source}", uri=f"helhed://kilde/{source}", group="helhed")


def nightly_dag(source: Source) -> DAG:
    """One DAG with one coarse task: pull the source, land, place. Counts are its result (XCom).

    Started by hand it takes params: everything again, or a period. Airflow's own backfill brings each of its nights'
    changes again, and updates the asset like any night, so that consolidation follows.
    """

    @dag(
        dag_id=f"nightly_{source.id}",
        dag_display_name=f"Hent fra {source.navn}",
        description=f"{source.leverandoer}. Systemejer: {source.systemejer}.",
        doc_md=_doc(source),
        schedule=CronTriggerTimetable(source.tidsplan, timezone=ZONE, run_immediately=AT_ITS_HOUR),
        catchup=False,
        max_active_runs=1,
        tags=["natlig", source.connector, source.leverandoer],
        params=params(),
        default_args={"owner": source.systemejer} | RETRIES,
    )
    def nightly() -> None:
        @task(
            pool=pool_of(source),
            outlets=[asset_of(source.id)],
            execution_timeout=timedelta(hours=4),
            task_display_name="Hent og placér",
        )
        def pull(params: Any = None, dag_run: Any = None, outlet_events: Any = None) -> dict[str, Any]:
            """Bring the source up to date; red when anything is missing, with the reason in one line."""
            from dags.work import pull_source  # heavy imports stay out of parsing

            backfill = dag_run.run_type == "backfill"
            counts = pull_source(source.id, params, dag_run.logical_date, source.tidsplan, backfill=backfill)
            outlet_events[asset_of(source.id)].extra = counts
            return counts

        pull()

    built: DAG = nightly()
    return built


def _doc(source: Source) -> str:
    """What airflow shows about the DAG."""
    return f"""**Formål:** {source.formaal}

**Hjemmel:** {source.hjemmel}

**Systemejer:** {source.systemejer}, {source.kontakt}

**Hent alt igen** eller **en periode:** start en kørsel og udfyld formularen.

**Backfill:** for hver nat i perioden hentes det igen, som kilden har registreret siden natten før. Intet lukkes, og
den næste nat begynder, hvor den ellers ville. Kilder, der kun kan svare på, hvad de har nu, springer nætterne over.
"""
