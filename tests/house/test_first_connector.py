"""The README's first connector, taken from the page and run: it loads, quarantines what is unreadable, and repeats."""

import json
import re
import shlex
import sys
import threading
from collections import Counter
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from typer.testing import CliRunner

import connectors
from connectors import recording, registry
from connectors.replay import Scene
from helhed.cli import helhed
from korsbaek.twin.serve import running, twin
from tests.connectors.cases import CASES

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
GOOD = {
    "Id": "6f1c0a52-52f5-4d0c-9d58-0c6ad01b0001",
    "Nummer": "27.36.04-G01-7-26",
    "Titel": "Ældrepleje",
    "Kle": "27.36.04",
    "Oprettet": "2026-03-01T09:00:00+01:00",
    "Lukket": None,
    "Part": {"Cpr": "150384-1112", "Navn": "Mette Lund"},
    "Nyt felt": 1,
}
SAGER: list[dict[str, Any]] = [
    GOOD,
    GOOD | {"Id": "6f1c0a52-52f5-4d0c-9d58-0c6ad01b0002", "Lukket": "2026-04-01T12:00:00Z"},
    GOOD | {"Id": "6f1c0a52-52f5-4d0c-9d58-0c6ad01b0003", "Part": {"Cpr": "15038411", "Navn": "X"}},
]


LATER = {
    "the_sheet_says_how_the_vendor_is_reached",  # README.md comes after the first sync
    "a_new_field_at_the_vendor_does_no_harm_and_is_told",  # its vendor has a field that the sheet does not know
}


class Vendor(BaseHTTPRequestHandler):
    """Fiktiv ESDH: three cases, one of them with a number of eight digits."""

    def do_GET(self) -> None:
        asked = parse_qs(urlsplit(self.path).query)
        skip, limit = int(asked["skip"][0]), int(asked["limit"][0])
        body = json.dumps({"sager": SAGER[skip : skip + limit], "antal": len(SAGER)}).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: Any) -> None: ...


@pytest.fixture
def fiktiv(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The README's file in place, a source file, and the vendor running."""
    (code,) = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
    folder = tmp_path / "connectors" / "fiktiv_esdh"
    folder.mkdir(parents=True)
    (folder / "__init__.py").write_text(code, encoding="utf-8")
    monkeypatch.setattr(connectors, "__path__", [*connectors.__path__, str(folder.parent)])
    monkeypatch.setattr(registry, "FOLDER", folder.parent)
    (owned,) = re.findall(r"```toml\n(.*?)```", README, re.DOTALL)
    sources = tmp_path / "config" / "sources"
    sources.mkdir(parents=True)
    (sources / "fiktiv.toml").write_text(f"{owned}options = {{page_size = 2}}\n", encoding="utf-8")
    monkeypatch.setenv("HELHED_CONFIG", str(tmp_path / "config"))
    server = ThreadingHTTPServer(("127.0.0.1", 0), Vendor)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    given = {"conn_type": "http", "host": f"http://127.0.0.1:{server.server_address[1]}"}
    monkeypatch.setenv("AIRFLOW_CONN_FIKTIV", json.dumps(given))
    yield
    server.shutdown()
    sys.modules.pop("connectors.fiktiv_esdh", None)


def test_the_first_connector_syncs_parks_the_bad_record_and_repeats_without_a_change(store: Any, fiktiv: None) -> None:
    from sync.night import sync_source

    first = sync_source("fiktiv").streams["sager"]
    assert (first.read, first.new, first.quarantined) == (3, 2, 1)
    assert "Nyt felt" in str(first.unknown_fields) or "(unnameable)" in first.unknown_fields
    again = sync_source("fiktiv").streams["sager"]
    assert (again.read, again.unchanged, again.new, again.changed, again.gone) == (3, 2, 0, 0, 0)


def test_the_commands_beside_it_do_what_the_readme_says(store: Any, fiktiv: None, tmp_path: Path) -> None:
    """Run as they stand there, in their order, each with the exit code and the words that a reader expects."""
    (block,) = re.findall(r"```sh\n(export AIRFLOW_CONN_FIKTIV.*?)```", README, re.DOTALL)
    said = {}
    for line in block.splitlines():
        words = shlex.split(line, comments=True)
        if words[0] == "helhed":
            done = CliRunner().invoke(helhed, words[1:])
            said[" ".join(words[1:])] = (done.exit_code, done.output)
    assert set(said) == {"connector check fiktiv", "sync fiktiv", "runs"}
    code, output = said["connector check fiktiv"]
    assert code == 0 and "Fiktiv ESDH opens at 127.0.0.1" in output, output
    code, output = said["sync fiktiv"]
    assert code == 0 and "fiktiv" in output, output
    code, output = said["runs"]
    assert code == 0 and re.search(r"fiktiv: run \d+, .* succeeded\n  sager +3 read, 2 new, 1 quarantined\n", output), (
        output
    )
    assert "150384" not in str(said)

    (record,) = re.findall(r"`helhed (connector record fiktiv)`", README)
    done = CliRunner().invoke(helhed, [*record.split(), "--folder", str(tmp_path / "replies")])
    assert done.exit_code == 0 and "replies" in done.output, done.output
    kept = tmp_path / "replies" / "fiktiv_esdh"
    assert (kept / "replies" / "index.json").is_file()
    assert "27.36.04-G01-7-26" in (kept / "drafts.txt").read_text(encoding="utf-8")
    other = Scene(registry.load("fiktiv_esdh"), *recording.load(kept / "replies"))
    for name in CASES.keys() - LATER:
        CASES[name](other)


def test_the_vendor_is_played_by_the_twin_that_the_readme_names(
    store: Any, fiktiv: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    from sync.night import sync_source

    (contract, port) = re.findall(r"`helhed korsbaek twin (\S+) --port (\d+)`", README)[0]
    assert f"127.0.0.1:{port}" in README
    with running(twin(ROOT / contract, records=25)) as url:
        monkeypatch.setenv("AIRFLOW_CONN_FIKTIV", json.dumps({"conn_type": "http", "host": url}))
        first, again = (sync_source("fiktiv").streams["sager"] for _ in range(2))
    assert (first.read, first.new, first.unknown_fields) == (25, 25, Counter())
    assert (again.read, again.unchanged) == (25, 25)


def test_it_is_as_short_as_promised() -> None:
    (code,) = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
    assert len(code.splitlines()) < 60


def test_every_make_target_and_every_command_of_the_readme_exists() -> None:
    from helhed.cli import COMMANDS

    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in re.findall(r"^make ([a-z-]+)", README, re.MULTILINE):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target
    named = set(re.findall(r"^(?:\.venv/bin/)?helhed ([a-z-]+)", README, re.MULTILINE))
    assert named <= set(COMMANDS)
    assert len(named) >= 6


@pytest.mark.parametrize("link", re.findall(r"\]\(((?!http)[^)]+)\)", README))
def test_every_link_of_the_readme_leads_somewhere(link: str) -> None:
    assert (ROOT / link).exists()
