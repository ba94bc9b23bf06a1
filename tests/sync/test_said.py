"""What a record said tells where to look when it changes: the store says the same as when everything is looked into."""

import itertools
import json
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from canonical_model.draft import Draft
from canonical_model.drafts import FremdriftDraft, SagDraft, SagspartDraft
from canonical_model.tables import FACT_TABLES
from connectors.contract import Record
from sync.chunk import Chunk, Item, item
from sync.land import Lander
from sync.rows import rows_of
from sync.runs import Counts
from sync.said import _MARKS, differing, said
from tests.sync.conftest import Hub
from tests.sync.vendor import sager

SAG = UUID(int=1)
FACTS = """
    select 'sag', key, titel, kendt_til is null from sag where source = %(source)s
    union all select 'part', key, fuldt_navn, kendt_til is null from sagspart where source = %(source)s
    union all select 'step', key, status || virkning_fra, kendt_til is null from fremdrift where source = %(source)s
    order by 1, 2, 3, 4
"""
VERSIONS = st.fixed_dictionaries(
    {"titel": st.sampled_from(["Bolig", "Hjælp", 7])},
    optional={
        "navn": st.sampled_from(["Ane", "Bo"]),
        "cpr": st.sampled_from(["9300000001", "9300000002"]),
        "fremdrift": st.lists(
            st.fixed_dictionaries(
                {"status": st.sampled_from(["Opstaaet", "Oplyst"]), "fra": st.just("2026-01-01T00:00:00Z")}
            ),
            max_size=3,
        ),
    },
)
_runs = itertools.count()


def _case(number: int, **said: Any) -> Item:
    return item(Record(str(number), json.dumps({"id": str(number), **said}).encode()))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.lists(VERSIONS, min_size=1, max_size=3), min_size=2, max_size=5))
def test_the_store_says_the_same_as_when_everything_is_looked_into(hub: Hub, nights: list[list[Any]]) -> None:
    """Night after night, with what is refused in between."""
    run = next(_runs)
    landers = [Lander(hub.connection, f"{kind}{run}", sager(), Counts()) for kind in ("told", "untold")]
    for night in nights:
        for lander in landers:
            lander.land(Chunk([_case(n, **version) for n, version in enumerate(night)]))
        hub.connection.execute("update landed set said = null where source = %s", (f"untold{run}",))
        told, untold = (hub.rows(FACTS, {"source": lander.source}) for lander in landers)
        assert told == untold
    assert landers[0].counts.as_dict() == landers[1].counts.as_dict()


def test_only_the_tables_that_say_something_else_are_looked_into(hub: Hub) -> None:
    """A fact that somebody took away behind the record's back is not missed while it is said as before."""
    lander = Lander(hub.connection, "s", sager(), Counts())
    lander.land(Chunk([_case(7, titel="før", cpr="9300000001", navn="Ane")]))
    hub.connection.execute("update sagspart set kendt_til = kendt_fra")
    lander.land(Chunk([_case(7, titel="nu", cpr="9300000001", navn="Ane")]))
    assert hub.rows("select titel from sag where kendt_til is null") == [("nu",)]
    assert hub.one("select count(*) from sagspart where kendt_til is null") == 0
    lander.land(Chunk([_case(7, titel="nu", cpr="9300000001", navn="Bo")]))
    assert hub.rows("select fuldt_navn from sagspart where kendt_til is null") == [("Bo",)]
    assert hub.one("select count(*) from sag") == 2


def test_what_a_partial_stream_leaves_out_is_not_forgotten(hub: Hub) -> None:
    """Once the stream is no longer one, everything that a record does not say is closed."""
    versions = [_case(7, titel="før", cpr="9300000001", navn="Ane"), _case(7, titel="nu")]
    for version in versions:
        Lander(hub.connection, "s", sager(partial=True), Counts()).land(Chunk([version]))
    assert hub.rows("select fuldt_navn from sagspart where kendt_til is null") == [("Ane",)]
    Lander(hub.connection, "s", sager(), Counts()).land(Chunk([_case(7, titel="siden")]))
    assert hub.one("select count(*) from sagspart where kendt_til is null") == 0


DRAFTS = st.lists(
    st.one_of(
        st.builds(SagDraft, objekt=st.just(SAG), titel=st.sampled_from(["a", "b"])),
        st.builds(SagspartDraft, objekt=st.just(SAG), rolle=st.just("part"), fuldt_navn=st.sampled_from(["a", "b"])),
        st.builds(
            FremdriftDraft, objekt=st.just(SAG), status=st.just("Oplyst"),
            registreret=st.none() | st.just(datetime(2026, 1, 1, tzinfo=UTC)),
            registreret_til=st.none() | st.just(datetime(2026, 2, 1, tzinfo=UTC)),
        ),
    ),
    max_size=4,
)  # fmt: skip


REPLACED = {"objekt": SAG, "status": "Oplyst", "registreret_til": datetime(2026, 2, 1, tzinfo=UTC)}
DIGEST, OTHER = b"0123456789abcdef", b"abcdef0123456789"


@given(DRAFTS, DRAFTS)
@example([FremdriftDraft(**REPLACED)], [FremdriftDraft(**REPLACED, registreret=datetime(2026, 1, 1, tzinfo=UTC))])
def test_tables_differ_when_their_facts_do(before: list[Draft], after: list[Draft]) -> None:
    """Facts are the same that have the same key and the same digest (sync.place closes and inserts by these)."""
    former, present = rows_of("07", before, {SAG: SAG}), rows_of("07", after, {SAG: SAG})
    facts = [{table: [row[1:3] for t, row in rows if t == table] for table, _ in rows} for rows in (former, present)]
    expected = {table for table in facts[0] | facts[1] if facts[0].get(table) != facts[1].get(table)}
    assert differing(said(1, DIGEST, former), 1, DIGEST, said(1, OTHER, present)) == expected


@pytest.mark.parametrize(("version", "digest"), [(2, DIGEST), (1, OTHER), (1, None)])
def test_what_was_said_of_something_else_is_not_known(version: int, digest: bytes | None) -> None:
    now = said(1, DIGEST, [])
    assert differing(now, 1, DIGEST, now) == set()
    assert differing(now, version, digest, now) is None
    assert differing(None, 1, DIGEST, now) is None


def test_who_does_not_know_of_said_makes_it_unknown(hub: Hub) -> None:
    """A listener of an older version that was not restarted, say: it lands a record and not what that says."""
    lander = Lander(hub.connection, "s", sager(), Counts())
    kept = None
    for navn, titel in (("Ane", "før"), ("Bo", "før"), ("Ane", "nu")):
        lander.land(Chunk([_case(7, titel=titel, cpr="9300000001", navn=navn)]))
        kept = kept or hub.one("select said from landed")
        hub.connection.execute("update landed set said = %s", (kept,))
    assert hub.rows("select fuldt_navn from sagspart where kendt_til is null") == [("Ane",)]


def test_a_new_version_of_the_translation_mends_what_was_lost(hub: Hub) -> None:
    record = _case(7, titel="nu", cpr="9300000001", navn="Ane")
    Lander(hub.connection, "s", sager(), Counts()).land(Chunk([record]))
    hub.connection.execute("update sagspart set kendt_til = kendt_fra")
    Lander(hub.connection, "s", sager(version=2), Counts()).land(Chunk([record]))
    assert hub.rows("select fuldt_navn from sagspart where kendt_til is null") == [("Ane",)]


def test_every_table_has_a_mark_of_its_own() -> None:
    assert len(set(_MARKS.values())) == len(FACT_TABLES)


def test_a_table_that_is_no_more_is_not_looked_for() -> None:
    """What an older version of the hub wrote down may name it."""
    nothing = said(1, DIGEST, [])
    assert differing(nothing + b"\x00\x00" + (8).to_bytes(4) + b"12345678", 1, DIGEST, nothing) == set()
