"""DUBU and Fasit have no door: their cases come through the index, and the page says so."""

from pathlib import Path

import pytest

from caseworker.overblik.borger import read_borger
from caseworker.tid import tid
from korsbaek import municipality
from korsbaek.town import Town
from tests.landscape.test_landscape import ANYTHING
from tests.way.hub import expected, opened

SENDERS = {"DUBU": "dubu", "Fasit": "fasit"}


@pytest.mark.timeout(180)
def test_their_cases_are_shown_as_theirs_through_the_index(
    tmp_path: Path, store: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "town"
    municipality.up(folder, 60, 7, 0, only=("sdi",), further=tuple(SENDERS.values()))
    try:
        hub = opened(folder, tmp_path / "config", monkeypatch)
        first = {r.source: r for r in hub.sync(ids=["sdi"]).values()}["sdi"]
        assert first.state == "succeeded", first
        town = Town.open(folder / "town.db")
        sent = dict(town.rows("select uuid, master from sag where master in ('DUBU', 'Fasit')"))
        showcase = town.meta("showcase")
        assert set(sent.values()) == set(SENDERS)
        ((person,),) = hub.rows("select objekt from identitet where art = 'cpr' and nummer = %s", (showcase,))
        cards = {str(card.uuid): card for card in read_borger(ANYTHING, person, tid()).sager}
        mine = {uuid: card for uuid, card in cards.items() if uuid in sent}
        assert {sent[uuid] for uuid in mine} == set(SENDERS)
        for uuid, card in mine.items():
            assert card.gennem_indeks == f"{sent[uuid]} gennem Sags- og Dokumentindekset"
        told = municipality.night(folder)["streams"]["sdi/sager"]
        changed = {r["key"] for r in told["records"] if r["what"] in ("new", "changed")}
        masters = {master for (master,) in town.rows(
            f"select distinct master from sag where uuid in ({', '.join('?' * len(changed))})", sorted(changed)
        )}  # fmt: skip
        assert masters >= set(SENDERS)
        counts = hub.sync(ids=["sdi"], full=True)["sdi"].streams["sager"]
        wanted = expected(told)
        assert {"new": counts.new, "changed": counts.changed} == {what: wanted[what] for what in ("new", "changed")}
        town.close()
    finally:
        municipality.down(folder)
