"""The quality sheets: every claim is executed, every exemption has a reason, the tier and its page are computed."""

import re
from pathlib import Path

import pytest

from connectors import recording
from connectors.registry import FOLDER, load, names
from connectors.replay import SECOND, Scene, scene
from helhed.kit import tier
from helhed.kit.invented import of_nobody
from helhed.kit.page import page
from helhed.kit.rules import RULES
from helhed.kit.subject import Subject
from tests.connectors.cases import CASES
from tests.connectors.cases.claimed import every_kept_field_matters, mutated_records_give_drafts_or_a_reason

OWN = {"every_kept_field_matters", "mutated_records_give_drafts_or_a_reason"}
SECOND_CASES = (
    "every_recorded_reply_is_asked_for",
    "every_stream_holds_records_with_keys_of_their_own",
    "every_stream_says_something",
    "translation_is_pure",
    "facts_of_a_record_can_be_told_apart",
    "no_address_holds_a_national_number",
)


def claiming(rule: str) -> list[str]:
    """Connectors that claim a rule."""
    return [name for name in names() if rule in Subject(name).claims.claims]


@pytest.mark.parametrize("name", names())
def test_what_is_claimed_holds_and_the_tier_is_at_least_silver(name: str) -> None:
    verdict = tier.judge(name)
    assert not verdict.fault, verdict.fault
    refused = [f"{f.rule.name}: {o}" for f in verdict.findings if f.claimed and not f.exempt for o in f.objections]
    assert not refused, "claimed, and not so:\n" + "\n".join(refused)
    lacking = [f"- {f.rule.name}: {'; '.join(f.objections) or 'not claimed'}" for f in verdict.missing("silver")]
    assert not lacking, f"connectors/{name} is not silver:\n" + "\n".join(lacking)


@pytest.mark.parametrize("name", claiming("every_field"))
def test_every_kept_field_matters(name: str) -> None:
    every_kept_field_matters(scene(load(name)))


@pytest.mark.parametrize("name", claiming("mutated"))
def test_mutated_records_give_drafts_or_a_reason(name: str) -> None:
    mutated_records_give_drafts_or_a_reason(scene(load(name)), 60)


@pytest.mark.full
@pytest.mark.parametrize("name", claiming("mutated"))
def test_ten_thousand_mutated_records_give_drafts_or_a_reason(name: str) -> None:
    mutated_records_give_drafts_or_a_reason(scene(load(name)), 10_000)


@pytest.mark.parametrize("name", claiming("second_town"))
def test_a_second_town_with_other_settings_is_read_as_well(name: str) -> None:
    folder = FOLDER / name / SECOND
    other = Scene(load(name), *recording.load(folder))
    for case in SECOND_CASES:
        CASES[case](other)
    first = scene(load(name))
    assert {e.file: other.bodies[e.file] for e in other.index.exchanges} != first.bodies


def test_five_are_gold() -> None:
    assert sum(tier.judge(name).tier == "gold" for name in names()) >= 5


def test_cases_named_by_rules_and_sheets_exist() -> None:
    assert {c for r in RULES for c in r.cases} <= CASES.keys() | OWN
    for name in names():
        found = re.search(r"## Errors seen\n(.*?)(?=^## |\Z)", Subject(name).sheet, re.M | re.S)
        named = re.findall(r"\|\s*`(\w+)`\s*\|", found[1] if found else "")
        assert set(named) <= CASES.keys(), f"{name}: {set(named) - CASES.keys()}"


def test_the_page_is_what_the_sheets_say() -> None:
    kept = Path(__file__).parents[2] / "docs" / "connectors.md"
    assert kept.read_text(encoding="utf-8") == page(), "stale: 'helhed connector list --page > docs/connectors.md'"


def _copied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """SBSYS's folder, to be spoilt."""
    import shutil

    from connectors import registry

    shutil.copytree(FOLDER / "sbsys", tmp_path / "sbsys", ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(registry, "FOLDER", tmp_path)
    return tmp_path / "sbsys"


def test_a_claim_that_does_not_hold_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = _copied(tmp_path, monkeypatch)
    before = tier.judge("sbsys").tier
    assert before is not None
    (folder / "left.json").write_text('{"client_secret": "correct horse"}')
    verdict = tier.judge("sbsys")
    assert verdict.tier is None
    assert [f.rule.name for f in verdict.findings if f.claimed and f.objections] == ["no_secret"]
    (folder / "left.json").unlink()
    (folder / "drafts.txt").write_text("noget andet")
    assert {f.rule.name for f in tier.judge("sbsys").missing("bronze")} == {"contract", "drafts"}


def test_a_real_looking_number_in_a_recording_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = _copied(tmp_path, monkeypatch)
    file = next(p for p in sorted((folder / "replies").iterdir()) if b"CPRnummer" in p.read_bytes())
    number = next(f"150384{n:04d}" for n in range(1000, 2000) if not of_nobody(f"150384{n:04d}"))
    body = file.read_bytes()
    file.write_bytes(re.sub(rb'"CPRnummer":\s*"[^"]*"', f'"CPRnummer":"{number}"'.encode(), body, count=1))
    said = [f for f in tier.judge("sbsys").findings if f.rule.name == "invented"]
    assert "1 CPR numbers that could belong to somebody" in said[0].objections[0]


def test_an_exemption_without_a_reason_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = _copied(tmp_path, monkeypatch)
    (folder / "quality.toml").write_text('claims = ["contract"]\n[exempt]\nchanges_only = "no"\n')
    assert "no reason is given for changes_only" in tier.judge("sbsys").fault
    (folder / "quality.toml").write_text('claims = ["contract", "shiny"]\n')
    assert "there is no rule shiny" in tier.judge("sbsys").fault
