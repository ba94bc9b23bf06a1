"""The embedded server: made once, started and stopped at will, closed to strangers, silent about people."""

import os
import shutil
import stat
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg
import pytest
from typer.testing import CliRunner

from helhed import database, unprivileged
from helhed.commands import db

if TYPE_CHECKING:
    from tests.conftest import Postgres

SECRET = "kodeord-der-ikke-maa-ses"


@pytest.fixture
def folder() -> Iterator[Path]:
    made = Path(tempfile.mkdtemp(prefix="helhed-test-"))
    made.chmod(0o711)
    yield made
    database.down(made / "db")
    shutil.rmtree(made, ignore_errors=True)


def _address(url: str) -> str:
    return url.replace("+psycopg2", "").replace("+psycopg", "")


def test_up_twice_down_and_up_again_keeps_everything(folder: Path) -> None:
    first = database.up(folder / "db", options={"fsync": "off"})
    urls = database.urls(folder / "db")
    with psycopg.connect(_address(urls["owner"])) as connection:
        connection.execute("create table kept (id int)")
    assert database.up(folder / "db") == first
    assert database.down(folder / "db")
    assert not database.down(folder / "db")
    assert not database.status(folder / "db").running
    again = database.up(folder / "db", options={"fsync": "off"})
    assert (again.port, database.urls(folder / "db")) == (first.port, urls)
    with psycopg.connect(_address(urls["owner"])) as connection:
        assert connection.execute("select count(*) from kept").fetchone() == (0,)


def test_a_taken_port_is_not_fatal_unless_it_was_asked_for(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import socket

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        (folder / "db").mkdir()
        (folder / "db" / "port").write_text(str(port))
        assert database.up(folder / "db", options={"fsync": "off"}).port != port
        database.down(folder / "db")
        monkeypatch.setenv("HELHED_DB_PORT", str(port))
        with pytest.raises(database.DatabaseError, match="HELHED_DB_PORT"):
            database.up(folder / "db")


def test_files_are_closed_and_only_loopback_listens(postgres: "Postgres") -> None:
    for name in ("urls.json", "superuser"):
        assert stat.S_IMODE((postgres.folder / name).stat().st_mode) == 0o600
    user = unprivileged.user(postgres.folder, database.binaries())
    assert stat.S_IMODE(user.cluster.stat().st_mode) == 0o700
    assert user.cluster.stat().st_uid != 0
    with psycopg.connect(postgres.admin) as connection:
        told: dict[str, str] = dict(
            connection.execute(
                "select name, setting from pg_settings where name in"
                " ('listen_addresses', 'jit', 'TimeZone', 'password_encryption')"
            ).fetchall()
        )
    assert told == {
        "listen_addresses": "127.0.0.1",
        "jit": "off",
        "TimeZone": "UTC",
        "password_encryption": "scram-sha-256",
    }


@pytest.mark.parametrize("database_name", ["helhed", "airflow", "postgres", "template1"])
def test_nobody_comes_in_without_the_password_or_into_what_is_not_theirs(
    postgres: "Postgres", database_name: str
) -> None:
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(_address(postgres.urls["view"]).replace("helhed_view:", "helhed_view:x"))
    theirs = {"helhed": "airflow", "airflow": "view", "postgres": "owner", "template1": "sync"}[database_name]
    with pytest.raises(psycopg.OperationalError, match="permission denied"):
        psycopg.connect(_address(postgres.url(theirs, database_name)))


def test_the_log_holds_no_statement_and_no_value(postgres: "Postgres", store: dict[str, str]) -> None:
    with psycopg.connect(_address(store["owner"]), autocommit=True) as connection:
        for statement in (f"select '{SECRET}'::uuid", f"select '{SECRET}' from nowhere"):
            with pytest.raises(psycopg.Error):
                connection.execute(statement)
        insert = "insert into kilde (id, connector) values (%s, null)"
        with pytest.raises(psycopg.errors.NotNullViolation):
            connection.execute(insert, (SECRET,))
    log = unprivileged.user(postgres.folder, database.binaries()).log.read_text()
    assert "ready to accept connections" in log
    assert SECRET not in log


@pytest.mark.skipif(os.geteuid() != 0, reason="only root has to step down")
def test_root_keeps_its_cluster_where_the_server_can_reach_it(folder: Path) -> None:
    closed = folder / "closed"
    closed.mkdir(mode=0o700)
    user = unprivileged.user(closed, database.binaries())
    assert user.cluster.is_relative_to("/var/lib/helhed")
    assert user.run("pg_ctl", "--version").returncode == 0
    assert unprivileged.user(closed, database.binaries()) == user
    shutil.rmtree(closed)
    closed.mkdir(mode=0o700)
    other = unprivileged.user(closed, database.binaries())
    assert other.cluster != user.cluster, "a new home is a new cluster, whose password it knows"
    user.cluster.rmdir()
    other.cluster.rmdir()


def test_the_command_says_what_is_so(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HELHED_HOME", str(folder))
    for role in ("HELHED_OWNER_DATABASE_URL", "HELHED_DATABASE_URL", "HELHED_VIEW_DATABASE_URL"):
        monkeypatch.delenv(role, raising=False)
    run = CliRunner()
    assert run.invoke(db.app, ["status"]).exit_code == 3
    up = run.invoke(db.app, ["up"])
    assert up.exit_code == 0, up.output
    assert "127.0.0.1" in up.output
    assert run.invoke(db.app, ["status", "--json"]).exit_code == 0
    with psycopg.connect(_address(database.urls()["view"])) as connection:
        connection.execute("select * from person")
    assert "stopped" in run.invoke(db.app, ["down"]).output
    up = run.invoke(db.app, ["up"], env={"HELHED_DB_PORT": "x"})
    assert up.exit_code == 1
    assert len(up.output.strip().splitlines()) == 1
