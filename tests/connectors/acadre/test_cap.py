"""Nothing is missing, however few rows a search gives; and where that cannot be known, the stream stops."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from canonical_model.drafts import SagDraft
from connectors.acadre import CONNECTOR
from connectors.errors import ContractError, RecordError
from connectors.recording import read_all
from connectors.titles import NUMBER, is_cpr, without_cpr
from korsbaek.landscape.records import shelf
from tests.korsbaek.acadre.contract import Acadre, acadre

NOW = datetime(2026, 3, 2, 3, tzinfo=UTC)
CAP = 3


@pytest.fixture(scope="module")
def capped(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Acadre]:
    with acadre(tmp_path_factory.mktemp("capped"), 80, CAP) as running:
        yield running


def _keys(capped: Acadre, stream: str, cap: int) -> list[str]:
    api = CONNECTOR.open(capped.access(cap=cap))
    return [r.key for r in read_all(next(s for s in CONNECTOR.streams if s.name == stream), api, NOW)]


@pytest.mark.parametrize("stream", ["sager", "akter"])
def test_a_cap_hides_nothing(capped: Acadre, stream: str) -> None:
    found = _keys(capped, stream, CAP)
    held = [key for key, _ in shelf(capped.town, "acadre").rows(stream)]
    assert len(held) > 3 * CAP and sorted(found) == sorted(held)
    assert len(_keys(capped, stream, 100)) < len(held), "who does not know of the cap misses some"


def test_a_day_that_is_full_stops_the_stream(capped: Acadre) -> None:
    held = shelf(capped.town, "acadre")
    rows = held.rows("sager", "true order by seq limit ?", (CAP,))
    named = [(k, b, held.owner("sager", k), held.citizens("sager", k)) for k, b in rows]
    try:
        for key, body, owner, parts in named:
            held.put("sager", key, body | {"oprettet": "2026-01-05"}, owner=owner, parts=parts)
        with pytest.raises(ContractError, match="on one day fill the answer"):
            _keys(capped, "sager", CAP)
    finally:
        for key, body, owner, parts in named:
            held.put("sager", key, body, owner=owner, parts=parts)


def test_no_title_is_a_number(capped: Acadre) -> None:
    """BUSAG cases have the child's number as their title; the malformed case is parked before it has one."""
    api = CONNECTOR.open(capped.access(cap=CAP))
    sager = next(s for s in CONNECTOR.streams if s.name == "sager")
    numbers = {cpr for (cpr,) in capped.town.rows("select cpr from person")}
    titles, parked = [], 0
    for record in read_all(sager, api, NOW):
        try:
            said = [d for d in sager.translate(sager.parse(record.body)) if isinstance(d, SagDraft)]
        except RecordError:
            parked += 1
            continue
        titles += [str(v) for d in said for v in (d.titel, d.titel_offentlig)]
    assert "Personlig børnesag" in titles and parked == 1
    assert not any(is_cpr(t) or t == NUMBER for t in titles), "a title is words"
    assert not any(n in t.replace("-", "") for n in numbers for t in titles)


@pytest.mark.parametrize("number", ["0102031234", "010203-1234", "010203 1234", "6102031234"])
def test_a_number_in_a_title_is_taken_out(number: str) -> None:
    assert without_cpr(f"Sag om {number}, Hansen") == "Sag om (CPR-nummer), Hansen" and is_cpr(f" {number} ")
    assert without_cpr("Sag 2026-0099123, tlf. 99001000, konto 99010203123499") == (
        "Sag 2026-0099123, tlf. 99001000, konto 99010203123499"
    )
