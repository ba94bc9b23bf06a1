"""The vendor's pages for the benchmarks: the same every time, with as many changes as asked for."""

import json
from datetime import date
from pathlib import Path

from benchmarks import records
from connectors.sbsys import CONNECTOR
from korsbaek.generate import generate


def test_a_share_of_the_records_changes_and_all_can_be_translated(tmp_path: Path) -> None:
    town = generate(tmp_path / "town.db", 40, 3, date(2026, 3, 2))
    like = records.patterns(town)
    first, second = (list(records.records(like, 400, changed)) for changed in (0.0, 0.05))
    assert first == list(records.records(like, 400))
    assert sum(a != b for a, b in zip(first, second, strict=True)) == 20
    assert len({record["SagIdentity"] for record in first}) == 400
    translate = CONNECTOR.streams[0].translate
    assert all(list(translate(json.loads(json.dumps(record)))) for record in first)
    records.write(tmp_path / "pages", like, 1_500)
    sizes = [len(json.loads(path.read_bytes())["Results"]) for path in sorted((tmp_path / "pages").iterdir())]
    assert sizes == [1_000, 500]
