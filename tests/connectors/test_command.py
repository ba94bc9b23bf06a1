"""`helhed connector`: what it says, and to whom it says no."""

import json
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import typer
from typer.core import TyperGroup
from typer.testing import CliRunner

from connectors.registry import names
from helhed.cli import COMMANDS, helhed
from helhed.commands.connector import app
from helhed.kit.invented import of_nobody
from tests.connectors.server import Answer, serving

SOURCE = """
connector = "{connector}"
navn = "Prøve"
myndighed = "11111111"
systemejer = "Ejer"
kontakt = "ejer@korsbaek.invalid"
leverandoer = "Leverandør"
formaal = "Prøve"
hjemmel = "Prøve"
kle = ["27"]
foelsomhed = 3
opbevaring_maaneder = 12
"""


@pytest.fixture
def configured(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A configuration with one source of SBSYS."""
    monkeypatch.setenv("HELHED_CONFIG", str(tmp_path))
    (tmp_path / "sources").mkdir()
    (tmp_path / "sources" / "prove.toml").write_text(SOURCE.format(connector="sbsys"), encoding="utf-8")
    return tmp_path


def _connect(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    extra = {"token_url": f"{url}/token", "client_id": "c", "client_secret": "s"}
    told = {"conn_type": "http", "host": url, "login": "u", "password": "p", "extra": extra}
    monkeypatch.setenv("AIRFLOW_CONN_PROVE", json.dumps(told))


def test_list_shows_every_connector_and_shape() -> None:
    found = CliRunner().invoke(app, ["list", "--json"])
    assert found.exit_code == 0
    told = json.loads(found.stdout)
    assert [c["name"] for c in told["connectors"]] == names() and told["broken"] == []
    assert {"name": "dokumenter", "shape": "keyed", "asks": "sager"} in next(
        c["streams"] for c in told["connectors"] if c["name"] == "sbsys"
    )
    assert "kmd_nexus" in CliRunner().invoke(app, ["list"]).stdout


def test_check_opens_the_door(configured: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    body = b'{"access_token": "t", "expires_in": 60, "Results": [], "TotalNumberOfResults": 0}'
    with serving(lambda r, n: Answer(body=body)) as (url, asked):
        _connect(monkeypatch, url)
        found = CliRunner().invoke(app, ["check", "prove"])
    assert found.exit_code == 0 and "SBSYS opens" in found.stdout and len(asked) == 2
    assert f"knocking at {urlsplit(url).netloc}" in found.stderr


def test_check_shows_no_password_that_stands_in_the_address(configured: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The host alone is said, before it knocks and after."""
    body = b'{"access_token": "t", "expires_in": 60, "Results": [], "TotalNumberOfResults": 0}'
    with serving(lambda r, n: Answer(body=body)) as (url, _):
        host = urlsplit(url).netloc
        _connect(monkeypatch, url.replace("//", "//somebody:hemmelig@"))
        found = CliRunner().invoke(app, ["check", "prove"])
    assert f"knocking at {host}" in found.stderr and f"opens at {host}." in found.stdout
    assert "hemmelig" not in found.output and "somebody" not in found.output


def test_check_says_what_a_person_must_do(configured: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with serving(lambda r, n: Answer(401, b"{}")) as (url, _):
        _connect(monkeypatch, url)
        found = CliRunner().invoke(app, ["check", "prove"])
    assert found.exit_code == 1 and "check client_id" in found.stderr.replace("\n", " ")


def test_check_of_what_is_not_there_is_one_line(configured: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = CliRunner().invoke(app, ["check", "prove"])
    assert found.exit_code == 1 and "AIRFLOW_CONN_PROVE" in found.stderr.replace("\n", "")
    found = CliRunner().invoke(app, ["check", "prov"])
    assert found.exit_code == 1 and "there is no source 'prov'" in found.stderr.replace("\n", " ")
    (configured / "sources" / "prove.toml").write_text(SOURCE.format(connector="sbsyss"), encoding="utf-8")
    found = CliRunner().invoke(app, ["check", "prove"])
    assert found.exit_code == 1 and "there is no connector 'sbsyss'" in found.stderr.replace("\n", " ")


def test_only_the_sample_municipality_is_recorded(
    configured: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    _connect(monkeypatch, "https://sbsys.korsbaek.invalid")
    found = CliRunner().invoke(app, ["record", "prove", "--folder", str(tmp_path / "replies")])
    assert found.exit_code == 1 and "only the sample municipality" in found.stderr.replace("\n", " ")
    assert not (tmp_path / "replies").exists()


def test_what_may_be_somebodys_is_not_recorded_as_it_is(
    configured: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A vendor may be reached through a tunnel that ends on this machine."""
    number = next(n for n in (f"020390{serial}" for serial in range(1_000, 9_999)) if not of_nobody(n))
    sag = {"Id": 1, "SagIdentity": "6b1f0f0e-5c1c-4a55-9a39-0d6b1a3f7c11", "PrimaryPart": {"CPRnummer": number}}
    found = {"access_token": "t", "expires_in": 60, "Results": [sag], "TotalNumberOfResults": 1}

    def answer(request: Any, _: int) -> Answer:
        return Answer(body=json.dumps(found if request.method == "POST" else []).encode())

    with serving(answer) as (url, _):
        _connect(monkeypatch, url)
        said = CliRunner().invoke(app, ["record", "prove", "--folder", str(tmp_path / "replies")])
    told = said.output.replace("\n", " ")
    assert said.exit_code == 1 and "1 numbers in it may belong to somebody" in told and "--mask" in told
    assert number not in said.output and not (tmp_path / "replies").exists()


def test_the_help_names_every_command() -> None:
    """Those that are apps of several commands, too."""
    listed = typer.main.get_command(helhed)
    assert isinstance(listed, TyperGroup)
    assert [listed.get_command(None, name).name for name in COMMANDS] == list(COMMANDS)  # type: ignore[arg-type]
