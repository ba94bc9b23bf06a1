"""A server of the municipality's own: roles, databases and schema by the commands that docker/compose.yaml calls."""

import secrets

import psycopg
import pytest
from typer.testing import CliRunner

from canonical_model.store import engine
from helhed.commands.db import app
from tests.conftest import VARIABLES, Postgres

URLS = {**VARIABLES, "airflow": "HELHED_AIRFLOW_DATABASE_URL"}


@pytest.fixture
def own(postgres: Postgres, monkeypatch: pytest.MonkeyPatch) -> str:
    for role, variable in URLS.items():
        monkeypatch.setenv(variable, postgres.urls[role])
    monkeypatch.setenv("HELHED_ADMIN_DATABASE_URL", postgres.admin)
    return postgres.admin


def test_roles_twice_are_fine_and_a_lost_database_comes_back(own: str) -> None:
    with psycopg.connect(own, autocommit=True) as server:
        server.execute("drop database if exists helhed with (force)")
        for _ in range(2):
            done = CliRunner().invoke(app, ["roles"])
            assert done.exit_code == 0, done.output
        assert server.execute("select count(*) from pg_database where datname = 'helhed'").fetchone() == (1,)


def test_migrate_brings_an_empty_database_up_to_date(
    own: str, postgres: Postgres, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = f"own_{secrets.token_hex(4)}"
    postgres.create(name)
    monkeypatch.setenv(URLS["owner"], postgres.url("owner", name))
    done = CliRunner().invoke(app, ["migrate"])
    assert done.exit_code == 0, done.output
    with engine("owner").connect() as store:
        assert store.exec_driver_sql("select count(*) from kilde").scalar() == 0
    engine("owner").dispose()
    postgres.drop(name)


@pytest.mark.parametrize(
    ("variable", "value", "told"),
    [
        ("HELHED_ADMIN_DATABASE_URL", "", "HELHED_ADMIN_DATABASE_URL is missing"),
        ("HELHED_DATABASE_URL", "postgresql+psycopg://helhed_sync@127.0.0.1/helhed", "needs a password"),
        ("HELHED_ADMIN_DATABASE_URL", "postgresql://a:hemmeligt@127.0.0.1:1/postgres", "refuses its administrator"),
    ],
)
def test_what_is_missing_is_one_line_without_a_password(
    own: str, monkeypatch: pytest.MonkeyPatch, variable: str, value: str, told: str
) -> None:
    monkeypatch.setenv(variable, value)
    done = CliRunner().invoke(app, ["roles"])
    assert done.exit_code == 1 and told in done.output and "hemmeligt" not in done.output
