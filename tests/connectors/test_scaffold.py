"""`helhed connector new`: what it writes is whole, typed, derived from the contract file, and passes the suite."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from connectors import registry
from connectors.registry import load
from helhed.commands.connector import app
from helhed.kit import from_openapi, from_wsdl
from helhed.kit.parts import lacking
from helhed.kit.tier import judge

ROOT = Path(__file__).parents[2]
TUTORIAL = ROOT / "docs" / "tutorial"


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder for a municipality's own connectors."""
    monkeypatch.setenv("HELHED_CONNECTORS", str(tmp_path / "own"))
    monkeypatch.setenv("HELHED_CONFIG", str(tmp_path / "config"))
    return tmp_path / "own"


def new(*words: str) -> str:
    done = CliRunner().invoke(app, ["new", *words])
    assert done.exit_code == 0, done.output
    return done.output


def test_the_tutorials_script_makes_two_green_connectors_of_under_sixty_lines(tmp_path: Path) -> None:
    bin_ = str(Path(sys.executable).parent)
    told = os.environ | {"BIN": bin_, "PYTHONPATH": str(ROOT)}
    script = [str(TUTORIAL / "two_connectors.sh"), str(tmp_path)]
    done = subprocess.run(script, cwd=ROOT, env=told, capture_output=True, text=True, check=False, timeout=280)
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-1000:]
    for name in ("fiktiv_byg", "fiktiv_havn"):
        code = (tmp_path / "connectors" / name / "__init__.py").read_text(encoding="utf-8")
        assert len(code.splitlines()) < 60


@pytest.mark.full
def test_what_it_writes_is_typed(own: Path) -> None:
    new("fiktiv_byg", "--rest", "--from", str(TUTORIAL / "openapi.json"))
    new("fiktiv_havn", "--soap", "--from", str(TUTORIAL / "service.wsdl"))
    bin_ = str(Path(sys.executable).parent)
    typed = [f"{bin_}/mypy", "--strict", *map(str, own.glob("*/__init__.py"))]
    for file in typed[2:]:
        checked = subprocess.run([*typed[:2], file], cwd=ROOT, capture_output=True, text=True, check=False)
        assert checked.returncode == 0, checked.stdout


def test_it_writes_every_part_and_says_what_is_left(own: Path) -> None:
    said = new("fiktiv_byg", "--rest", "--from", str(TUTORIAL / "openapi.json"))
    folder = own / "fiktiv_byg"
    assert {p.name for p in folder.iterdir()} >= {
        *("__init__.py", "README.md", "quality.toml", "contract.json", "drafts.txt", "replies"),
    }
    assert "aabnet is oprettet" in said and "cpr is ansoeger.cpr" in said and "UDFYLD" in said
    assert "asked for by the keys of sager" in said and not lacking("fiktiv_byg")
    drafts = (folder / "drafts.txt").read_text(encoding="utf-8")
    assert "Sagspart" in drafts and "Journalpost" in drafts and "7 poster, heraf 0 i karantæne" in drafts
    verdict = judge("fiktiv_byg")
    refused = {f.rule.name for f in verdict.findings if f.claimed and f.objections}
    assert not refused and verdict.tier is None
    assert {f.rule.name for f in verdict.missing("bronze")} == {"owner", "hjemmel", "nightly"}


@pytest.mark.parametrize("kind", ["rest", "soap"])
def test_without_a_contract_file_there_is_an_example(own: Path, kind: str) -> None:
    new(f"eksempel_{kind}", f"--{kind}")
    assert load(f"eksempel_{kind}").streams and not lacking(f"eksempel_{kind}")


def test_what_it_is_given_wrongly_is_told_in_one_line_and_nothing_is_kept(own: Path, tmp_path: Path) -> None:
    (tmp_path / "empty.json").write_text('{"openapi": "3.0.0", "paths": {}}')
    (tmp_path / "no.wsdl").write_text("<html/>")
    for words in (
        ["x1", "--rest", "--soap"],
        ["Fiktiv-Byg", "--rest"],
        ["sbsys", "--rest"],
        ["fiktiv", "--rest", "--from", str(tmp_path / "empty.json")],
        ["fiktiv", "--soap", "--from", str(tmp_path / "no.wsdl")],
        ["fiktiv", "--rest", "--from", str(tmp_path / "nowhere.json")],
    ):
        done = CliRunner().invoke(app, ["new", *words])
        assert done.exit_code == 1 and len(done.stderr.strip().splitlines()) == 1, words
    assert not own.exists()


def test_paging_keys_dates_and_what_may_tell_changes_are_derived(tmp_path: Path) -> None:
    document = json.loads((TUTORIAL / "openapi.json").read_text(encoding="utf-8"))
    get = document["paths"]["/sager"]["get"]
    get["parameters"] = [{"name": n, "in": "query"} for n in ("page", "pageSize", "aendretSiden")]
    document["paths"]["/sager/{sagId}"] = {"patch": {}, "get": {"responses": {"200": {"content": {}}}}}
    (tmp_path / "o.json").write_text(json.dumps(document))
    found = from_openapi.read(tmp_path / "o.json")
    sager, dokumenter = found.streams
    assert (sager.paging, sager.page, sager.limit, sager.total) == ("page", "page", "pageSize", "antal")
    assert (sager.key, sager.uuid, sager.changed) == ("id", True, "aendretSiden")
    assert (sager.role("aabnet"), sager.role("lukket"), sager.role("navn")) == (
        "oprettet",
        "afsluttet",
        "ansoeger.navn",
    )
    assert dokumenter.of == "sager" and dokumenter.kind == "dokument"
    assert found.passed_over == ["PATCH /sager/{sagId}", "GET /sager/{sagId}"] and found.token == "/token"
    (stream,) = from_wsdl.read(TUTORIAL / "service.wsdl").streams
    assert (stream.where, stream.element, stream.skip, stream.limit) == (
        "HentTilladelser",
        "Tilladelse",
        "Fra",
        "Antal",
    )
    assert (stream.key, stream.uuid, stream.total, stream.fields["Oprettet"]) == (
        "TilladelseId",
        True,
        "IAlt",
        "date-time",
    )
    assert stream.role("cpr") == "Ansoeger.Cpr" and "Afsluttet" not in stream.need


def test_every_way_of_paging_that_is_guessed_reads_the_twin(own: Path, tmp_path: Path) -> None:
    document = json.loads((TUTORIAL / "openapi.json").read_text(encoding="utf-8"))
    del document["paths"]["/sager/{sagId}/dokumenter"]
    get = document["paths"]["/sager"]["get"]
    for name, params in (("by_page", ["page", "pageSize"]), ("whole", [])):
        get["parameters"] = [{"name": n, "in": "query", "schema": {"type": "integer"}} for n in params]
        (tmp_path / f"{name}.json").write_text(json.dumps(document))
        new(name, "--rest", "--from", str(tmp_path / f"{name}.json"))
        assert "7 poster" in (own / name / "drafts.txt").read_text(encoding="utf-8")


def test_our_own_connectors_come_first(own: Path) -> None:
    (own / "sbsys").mkdir(parents=True)
    (own / "sbsys" / "__init__.py").write_text("raise RuntimeError")
    assert registry.folder("sbsys") == registry.FOLDER / "sbsys" and load("sbsys").name == "sbsys"
