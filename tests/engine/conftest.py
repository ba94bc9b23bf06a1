"""Airflow on CeleryExecutor with Redis, PostgreSQL and two workers, beside a town; for the whole of this folder."""

import os
import secrets
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

os.environ.setdefault("AIRFLOW_HOME", tempfile.mkdtemp(prefix="helhed-airflow-"))

import pytest
from cryptography.fernet import Fernet

from canonical_model.store import engine as store_engine
from helhed.airflow_workers import running
from tests.conftest import VARIABLES, Postgres
from tests.engine.engine import Engine
from tests.korsbaek_town import RunningTown
from tests.ports import free_port
from tests.way.hub import opened

CITIZENS = 200


@pytest.fixture(scope="session")
def engine(
    postgres: Postgres,
    migrated: str,
    make_town: Callable[..., RunningTown],
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Engine]:
    """Two workers, w1 and w2, of one task each, and a town whose clock the hub shares."""
    if shutil.which("redis-server") is None:
        line = "redis-server is missing (Debian: apt-get install redis-server)."
        pytest.fail(line) if os.environ.get("CI") else pytest.skip(line)
    folder = tmp_path_factory.mktemp("engine")
    name = f"engine_{secrets.token_hex(4)}"
    with pytest.MonkeyPatch.context() as patch:
        for role, variable in VARIABLES.items():
            patch.setenv(variable, postgres.url(role, name))
        patch.setenv("HELHED_HOME", str(folder))
        patch.setenv("HELHED_KEY", Fernet.generate_key().decode())
        patch.setenv("HELHED_AIRFLOW_DATABASE_URL", postgres.urls["airflow"])
        # CPR does not say when a number was replaced, so the hub's clock stands in its virkning.
        patch.setenv("HELHED_NOW", "2026-11-22T03:00:00+01:00")
        town = make_town(CITIZENS)
        opened(town.folder, folder / "config", patch)
        one_call_at_a_time(folder / "config" / "sources")
        postgres.create(name, migrated)
        with running(free_port(), 2) as workers:
            yield Engine(workers, town, postgres, migrated, name)
        for role in VARIABLES:
            store_engine(role).dispose()  # type: ignore[arg-type]
        postgres.drop(name)


def one_call_at_a_time(sources: Path) -> None:
    """Vendors who take one call at a time and give twenty objects a page: what a night waits for, not computes."""
    for path in sources.iterdir():
        text = path.read_text(encoding="utf-8").replace("page_size = 500", "page_size = 20")
        text = text.replace("page_size = 200", "page_size = 20")
        path.write_text("concurrency = 1\n" + text, encoding="utf-8")
