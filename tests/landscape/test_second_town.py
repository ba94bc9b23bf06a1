"""Another municipality: other citizens, another CVR number, other sources, other settings; each connector reads it."""

import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from caseworker.overblik.borger import read_borger
from caseworker.tid import tid
from connectors.registry import names
from helhed.settings import sources
from korsbaek import municipality
from tests.landscape.conftest import Landscape
from tests.landscape.test_landscape import bad, malformed, streams
from tests.way.hub import ROOT, opened
from tests.way.test_night import ANYTHING

pytestmark = [pytest.mark.full, pytest.mark.timeout(1800)]
CVR, CITIZENS, SEED = "22222222", 150, 42
NOT_HERE = ("koerekort_laege", "koerekort_politi", "koerekort_trykkeri", "dubu")
SETTINGS = {"digitalpost": 'nummer = "adresse"', "organisation": "list_size = 3", "klassifikation": "list_size = 11"}
"""Beside small pages everywhere."""


@pytest.fixture
def elsewhere(tmp_path: Path, store: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> Iterator[Landscape]:
    """The other municipality and its hub."""
    town, config = tmp_path / "town", tmp_path / "config"
    monkeypatch.setenv("KORSBAEK_CVR", CVR)
    further = [name for name in municipality.further() if name not in NOT_HERE]
    made = [sys.executable, "-m", "korsbaek.generate", "--folder", str(town), "--citizens", str(CITIZENS)]
    subprocess.run([*made, "--seed", str(SEED), "--further", *further], cwd=ROOT, check=True)
    municipality.up(town, port=0)
    try:
        yield Landscape(opened(town, config, monkeypatch))
    finally:
        municipality.down(town)


def configured(folder: Path) -> None:
    """Another authority, pages of seven, and some settings that Korsbaek does not have."""
    for path in folder.glob("*.toml"):
        text = re.sub(r"page_size = \d+\n", "", path.read_text(encoding="utf-8")).replace("11111111", CVR)
        text += "" if "[options]" in text else "\n[options]"
        path.write_text(f"{text}\npage_size = 7\n{SETTINGS.get(path.stem, '')}\n", encoding="utf-8")


def test_every_connector_reads_another_municipality_with_other_settings(elsewhere: Landscape) -> None:
    configured(elsewhere.hub.config / "sources")
    assert {source.connector for source in sources().good.values()} == set(names())
    first = elsewhere.read()
    for system in elsewhere.systems():
        wrong = malformed(first, system)
        for stream, counts in first.ran[system].items():
            good = streams(first, system)[stream] - bad(wrong, stream)
            wanted = {"new": good, "changed": 0, "gone": 0, "quarantined": bad(wrong, stream)}
            assert counts == wanted, (system, stream)
            assert first.landed.get(f"{system}/{stream}", 0) == good, (system, stream)
    again = elsewhere.read()
    for system in elsewhere.systems():
        for stream, counts in again.ran[system].items():
            assert {counts[what] for what in ("new", "changed", "gone")} == {0}, (system, stream)
    owners = elsewhere.hub.rows(
        "select distinct cvr from sagsaktoer where rolle = 'ejer' and source = 'sdi' and cvr is not null"
    )
    assert owners == [(CVR,)]
    (grant,) = ANYTHING.grants
    ours = replace(ANYTHING, cvr=CVR, grants=(replace(grant, cvr=CVR),))
    showcase = elsewhere.showcase()
    assert read_borger(ours, showcase, tid()).sager
    assert not [s for s in read_borger(ANYTHING, showcase, tid()).sager if "sdi" in s.kilder], "theirs, not ours"
