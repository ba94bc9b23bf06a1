"""Who is who: numbers, joined persons, and the row that search reads."""

import itertools
import json
import threading
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from canonical_model.draft import Nummer
from canonical_model.folding import FOLD, fold
from connectors.contract import Record
from helhed.settings import now
from sync.chunk import item as put
from sync.consolidate import consolidate
from sync.database import connect
from sync.land import Chunk, Lander
from sync.night import sync_all, sync_source
from sync.resolve import resolve
from sync.runs import Counts
from tests.sync.conftest import Hub
from tests.sync.test_night import A, B, case
from tests.sync.vendor import Vendor, personer, sager

C = "1108194002"
ids = itertools.count()


def person(number: str, fornavn: str = "Ane", **more: object) -> dict[str, object]:
    """One person as the register says it."""
    return {"id": number[:4], "cpr": number, "fornavn": fornavn, "efternavn": "Ågård"} | more


def land(hub: Hub, source: str, *persons: dict[str, object]) -> None:
    """Land persons as a chunk each."""
    lander = Lander(hub.connection, source, personer(), Counts())
    for one in persons:
        lander.land(Chunk([put(Record(f"k{one['id']}", json.dumps(one).encode()))]))


def groups(hub: Hub) -> set[frozenset[str]]:
    """Numbers that are one person now."""
    rows = hub.rows("select array_agg(nummer::text) from identitet where kendt_til is null group by objekt")
    return {frozenset(row[0]) for row in rows}


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_joining_is_idempotent_and_does_not_depend_on_order(hub: Hub, data: st.DataObject) -> None:
    """Chains of replaced numbers end as one person in any order, also when all had persons before."""
    base = next(ids) * 10
    numbers = [f"{9_000_000_000 + base + n}" for n in range(4)]
    chain = [(numbers[1], numbers[0]), (numbers[2], numbers[1]), (numbers[3], numbers[2])]
    before = data.draw(st.lists(st.sampled_from(numbers), unique=True))
    resolve(hub.connection, "x", [Nummer("cpr", n) for n in before], now())
    order = data.draw(st.permutations(chain)) + data.draw(st.lists(st.sampled_from(chain), max_size=2))
    for current, former in order:
        land(hub, f"s{base}", person(current, tidligere=[former]) | {"id": current})
    assert frozenset(numbers) in groups(hub)
    count = hub.one("select count(*) from identitet")
    for current, former in chain:
        land(hub, f"t{base}", person(current, tidligere=[former]) | {"id": current})
    assert hub.one("select count(*) from identitet") == count
    open_ended = hub.rows(
        "select nummer from identitet where nummer = any(%s) and kendt_til is null and virkning_til is null", (numbers,)
    )
    assert open_ended == [(numbers[3],)], "one number is in force"


def test_two_sources_naming_the_same_new_numbers_at_once_agree(hub: Hub) -> None:
    """Concurrent first sights give one person a number, and do not deadlock."""
    numbers = [Nummer("cpr", f"{9_100_000_000 + n}") for n in range(500)]
    found: list[dict[Any, Any]] = []
    start = threading.Barrier(4)

    def see(order: list[Nummer]) -> None:
        with connect() as connection:
            start.wait()
            found.append(resolve(connection, "s", order, now()))

    threads = [threading.Thread(target=see, args=(numbers[:: 1 if n % 2 else -1],)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert len(found) == 4 and all(one == found[0] for one in found)
    assert hub.one("select count(*) from identitet") == 500


def test_a_joined_person_keeps_every_fact_and_is_asked_for_by_the_number_in_force(hub: Hub, vendor: Vendor) -> None:
    """The old number still finds the person; facts are not rewritten; what was asked for the old number goes."""
    vendor.sager = {"s1": case(1, cpr=A), "s2": case(2, cpr=B)}
    vendor.personer = {A: [person(A)], B: [person(B)]}
    hub.source("sag", vendor, sager())
    hub.source("reg", vendor, personer())
    sync_all()
    consolidate()
    assert hub.one("select count(*) from personopslag") == 2
    vendor.personer[B] = [person(B, tidligere=[A])]
    joined = sync_source("reg")
    assert joined.streams["personer"].gone == 1, "what the old number's person had is no longer said"
    vendor.asked.clear()
    result = sync_source("reg")
    assert [path for path in vendor.asked if path.startswith("/person")] == [f"/person/{B}"]
    assert (result.streams["personer"].unchanged, result.streams["personer"].gone) == (1, 0)
    consolidate()
    assert groups(hub) == {frozenset({A, B})}
    assert hub.one("select count(*) from personopslag") == 1
    survivor = hub.one("select objekt from identitet where nummer = %s and kendt_til is null", (A,))
    assert hub.one("select person from personopslag") == survivor
    every = hub.rows("select distinct i.objekt from identitet i where nummer in (%s, %s)", (A, B))
    assert hub.one("select count(*) from sagspart where part = any(%s)", ([row[0] for row in every],)) == 2


def test_consolidation_writes_what_search_reads_and_only_when_it_changed(hub: Hub, vendor: Vendor) -> None:
    """Former names are found, protection is the union, precedence chooses, disagreement is flagged."""
    (hub.folder / "precedence.toml").write_text('navn = ["reg", "andet"]\nadresse = ["reg"]\n')
    vendor.sager = {"s1": case(1, cpr=A, navn="Ane Aagaard"), "s2": case(2, cpr=B, navn="Bo Uden Opslag")}
    vendor.personer = {A: [person(A, vej="Øster Allé", nr="007B")]}
    hub.source("sag", vendor, sager())
    hub.source("reg", vendor, personer())
    hub.at("2026-11-20T01:00:00+01:00")
    sync_all()
    assert consolidate() == {"persons": 2, "written": 2, "removed": 0}
    found = hub.rows("select navn, navn_ord, adresse, adresse_ord, beskyttet, konflikt from personopslag")
    rows = {row[0]: row[1:] for row in found}
    assert rows["Ane Ågård"] == (
        "aagaard ane", "Øster Allé 7B, 0999 Korsbæk", "oester alle 7b 0999 korsbaek", False, False,
    )  # fmt: skip
    assert rows["Bo Uden Opslag"][1:] == (None, "", False, False)
    hub.at("2026-11-20T02:00:00+01:00")
    assert consolidate()["written"] == 0

    hub.at("2026-11-21T01:00:00+01:00")
    vendor.personer[A] = [person(A, fornavn="Anna", vej="Øster Allé", nr="7B", beskyttet=True)]
    sync_all()
    assert consolidate() == {"persons": 1, "written": 1, "removed": 0}
    [(navn, ord_, beskyttet)] = hub.rows("select navn, navn_ord, beskyttet from personopslag where navn like 'Anna%%'")
    assert beskyttet and {"anna", "ane", "aagaard"} <= set(ord_.split()) and navn == "Anna Ågård"
    hub.at("2026-11-22T01:00:00+01:00")
    land(hub, "andet", person(A, fornavn="Hanne"))
    consolidate()
    assert hub.rows("select navn, konflikt from personopslag where konflikt") == [("Anna Ågård", True)]
    hub.at("2026-11-23T01:00:00+01:00")
    (hub.folder / "precedence.toml").write_text('navn = ["andet", "reg"]\nadresse = ["reg"]\n')
    sync_all(["sag"])
    consolidate()
    assert hub.one("select navn from personopslag where konflikt") == "Hanne Ågård"
    ranks = hub.rows(
        "select source, rang, kendt_til is null from praecedens where felt = 'navn' order by kendt_fra, rang"
    )
    assert ranks == [("reg", 1, False), ("andet", 2, False), ("andet", 1, True), ("reg", 2, True)]


def test_a_name_that_becomes_true_by_itself_is_consolidated(hub: Hub) -> None:
    """Nothing came in, but the day did."""
    from datetime import datetime, timedelta

    from canonical_model.drafts import NavnDraft
    from connectors.contract import Shape, Stream

    at = hub.at("2026-11-20T01:00:00+01:00")
    wedding = at + timedelta(days=2)

    def translate(record: Any) -> Any:
        objekt = Nummer("cpr", A)
        born = datetime(1990, 1, 1, tzinfo=at.tzinfo)
        yield NavnDraft(objekt=objekt, fornavn="Ane", efternavn="Før", virkning_fra=born, virkning_til=wedding)
        yield NavnDraft(objekt=objekt, fornavn="Ane", efternavn="Efter", virkning_fra=wedding)

    stream: Stream[Any] = Stream(name="r", shape=Shape.LISTED, parse=json.loads, translate=translate)
    Lander(hub.connection, "s", stream, Counts()).land(Chunk([put(Record("a", b"{}"))]))
    consolidate()
    assert hub.one("select navn from personopslag") == "Ane Før"
    hub.at("2026-11-23T01:00:00+01:00")
    consolidate()
    assert hub.one("select navn from personopslag") == "Ane Efter"


@pytest.mark.parametrize(
    "text", ["Åse Ærø-Østergård", "AASE", "François Müller", "Jørgen  d'Årsø", "Ǻngström ß", "İ x"]
)
def test_folding_is_the_same_in_sql_and_in_python(hub: Hub, text: str) -> None:
    """What is stored and what is asked for are folded alike."""
    assert hub.one(f"select {FOLD.format(text='%s::text')}".replace("%s", "%(t)s"), {"t": text}) == fold(text)


def test_a_refreshed_person_and_the_conflict_words_do_not_depend_on_word_order(hub: Hub) -> None:
    """'Ane Ågård' and 'Ågård, Ane' are one name."""
    land(hub, "a", person(A))
    land(hub, "b", {"id": "1", "cpr": A, "fornavn": "", "efternavn": "Ågård, Ane"})
    consolidate()
    assert hub.rows("select konflikt from personopslag") == [(False,)]
