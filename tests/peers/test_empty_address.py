"""An address that is absent, empty or protected: three things, and none of them wipes out the municipality."""

import json
from collections.abc import Iterable
from typing import Any

import pytest

from canonical_model.draft import UNSET, WITHHELD, Draft, Nummer
from canonical_model.drafts import AdresseDraft, NavnDraft
from connectors.contract import Record, Shape, Stream
from sync.chunk import item as put
from sync.consolidate import consolidate
from sync.land import Chunk, Lander
from sync.runs import Counts
from tests.sync.conftest import Hub
from tests.sync.test_night import A

SAID: dict[str, Any] = {"absent": UNSET, "empty": None, "protected": WITHHELD}


def translate(record: dict[str, Any]) -> Iterable[Draft]:
    """A name, and an address whose street is given, absent, empty or protected."""
    objekt = Nummer("cpr", A)
    yield NavnDraft(objekt=objekt, fornavn="Ane", efternavn="Ågård")
    vej = record["vej"]
    yield AdresseDraft(
        objekt=objekt, art="bopael", kommunekode=record.get("kommune", UNSET), vejnavn=SAID.get(vej, vej),
        husnummer="1", postnummer="0999", postdistrikt="Korsbæk",
    )  # fmt: skip


@pytest.mark.parametrize("partial", [True, False])
@pytest.mark.parametrize("vej", list(SAID))
def test_absent_empty_and_protected_are_three_things(hub: Hub, vej: str, partial: bool) -> None:
    stream: Stream[Any] = Stream(name="r", shape=Shape.LISTED, parse=json.loads, translate=translate, partial=partial)
    lander = Lander(hub.connection, "s", stream, Counts())

    def land(**record: str) -> tuple[Any, ...]:
        lander.land(Chunk([put(Record("a", json.dumps(record).encode()))]))
        [row] = hub.rows("select vejnavn, withheld, kommunekode from adresse where kendt_til is null")
        return row

    assert land(vej="Algade", kommune="0999") == ("Algade", None, "0999")
    consolidate()
    kommune = {} if partial else {"kommune": "0999"}
    expected = {
        "absent": ("Algade" if partial else None, None), "empty": (None, None), "protected": (None, ["vejnavn"])
    }[vej]  # fmt: skip
    assert land(vej=vej, **kommune) == (*expected, "0999")
    count = hub.one("select count(*) from adresse")
    assert land(vej=vej, **kommune) == (*expected, "0999")
    assert hub.one("select count(*) from adresse") == count, "said again, it is no new address"
    assert land(vej="Algade", **kommune) == ("Algade", None, "0999")
