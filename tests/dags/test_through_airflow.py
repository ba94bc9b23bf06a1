"""Params and Airflow's own backfill, through its scheduler, bring what `helhed sync` brings, and say so by asset."""

import re
import secrets
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from cryptography.fernet import Fernet

from canonical_model.export import Digest, digest
from canonical_model.store import engine
from helhed.airflow_api import PATIENCE, AirflowApi
from helhed.airflow_parts import AirflowParts, prepared_for
from korsbaek import municipality
from sync.database import connect, one_value
from sync.night import sync_source
from tests.conftest import VARIABLES, Postgres
from tests.korsbaek_town import RunningTown
from tests.ports import free_port
from tests.way.hub import opened

pytestmark = pytest.mark.full

DANISH = ZoneInfo("Europe/Copenhagen")
MONTHLY = "0 1 1 * *"
NIGHTS = [datetime(2025, month, 1, 1, tzinfo=DANISH) for month in (4, 5, 6)]
"""The nights of the backfill, and what they are to bring: from the hour before the night before the first."""
SINCE, UNTIL = datetime(2025, 3, 1, 0, tzinfo=DANISH), NIGHTS[-1]
DONE = ("success", "failed")


@contextmanager
def a_store(postgres: Postgres, migrated: str) -> Iterator[None]:
    """A fresh store in the environment, until the block ends."""
    name = f"airflow_{secrets.token_hex(4)}"
    postgres.create(name, migrated)
    with pytest.MonkeyPatch.context() as patch:
        for role, variable in VARIABLES.items():
            patch.setenv(variable, postgres.url(role, name))
        yield
        for role in VARIABLES:
            engine(role).dispose()  # type: ignore[arg-type]
    postgres.drop(name)


@pytest.fixture(scope="module")
def parts(
    postgres: Postgres,
    migrated: str,
    make_town: Callable[..., RunningTown],
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[AirflowParts]:
    """Airflow beside a town with an index that can tell of a period and a system that cannot."""
    folder = tmp_path_factory.mktemp("airflow")
    with pytest.MonkeyPatch.context() as patch, a_store(postgres, migrated):
        patch.setenv("HELHED_HOME", str(folder))
        patch.setenv("HELHED_KEY", Fernet.generate_key().decode())
        town = make_town(60, 7, datetime(2026, 3, 2).date())
        opened(town.folder, folder / "config", patch)
        for path in (folder / "config" / "sources").iterdir():
            if path.stem not in ("sdi", "sbsys"):
                path.unlink()
                continue
            text, many = re.subn(r"(?m)^tidsplan = .*$", f'tidsplan = "{MONTHLY}"', path.read_text())
            assert many == 1
            path.write_text(text)
        _made_ready_elsewhere(patch, folder / "airflow" / "prepared.json")
        patch.setenv("HELHED_AIRFLOW_DATABASE_URL", postgres.urls["airflow"])
        made = AirflowParts(free_port(), print)
        # A DAG that is parsed again after a backfill may run its last night at once, as it may after any run.
        made.env["AIRFLOW__DAG_PROCESSOR__MIN_FILE_PROCESS_INTERVAL"] = "3600"
        with made:
            yield made
        municipality.down(town.folder)
        shutil.rmtree(folder, ignore_errors=True)


def _made_ready_elsewhere(patch: pytest.MonkeyPatch, left: Path) -> None:
    """As a home is left whose metadata lay in another database, which says nothing of this one."""
    patch.setenv("HELHED_AIRFLOW_DATABASE_URL", "postgresql+psycopg2://airflow@127.0.0.1:1/airflow")
    left.parent.mkdir(parents=True)
    left.write_text(prepared_for())


@pytest.fixture(scope="module")
def api(parts: AirflowParts) -> AirflowApi:
    found = AirflowApi(parts.base, parts.password())
    for dag in ("nightly_sdi", "nightly_sbsys", "consolidate"):
        found.wait_for_dag(dag)
        found.unpause(dag)
    return found


def runs(api: AirflowApi, dag: str) -> list[dict[str, Any]]:
    reply = api.session.get(f"{api.base}/dags/{dag}/dagRuns", timeout=PATIENCE)
    reply.raise_for_status()
    found: list[dict[str, Any]] = reply.json()["dag_runs"]
    return found


def tasks(api: AirflowApi, dag: str) -> list[str]:
    reply = api.session.get(f"{api.base}/dags/{dag}/dagRuns/~/taskInstances", timeout=PATIENCE)
    reply.raise_for_status()
    return sorted(str(one["state"]) for one in reply.json()["task_instances"])


def until(holds: Callable[[], bool], what: str, seconds: float = 150) -> None:
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, what
        time.sleep(0.3)


def backfill(api: AirflowApi, dag: str) -> None:
    given = {
        "dag_id": dag,
        "from_date": NIGHTS[0].isoformat(),
        "to_date": NIGHTS[-1].isoformat(),
        "max_active_runs": 3,
    }
    api.session.post(f"{api.base}/backfills", json=given, timeout=PATIENCE).raise_for_status()
    until(
        lambda: [r["state"] in DONE for r in runs(api, dag)] == [True] * len(NIGHTS),
        f"the backfill of {dag} did not end: {[r['state'] for r in runs(api, dag)]}",
    )


def brought(postgres: Postgres, migrated: str, **how: Any) -> Digest:
    """What `helhed sync` brings to a fresh store when it is asked the same."""
    with a_store(postgres, migrated):
        assert sync_source("sdi", **how).state == "succeeded"
        return digest()


def held(statement: str) -> Any:
    with connect() as connection:
        return one_value(connection, statement)


@pytest.mark.timeout(400)
def test_a_backfill_brings_its_nights_and_wakes_consolidation(
    api: AirflowApi, postgres: Postgres, migrated: str
) -> None:
    """Three runs of one source at once wait for each other; the cursor stays where it was."""
    backfill(api, "nightly_sdi")
    assert tasks(api, "nightly_sdi") == ["success"] * 3
    assert digest() == brought(postgres, migrated, since=SINCE, until=UNTIL)
    assert digest().rows > 20
    assert held("select count(*) from stream_state where cursor is not null or complete_as_of is not null") == 0
    assert held("select count(*) from run where state = 'succeeded' and cause = 'backfill'") == 3
    events = api.session.get(f"{api.base}/assets/events", params={"source_dag_id": "nightly_sdi"}, timeout=PATIENCE)
    assert len(events.json()["asset_events"]) == 3
    until(lambda: bool(held("select count(*) from personopslag")), "nothing woke consolidation")


@pytest.mark.timeout(400)
def test_a_source_that_knows_only_its_present_skips_the_nights(api: AirflowApi) -> None:
    """Not thirty identical reads."""
    backfill(api, "nightly_sbsys")
    assert tasks(api, "nightly_sbsys") == ["skipped"] * 3
    assert held("select count(*) from landed where source = 'sbsys'") == 0


@pytest.mark.timeout(400)
def test_full_by_params_brings_everything_and_waits_while_another_run_is_under_way(
    api: AirflowApi, postgres: Postgres, migrated: str
) -> None:
    from sync.runs import alone

    with connect() as other, alone(other, "sdi"):
        run = api.trigger("nightly_sdi", {"full": True})
        until(lambda: "up_for_reschedule" in tasks(api, "nightly_sdi"), "the busy source was not waited for")
        assert api.state("nightly_sdi", run) == "running"
    # Its two minutes are up at once.
    api.session.post(
        f"{api.base}/dags/nightly_sdi/clearTaskInstances",
        json={"dry_run": False, "dag_run_id": run, "only_failed": False, "task_ids": ["pull"]},
        timeout=PATIENCE,
    ).raise_for_status()
    until(lambda: api.state("nightly_sdi", run) in DONE, "the full read did not end")
    assert api.state("nightly_sdi", run) == "success"
    full = brought(postgres, migrated, full=True)
    assert digest() == full and full.rows > 100
    refused = api.session.post(
        f"{api.base}/dags/nightly_sdi/dagRuns",
        json={"logical_date": None, "conf": {"since": "i forgårs"}},
        timeout=PATIENCE,
    )
    assert refused.status_code in (400, 422)
