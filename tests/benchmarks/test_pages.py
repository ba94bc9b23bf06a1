"""The vendor's records for the benchmarks: the same every time, with as many changes as asked for."""

import json
from datetime import date
from pathlib import Path

import requests

from benchmarks import process, records
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


def test_the_server_gives_what_was_written_from_wherever_it_is_asked(tmp_path: Path) -> None:
    town = generate(tmp_path / "town.db", 40, 3, date(2026, 3, 2))
    like = records.patterns(town)
    written = list(records.records(like, 25))
    records.write(tmp_path / "held", like, 25)
    assert records.read(tmp_path / "held") == written
    with process.vendor(tmp_path / "held") as url:
        for skip, limit in ((0, 10), (9, 10), (24, 10), (25, 10), (30, 1), (0, 100), (3, 0)):
            reply = requests.post(f"{url}/api/sag/search", json={"Skip": skip, "Limit": limit}, timeout=10).json()
            assert reply == {"Results": written[skip:][:limit], "TotalNumberOfResults": 25}
        assert requests.post(f"{url}/token", data={"grant_type": "password"}, timeout=10).json()["token_type"]
