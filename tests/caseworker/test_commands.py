"""The terminal: what it shows, and what it says when it cannot."""

import json
from datetime import UTC, datetime

import pytest
from typer.testing import CliRunner

from caseworker.app import create_app
from helhed.commands.log import app as log_app
from helhed.commands.serve import app as serve
from helhed.commands.show import app as show
from helhed.settings import SettingsError
from tests.caseworker.conftest import Browser, World
from tests.caseworker.facts import lookups


def answers(*lines: str) -> str:
    """Standard input."""
    return "\n".join(lines) + "\n"


def test_shows_the_failed_system_its_owner_and_since(world: World, config: object) -> None:
    done = CliRunner().invoke(show, [], input=answers("1503841112", "ydelse", "tilsyn"), env={"COLUMNS": "200"})
    assert done.exit_code == 0
    line = next(text for text in done.output.splitlines() if "KMD Nexus" in text)
    assert "kunne ikke hentes" in line and "20.11.2026 kl. 22.00" in line and "Sonja Damm" in line
    assert "2 sager og 0 andre vises ikke" in done.output
    assert [r["handling"] for r in lookups()] == ["search", "open"]
    assert {r["kanal"] for r in lookups()} == {"cli"}


def test_json_for_machines(world: World, config: object) -> None:
    done = CliRunner().invoke(show, ["--json"], input=answers("1503841112", "familie", "tilsyn"))
    answer = json.loads(done.output)
    assert answer["opslag"] == str(lookups()[-1]["svar"])
    assert {k["kilde"] for k in answer["coverage"]["kilder"]} == {"cpr", "sdi", "sbsys", "ydi", "nexus"}
    sources = {k for s in answer["sager"] for k in s["kilder"]} | {k for y in answer["ydelser"] for k in y["kilder"]}
    assert {"sdi", "sbsys", "ydi"} <= sources


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01", "9999-12-31T23:59:59-12:00", "engang"])
def test_a_day_that_no_calendar_reaches_is_one_line(world: World, config: object, karin: Browser, day: str) -> None:
    done = CliRunner().invoke(show, ["--as-known-on", day], input=answers("1503841112", "ydelse", "tilsyn"))
    assert done.exit_code == 2 and "A date is written" in done.output
    karin.find("1503841112")
    assert karin.get(f"/borgere/{world.mette}", params={"sand": day}).status_code == 422


def test_a_source_that_says_for_ever_can_be_shown(world: World, config: object, karin: Browser) -> None:
    world.facts.fact(
        "fremdrift", world.ydelsessag, "sdi", status="Oplyst", virkning_fra=datetime.min.replace(tzinfo=UTC)
    )
    world.facts.fact("bevilgetydelse", world.facts.ydelse(world.mette, "Pension"), "ydi", ydelse_id="2", navn="Evig",
                     kle="32.24.04", slutdato=datetime.max.replace(tzinfo=UTC))  # fmt: skip
    world.facts.write()
    assert "Evig" in karin.find("1503841112").text


@pytest.mark.parametrize(
    ("lines", "says"),
    [
        (("0102031111", "ydelse", "tilsyn"), "Nobody is known"),
        (("1503841112", "ukendt", "tilsyn"), "No such caseworker"),
        (("1503841112", "ydelse", "x"), "purpose is needed"),
        (("1503841112", "drift", "tilsyn"), "may not look citizens up"),
        (("1503841112",), "three lines"),
    ],
)
def test_one_line_when_it_cannot(world: World, config: object, lines: tuple[str, ...], says: str) -> None:
    done = CliRunner().invoke(show, [], input=answers(*lines))
    assert done.exit_code == 2
    assert says in done.output and len(done.output.strip().splitlines()) == 1
    assert "150384" not in done.output


def test_local_login_is_for_this_machine_only(store: object, config: object) -> None:
    for host in ("0.0.0.0", "192.168.1.10", "korsbaek.invalid"):
        with pytest.raises(SettingsError, match="this machine only"):
            create_app(host)
        done = CliRunner().invoke(serve, ["--host", host])
        assert done.exit_code == 2 and "this machine only" in done.output


def test_log_commands(world: World, config: object) -> None:
    assert "Nothing to seal" in CliRunner().invoke(log_app, ["seal"]).output
    done = CliRunner().invoke(log_app, ["verify"])
    assert done.exit_code == 0 and "holds" in done.output
