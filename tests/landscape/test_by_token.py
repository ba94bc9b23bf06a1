"""A night in which every one of Stoettesystemerne opens by a token, and Serviceplatformen's services too."""

from pathlib import Path

import pytest

from korsbaek import municipality, tokens
from tests.connectors.idws.scene import fresh_tokens
from tests.way.hub import opened

FURTHER = ("cvr", "klassifikation", "organisation", "ydelseliste")
FIRST, THEN = ("sdi", "ydi", "organisation", "klassifikation"), ("cpr", "cvr", "ydelseliste")
"""Those that are asked by number are asked once others have named citizens and companies."""


@pytest.mark.full
@pytest.mark.timeout(240)
def test_a_night_by_token(tmp_path: Path, store: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    town = tmp_path / "town"
    assert {*FIRST, *THEN} == tokens.ENTITIES.keys()
    municipality.up(town, 40, 7, 0, only=(*FIRST, *THEN, tokens.STS), token=(*FIRST, *THEN), further=FURTHER)
    try:
        with fresh_tokens():
            hub = opened(town, tmp_path / "config", monkeypatch)
            assert {one["auth"]["type"] for one in hub.status()["systems"].values() if one["url"]} == {"idws"}
            results = hub.sync(ids=list(FIRST)) | hub.sync(ids=list(THEN))
            told = hub.ledger()["streams"]
    finally:
        municipality.down(town)
    assert {r.state for r in results.values()} == {"succeeded"}, results
    for source, result in results.items():
        for stream, counts in result.streams.items():
            came, known = counts.new + counts.quarantined, told[f"{source}/{stream}"]["reachable"]
            assert came == known if source in FIRST else 0 < came <= known, (source, stream)
