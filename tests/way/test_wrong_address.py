"""The two mistakes that a new engineer makes first stop their own source only, and say what to do in one line."""

import json
import re

import pytest

from helhed.settings import sources
from tests.way.hub import Hub

pytestmark = pytest.mark.usefixtures("impatient")


def one_line(text: str | None) -> str:
    """The text, being one line of sensible length without anybody's number."""
    assert text and "\n" not in text and len(text) < 400
    assert not re.search(r"\d{10}", text)
    return text


@pytest.mark.parametrize("wrong", ["path", "port", "scheme", "secret"])
def test_a_wrong_door_stops_its_own_source_only(hub: Hub, monkeypatch: pytest.MonkeyPatch, wrong: str) -> None:
    door = hub.status()["systems"]["sbsys"]
    url = {"path": door["url"] + "/forkert", "port": "http://127.0.0.1:9", "scheme": door["url"][7:]}
    extra = door["auth"] | ({"client_secret": "forkert"} if wrong == "secret" else {})
    conn = {"conn_type": "http", "host": url.get(wrong, door["url"]), "extra": extra}
    monkeypatch.setenv("AIRFLOW_CONN_SBSYS", json.dumps(conn))
    results = hub.sync(ids=["sbsys", "ydi"])
    assert results["ydi"].state == "succeeded", results["ydi"]
    assert results["sbsys"].state == "failed", results["sbsys"]
    assert results["sbsys"].may_retry is (wrong == "port")
    line = one_line(results["sbsys"].error)
    told = {
        "path": r"404; check the address",
        "port": r"no connection; is the address right and the system up",
        "scheme": r"AIRFLOW_CONN_SBSYS must begin with https://",
        "secret": r"no token; check client_id, its secret",
    }
    assert re.search(told[wrong], line), line


def test_a_typo_in_a_source_file_stops_its_own_source_only(hub: Hub) -> None:
    path = hub.config / "sources" / "sbsys.toml"
    path.write_text(path.read_text().replace("systemejer", "systemeier"))
    (line,) = sources().bad
    assert one_line(line) == "sources/sbsys.toml: unknown key 'systemeier'. Did you mean 'systemejer'?"
    results = hub.sync(ids=["ydi", "sbsys"])
    assert results["ydi"].state == "succeeded", results["ydi"]
    assert results["sbsys"].state == "failed"
    assert "systemejer" in one_line(results["sbsys"].error)


def test_a_file_that_is_no_toml_stops_its_own_source_only(hub: Hub) -> None:
    (hub.config / "sources" / "nexus.toml").write_text("navn = KMD Nexus\n")
    results = hub.sync(ids=["ydi"])
    assert results["ydi"].state == "succeeded"
    (line,) = sources().bad
    assert "nexus.toml" in one_line(line) and "run again" in line


def test_a_connector_that_is_not_there_is_named(hub: Hub) -> None:
    path = hub.config / "sources" / "nexus.toml"
    path.write_text(path.read_text().replace('connector = "kmd_nexus"', 'connector = "kmd_nexsus"'))
    results = hub.sync(ids=["nexus", "ydi"])
    assert results["ydi"].state == "succeeded"
    assert "there is no connector 'kmd_nexsus'; there are:" in one_line(results["nexus"].error)
