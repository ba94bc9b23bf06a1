"""KLE-online on the wire: what a plain client reads, and what our own connector makes of every class."""

from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID
from xml.etree import ElementTree

import pytest
import requests

from canonical_model.draft import UNSET
from canonical_model.drafts import KlasseDraft
from connectors.contract import Access
from connectors.errors import RecordError
from connectors.kle_online import CONNECTOR
from connectors.recording import read_all
from korsbaek.systems.index.wire import klasse_uuid
from korsbaek.vocabulary.kle import FACETTER, FLYTTET, UDGAAET, emner
from tests.korsbaek.landscape.wire import wire

NOW = datetime(2026, 3, 3, tzinfo=UTC)


def test_every_class_with_its_rules_and_what_became_of_it(tmp_path: Path) -> None:
    with wire(tmp_path, "kleonline") as (_, told):
        api = CONNECTOR.open(Access(url=told["kleonline"]["url"], myndighed="11111111"))
        records = {s.name: read_all(s, api, NOW) for s in CONNECTOR.streams}
        session = requests.Session()
        session.trust_env = False
        plan = ElementTree.fromstring(session.get(f"{told['kleonline']['url']}/emneplan", timeout=9).content)
    assert not any(r.unknown for rs in records.values() for r in rs)
    found: dict[str, KlasseDraft] = {}
    parked: set[str] = set()
    for stream in CONNECTOR.streams:
        for record in records[stream.name]:
            try:
                (found[record.key],) = stream.translate(stream.parse(record.body))  # type: ignore[assignment]
            except RecordError as error:
                parked.add(error.field.rpartition("/")[2])
    assert parked == {"OprettetDato", "EmneTitel", "SletningJaevnfoerPersondataloven"}
    for emne in emner():
        said = found.get(klasse_uuid(emne.nummer))
        if said is None:
            continue
        assert (said.brugervendt_noegle, said.titel) == (emne.nummer, emne.titel)
        assert (said.bevaring, said.slettefrist) == (
            (emne.bevaring, emne.slettefrist) if emne.bevaring else (UNSET, UNSET)
        )
        assert said.overordnet == (UUID(klasse_uuid(emne.over)) if emne.over else UNSET)
        assert (said.virkning_til is not None) == emne.udgaaet and said.virkning_fra is not None
        assert said.afloest_af == (UUID(klasse_uuid(emne.afloest_af)) if emne.afloest_af else UNSET)
    assert {found[klasse_uuid(n)].titel for n in FACETTER} == set(FACETTER.values())
    shown = {e.text for e in plan.iter("EmneNr")}
    assert shown and not shown & {*FLYTTET, *UDGAAET} and not list(plan.iter("UUID")), "only when they are asked for"


@pytest.mark.parametrize(
    ("said", "kept"),
    [("P1825D", "P5Y"), ("P5Y", "P5Y"), ("P366D", "P366D"), ("P0D", "P0D"), ("P1Y6M", "P1Y6M"), ("", None)],
)
def test_years_are_written_as_days(said: str, kept: str | None) -> None:
    record = {"art": "Emne", "EmneNr": "27.03.00", "EmneTitel": "x", "UUID": klasse_uuid("27.03.00")}
    translate = CONNECTOR.streams[0].translate
    (draft,) = translate(record | {"SletningJaevnfoerPersondataloven": said or None})
    assert isinstance(draft, KlasseDraft) and draft.slettefrist == kept
    with pytest.raises(RecordError, match="duration"):
        list(translate(record | {"SletningJaevnfoerPersondataloven": "PT5H"}))
