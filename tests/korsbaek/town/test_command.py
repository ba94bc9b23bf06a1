"""helhed korsbaek: what people and machines see, and the configuration that it leaves behind."""

import json
import os
from pathlib import Path

import pytest
from typer.testing import CliRunner

from helhed.commands.korsbaek import app
from helhed.settings import connection, load_home_environment, sources
from korsbaek.landscape import place
from korsbaek.setting import SYSTEMS

TOWN = (*SYSTEMS, *place.names())
WITH_A_DOOR = {*SYSTEMS, *(name for name in place.names() if (place.SYSTEMS / name / "source.toml").is_file())}
"""Those that the hub reads; the others send to the index."""


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HELHED_HOME", str(tmp_path))
    monkeypatch.delenv("HELHED_CONFIG", raising=False)
    for system in TOWN:
        monkeypatch.setenv(f"AIRFLOW_CONN_{system.upper()}", "")  # so that it is restored afterwards
        monkeypatch.delenv(f"AIRFLOW_CONN_{system.upper()}")
    return tmp_path


def test_up_night_ledger_down(home: Path) -> None:
    run = CliRunner()
    none = run.invoke(app, ["status"])
    assert none.exit_code == 1 and none.output.count("\n") == 1
    try:
        up = run.invoke(app, ["up", "--citizens", "60", "--seed", "7", "--json"])
        assert up.exit_code == 0, up.output
        assert all(system["alive"] for system in json.loads(up.stdout)["systems"].values())
        night = run.invoke(app, ["night", "--json"])
        assert json.loads(night.stdout)["night"] == 1
        ledger = json.loads(run.invoke(app, ["ledger", "--json"]).stdout)
        assert ledger["nights"][0] == json.loads(night.stdout)
        assert "reconciliation" in run.invoke(app, ["ledger"]).output
    finally:
        assert run.invoke(app, ["down"]).exit_code == 0
    assert not any(s["alive"] for s in json.loads(run.invoke(app, ["status", "--json"]).stdout)["systems"].values())

    load_home_environment()
    assert (home / "env").stat().st_mode & 0o077 == 0
    assert sources().bad == [] and set(sources().good) == WITH_A_DOOR
    sbsys, cpr = connection("sbsys"), connection("cpr")
    assert sbsys.login and sbsys.password and sbsys.extra["token_url"].startswith(sbsys.url)
    assert all(Path(cpr.extra[name]).is_file() for name in ("cert", "key", "ca"))
    for system in TOWN:
        os.environ.pop(f"AIRFLOW_CONN_{system.upper()}", None)
