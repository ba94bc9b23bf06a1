"""Records become facts: what is known at an instant is what was said then, whatever versions came."""

import itertools
import json
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from canonical_model.draft import UNSET, WITHHELD, Draft, Lokal, Nummer
from canonical_model.drafts import (
    BevilgetYdelseDraft,
    FremdriftDraft,
    PersonDraft,
    SagDraft,
    SagsklasseDraft,
    SagspartDraft,
)
from connectors.contract import Record, Shape, Stream
from sync.chunk import item as put
from sync.land import Chunk, Item, Lander
from sync.runs import Counts
from tests.sync.conftest import Hub

ids = itertools.count()
START = datetime(2026, 1, 1, tzinfo=UTC)
slow = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def translate(record: dict[str, Any]) -> Iterable[Draft]:
    """Whatever the record lists."""
    objekt = Lokal("sag", record["id"])
    if "titel" in record:
        titel = {"-": UNSET, "*": WITHHELD}.get(record["titel"], record["titel"])
        yield SagDraft(objekt=objekt, titel=titel, beskrivelse=record.get("beskrivelse", UNSET))
    for rolle, navn in record.get("parter", ()):
        yield SagspartDraft(objekt=objekt, rolle=rolle, fuldt_navn=navn, part=Nummer("cpr", "0704614009"))
    for status, day in record.get("skridt", ()):
        yield FremdriftDraft(objekt=objekt, status=status, virkning_fra=START + timedelta(days=day))


def stream(**change: Any) -> Stream[Any]:
    """A stream whose records list facts."""
    return Stream(name="r", shape=Shape.LISTED, parse=json.loads, translate=translate, **change)


def item(record: dict[str, Any]) -> Item:
    """A record on its way in."""
    return put(Record(record["id"], json.dumps(record).encode()))


def facts(hub: Hub, source: str, at: datetime | None = None) -> list[tuple[Any, ...]]:
    """What is known at an instant, or now, without the ids given at random."""
    known = "kendt_til is null" if at is None else "kendt_fra <= %(at)s and (kendt_til is null or %(at)s < kendt_til)"
    return sorted(
        hub.rows(
            "select key, 'sag', coalesce(titel, ''), coalesce(beskrivelse, ''), '' from sag"
            f" where source = %(s)s and {known}"
            " union all select key, 'part', rolle, coalesce(fuldt_navn, ''), '' from sagspart"
            f" where source = %(s)s and {known}"
            f" union all select key, 'skridt', status, fact, '' from fremdrift where source = %(s)s and {known}",
            {"s": source, "at": at},
        )
    )


def said(records: dict[str, dict[str, Any]]) -> list[tuple[Any, ...]]:
    """The same of the records themselves."""
    out: list[tuple[Any, ...]] = []
    for key, record in records.items():
        if "titel" in record:
            out.append((key, "sag", record["titel"], record.get("beskrivelse") or "", ""))
        out += [(key, "part", rolle, navn, "") for rolle, navn in record.get("parter", ())]
        seen: dict[str, int] = {}
        for status, day in record.get("skridt", ()):
            fact = f"{status}|{(START + timedelta(days=day)).isoformat()}"
            seen[fact] = seen.get(fact, 0) + 1
            out.append((key, "skridt", status, fact + (f"#{seen[fact]}" if seen[fact] > 1 else ""), ""))
    return sorted(out)


text = st.text("abæ|#Ø ", max_size=3)
record = st.fixed_dictionaries(
    {},
    optional={
        "titel": text,
        "beskrivelse": text,
        "parter": st.lists(st.tuples(st.sampled_from(["primaer_part", "sekundaer_part"]), text), max_size=3),
        "skridt": st.lists(st.tuples(st.sampled_from(["Opstaaet", "Afgjort"]), st.integers(0, 2)), max_size=3),
    },
)
nights = st.lists(st.dictionaries(st.sampled_from(["a", "b", "c"]), record, max_size=3), min_size=1, max_size=5)


@slow
@given(nights=nights)
def test_known_at_each_instant_is_what_was_said_then(hub: Hub, nights: list[dict[str, dict[str, Any]]]) -> None:
    """After any sequence of versions; and landing a version again writes nothing."""
    source = f"s{next(ids)}"
    lander = Lander(hub.connection, source, stream(), Counts())
    now_said: dict[str, dict[str, Any]] = {}
    history = []
    for night, records in enumerate(nights):
        at = hub.at((START + timedelta(days=night)).isoformat())
        now_said |= records
        chunk = Chunk([item({"id": key} | value) for key, value in records.items()])
        lander.land(chunk)
        rows = hub.one("select count(*) from sagspart"), hub.one("select max(id) from sagspart")
        lander.land(chunk)
        assert (hub.one("select count(*) from sagspart"), hub.one("select max(id) from sagspart")) == rows
        history.append((at, said(now_said)))
    assert facts(hub, source) == said(now_said)
    for at, expected in history:
        assert facts(hub, source, at) == expected


@slow
@given(records=st.dictionaries(st.sampled_from("abcdef"), record, min_size=2), data=st.data())
def test_order_of_arrival_and_size_of_chunks_do_not_matter(
    hub: Hub, records: dict[str, dict[str, Any]], data: st.DataObject
) -> None:
    """The same records in any order and any chunks give the same facts."""
    hub.at(START.isoformat())
    items = [item({"id": key} | value) for key, value in records.items()]
    outcomes = []
    for order in (items, data.draw(st.permutations(items))):
        source = f"s{next(ids)}"
        lander = Lander(hub.connection, source, stream(), Counts())
        size = data.draw(st.integers(1, len(items)))
        for begin in range(0, len(order), size):
            lander.land(Chunk(order[begin : begin + size]))
        outcomes.append(facts(hub, source))
    assert outcomes[0] == outcomes[1] == said(records)


def test_partial_streams_keep_what_was_not_sent(hub: Hub) -> None:
    """UNSET keeps the former value, and withheld stays withheld, in a partial stream only."""
    for partial, kept in ((True, "før"), (False, None)):
        source = f"s{next(ids)}"
        lander = Lander(hub.connection, source, stream(partial=partial), Counts())
        lander.land(Chunk([item({"id": "a", "titel": "*", "beskrivelse": "før", "parter": [["primaer_part", "Ane"]]})]))
        lander.land(Chunk([item({"id": "a", "titel": "-"})]))
        found = hub.rows(
            "select titel, beskrivelse, withheld from sag where source = %s and kendt_til is null", (source,)
        )
        assert found == [(None, kept, ["titel"] if partial else None)]
        parts = hub.one("select count(*) from sagspart where source = %s and kendt_til is null", (source,))
        assert parts == (1 if partial else 0)


def test_withheld_is_null_with_its_name_beside_it(hub: Hub) -> None:
    """Absent, empty and withheld are kept apart."""
    lander = Lander(hub.connection, "w", stream(), Counts())
    lander.land(Chunk([item({"id": "a", "titel": "*"}), item({"id": "b", "titel": "-"})]))
    assert hub.rows("select key, titel, withheld from sag order by key") == [("a", None, ["titel"]), ("b", None, None)]


def test_a_fact_in_a_new_registrering_keeps_its_row(hub: Hub) -> None:
    """Registration times are no statement; a fact that the source replaced is history beside the current one."""

    def said_again(record: dict[str, Any]) -> Iterable[Draft]:
        objekt = Lokal("sag", "a")
        yield SagDraft(objekt=objekt, titel="Ny", registreret=START + timedelta(days=record["day"]))
        yield SagDraft(objekt=objekt, titel="Gammel", registreret=START, registreret_til=START + timedelta(days=1))

    one: Stream[Any] = Stream(name="r", shape=Shape.LISTED, parse=json.loads, translate=said_again)
    lander = Lander(hub.connection, "h", one, Counts())
    for day in (1, 2):
        lander.land(Chunk([put(Record("a", json.dumps({"day": day}).encode()))]))
    assert hub.rows("select titel, kendt_til, registreret_til is null from sag order by titel") == [
        ("Gammel", None, False), ("Ny", None, True),
    ]  # fmt: skip


def test_every_kind_of_value_comes_back_as_it_went_in(hub: Hub) -> None:
    """Dates stay dates, amounts stay exact, instants are instants in any zone."""

    def translate_all(record: Any) -> Iterable[Draft]:
        yield PersonDraft(objekt=Nummer("cpr", "0704614009"), foedselsdato=date(1961, 4, 7), status=1, koen="M",
                          foedselsdato_usikker=False)  # fmt: skip
        copenhagen = datetime.fromisoformat("2026-07-01T00:00:00+02:00")
        yield BevilgetYdelseDraft(objekt=Lokal("bevilling", "b"), ydelse_id="y", beloeb=Decimal("1234.50"),
                                  startdato=copenhagen, virkning_fra=copenhagen)  # fmt: skip
        yield SagsklasseDraft(objekt=Lokal("sag", "a"), rolle="primaer_klasse", soegeord=["æble", "øl"])

    one: Stream[Any] = Stream(name="r", shape=Shape.LISTED, parse=json.loads, translate=translate_all)
    counts = Counts()
    Lander(hub.connection, "v", one, counts).land(Chunk([put(Record("a", b"{}"))]))
    assert counts.new == 1
    assert hub.rows("select foedselsdato, status, koen, foedselsdato_usikker from person") == [
        (date(1961, 4, 7), 1, "M", False)
    ]
    summer = datetime(2026, 6, 30, 22, tzinfo=UTC)
    assert hub.rows("select beloeb, startdato, virkning_fra, fact from bevilgetydelse") == [
        (Decimal("1234.50"), summer, summer, f"y||{summer.isoformat()}")
    ]
    assert hub.rows("select soegeord from sagsklasse") == [(["æble", "øl"],)]


def test_what_came_twice_is_read_twice_also_when_the_store_refuses_another(hub: Hub) -> None:
    counts = Counts()
    records = [{"id": f"k{number % 4}", "titel": "a\x00b" if number == 3 else f"{number}"} for number in range(7)]
    Lander(hub.connection, "twice", stream(), counts).land(Chunk([item(record) for record in records]))
    assert (counts.read, counts.new, counts.quarantined, counts.unchanged) == (7, 3, 1, 3)
    assert hub.rows("select key, titel from sag where source = 'twice' order by key") == [
        ("k0", "4"), ("k1", "5"), ("k2", "6")
    ]  # fmt: skip


@pytest.mark.parametrize("value", ["a\x00b", "\ud800"])
def test_a_value_that_the_store_refuses_parks_its_own_record_only(hub: Hub, value: str) -> None:
    """The others of the chunk land; the reason does not quote the value."""
    counts = Counts()
    lander = Lander(hub.connection, "u", stream(), counts)
    records = [{"id": f"k{number}", "titel": value if number == 5 else "fin"} for number in range(12)]
    lander.land(Chunk([item(record) for record in records], cursor=None))
    assert (counts.new, counts.quarantined, counts.read) == (11, 1, 12)
    [(key, field, reason)] = hub.rows("select key, field, reason from quarantine")
    assert key == "k5" and value not in field + reason
