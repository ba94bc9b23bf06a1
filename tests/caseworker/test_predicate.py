"""The SQL predicate equals a plain reading of rammearkitektur 4.9, on random stores, principals and instants."""

from collections import Counter
from collections.abc import Iterable
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, insert, text

from canonical_model.store import engine
from canonical_model.tables import FACT_TABLES
from caseworker.claims import instants
from caseworker.overblik.judged import Judged as Verdict
from caseworker.predicate import params, ydelse_visible
from caseworker.principal import Grant, Principal
from caseworker.reading import reading
from caseworker.tid import Tid, tid
from tests.caseworker.facts import CVR, NOW, Facts, table
from tests.caseworker.oracle import Oracle

OTHER = "22222222"
KILDER = {
    "a": (CVR, ["32", "27"], 2),
    "b": (CVR, ["27.35.*"], 3),
    "c": (OTHER, ["32.24.04", "27"], 1),
    "d": (CVR, ["32"], 1),
}
KLE = ["32.24.04", "32.24.04", "27.35.04", "27.54.03", "320.24.04", "32"]
PROFILES = ["urn:oio:profil:a", "urn:oio:profil:b"]
SAGER, DOKUMENTER, BEVILLINGER, BETALINGER = ([UUID(int=16 * n + m) for m in range(2)] for n in range(1, 5))
THINGS = {"sag": SAGER, "dokument": DOKUMENTER, "bevilling": BEVILLINGER, "effektuering": BETALINGER}
DAYS = [NOW - timedelta(days=d) for d in (40, 30, 20, 10)]
FUTURE = NOW + timedelta(days=10)

Fact = tuple[str, dict[str, Any]]
one = st.sampled_from
KNOWN = one([(DAYS[0], None)] * 4 + [(DAYS[0], DAYS[2]), (DAYS[2], None), (DAYS[1], DAYS[3])])
TRUE = one([(None, None)] * 4 + [(None, DAYS[1]), (DAYS[1], None), (DAYS[1], DAYS[3]), (FUTURE, None)])


def rows(name: str, objekter: list[UUID], **values: Any) -> st.SearchStrategy[Fact]:
    """One fact of a table about one of the objects."""
    drawn = {"objekt": one(objekter), "source": one([*"aabcd"]), "known": KNOWN, "true": TRUE}
    drawn |= {k: v if isinstance(v, st.SearchStrategy) else st.just(v) for k, v in values.items()}
    return st.fixed_dictionaries(drawn).map(lambda v: (name, v))


def owners(name: str, objekter: list[UUID]) -> st.SearchStrategy[Fact]:
    """An Ejer by number, by URN, or by a UUID that says nothing."""
    said = one([{"cvr": CVR}] * 3 + [{"cvr": OTHER}, {"urn": f"urn:oio:cvr-nr:{CVR}"}, {"reference": UUID(int=9)}])
    return st.tuples(rows(name, objekter, rolle=one(["ejer", "ejer", "ansvarlig"])), said).map(_joined)


def classes(name: str, objekter: list[UUID]) -> st.SearchStrategy[Fact]:
    """A primary KLE by number, by URN, or by a UUID that says nothing."""
    numbers = [{"brugervendt_noegle": k} for k in KLE]
    said = one([*numbers, {"urn": "urn:oio:kle:32.24.04"}, {"reference": UUID(int=9)}])
    role = one(["primaer_klasse"] * 3 + ["handlingsklasse"])
    return st.tuples(rows(name, objekter, rolle=role), said).map(_joined)


def _joined(parts: tuple[Fact, dict[str, Any]]) -> Fact:
    (name, values), more = parts
    return name, {**values, **more}


def _or_deadline(note: Fact) -> Fact:
    """A note of some sources, a deadline of the others."""
    return ("frist", {**note[1], "art": "frist"}) if note[1]["source"] in "bd" else note


levels = one([None, 1, 1, 2, 3, 4, 9])
kle_or_none = one([None, *KLE])
FACTS = st.one_of(
    rows("sagindeks", SAGER, foelsomhed=levels),
    owners("sagsaktoer", SAGER),
    classes("sagsklasse", SAGER),
    rows("journalnotat", SAGER).map(_or_deadline),
    rows("sikkerhedsprofil", SAGER + DOKUMENTER + BEVILLINGER + BETALINGER, rolle="adgang", urn=one(PROFILES)),
    rows("dokument", DOKUMENTER, foelsomhed=levels),
    owners("dokumentaktoer", DOKUMENTER),
    classes("dokumentklasse", DOKUMENTER),
    rows("journalpost", SAGER, rolle="tilakteret", dokument=one(DOKUMENTER)),
    rows("journalpost", SAGER, rolle="tilakteret", dokument=one(DOKUMENTER)),
    rows("bevilling", BEVILLINGER, foelsomhed=levels),
    owners("bevillingsaktoer", BEVILLINGER),
    rows("bevilgetydelse", BEVILLINGER, ydelse_id=one("12"), kle=kle_or_none),
    rows("bevillingssag", BEVILLINGER, rolle="tilknyttet", reference=one([*SAGER, UUID(int=8)])),
    owners("effektueringsaktoer", BETALINGER),
    rows("ydelseseffektuering", BETALINGER, rolle="x", bevilling=one([*BEVILLINGER * 3, UUID(int=7)]), kle=kle_or_none),
)
grant = st.builds(
    Grant, one([CVR, CVR, CVR, OTHER]),
    st.lists(one(["*", "*", "3*", "32.*", "27.35.*", "27.35.04", "27"]), min_size=1, max_size=2).map(tuple),
    st.integers(1, 4),
)  # fmt: skip
some_grants = st.lists(grant | one([Grant(CVR, ("*",), 3), Grant(CVR, ("32.*",), 2)]), max_size=3)
principals = st.builds(
    lambda grants, held: Principal(uuid4(), "x", "X", "Y", CVR, tuple(grants), frozenset(), frozenset(held)),
    some_grants,
    st.lists(one(PROFILES), max_size=2, unique=True),
)
moments = one([None, None, *(d + timedelta(hours=1) for d in DAYS[:2]), NOW, FUTURE])


class Judged(Verdict):
    """The verdict, also within the owner's transaction that wrote the facts."""

    def __init__(self, connection: Any, *asked: Any) -> None:
        owner = isinstance(connection, Connection)
        super().__init__(connection.connection.driver_connection if owner else connection, *asked)


def write(connection: Connection, facts: Iterable[Fact]) -> None:
    """The facts, and beside them one that every object is there at all."""
    bases = ("sag", "dokument", "bevilling", "oekonomiskeffektuering")
    anchors: list[Fact] = [
        (base, {"objekt": o, "source": "a", "known": (DAYS[0], None), "true": (None, None)})
        for base, objekter in zip(bases, THINGS.values(), strict=True)
        for o in objekter[:1]
    ]
    at = {"source": "a", "known": (DAYS[0], None), "true": (None, None)}
    anchors.append(("bevilgetydelse", {**at, "objekt": BEVILLINGER[0], "ydelse_id": "0"}))
    anchors.append(("ydelseseffektuering", {**at, "objekt": BETALINGER[0], "rolle": "x", "bevilling": BEVILLINGER[0]}))
    for number, (name, values) in enumerate([*anchors, *facts]):
        row = {k: v for k, v in values.items() if k not in ("known", "true")}
        (row["kendt_fra"], row["kendt_til"]), (row["virkning_fra"], row["virkning_til"]) = (
            values["known"],
            values["true"],
        )
        row |= {"stream": "s", "key": str(number), "fact": "1", "digest": number.to_bytes(16)}
        connection.execute(insert(table(FACT_TABLES[name])).values(**row))


def lines(connection: Connection, p: Principal, at: Tid) -> tuple[set[int], list[dict[str, Any]]]:
    """The benefits that SQL would show, and all there are."""
    sql = f"select y.id from bevilgetydelse y where {ydelse_visible('y')}"
    shown = {r[0] for r in connection.execute(text(sql), params(p, at))}
    return shown, [dict(r) for r in connection.execute(text("select * from bevilgetydelse")).mappings()]


def test_sql_equals_the_plain_reading(store: dict[str, str], clock: None) -> None:
    f = Facts()
    for id, (cvr, kle, level) in KILDER.items():
        f.kilde(id, level, kle, cvr)
    f.write()
    seen: Counter[tuple[object, ...]] = Counter()

    @settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
    @given(principals, st.lists(FACTS, min_size=4, max_size=24), moments, moments)
    def equal(p: Principal, facts: list[Fact], known_on: Any, true_on: Any) -> None:
        at, now = tid(known_on, true_on), tid()
        with engine("owner").connect() as connection:
            write(connection, facts)
            oracle, today = Oracle(connection, p, at), Oracle(connection, p, now)
            for kind, objekter in THINGS.items():
                verdict = Judged(connection, p, at, kind, objekter)
                expected = [o for o in objekter if oracle.visible(kind, o)]
                assert verdict.visible == expected, kind
                hidden = [o for o in objekter if o not in expected and oracle.countable(kind, o)]
                assert verdict.hidden == len(hidden), kind
                present = Judged(connection, p, now, kind, objekter) if at.rejser else verdict
                assert present.visible == [o for o in objekter if today.visible(kind, o)], kind
                # Today's rights decide always: what the hub still holds and hides today is hidden in any past.
                kept = {o for o in expected if today._about(kind, o, now.nu)}
                assert kept <= set(present.visible), kind
                seen.update((kind, at.rejser, o in expected) for o in objekter)
                seen[kind, "counted"] += verdict.hidden
            shown, benefits = lines(connection, p, at)
            assert shown == {b["id"] for b in benefits if oracle.line(b)}
            seen["lines", True] += len(shown)
            connection.rollback()

    equal()
    for kind in THINGS:
        for back in (True, False):
            assert min(seen[kind, back, True], seen[kind, back, False]) > 3, (kind, back, seen)
        assert seen[kind, "counted"] > 3
    assert seen["lines", True] > 3 and len(instants(tid("2026-11-01", "2026-11-01"))["p_nu"]) == 4


KLASSER = [UUID(int=160 + m) for m in range(2)]
"""Classes that are known by UUID, and by a number where the register has one."""
CLASSED = st.one_of(
    rows("sagsklasse", SAGER, rolle="primaer_klasse", reference=one(KLASSER)),
    rows("klasse", KLASSER, brugervendt_noegle=one([*KLE, None, "Sekundær part"])),
    rows("klasse", KLASSER, brugervendt_noegle=st.just("32.24.04")),
    owners("sagsaktoer", SAGER),
)


def test_a_class_read_through_the_register_equals_the_plain_reading(store: dict[str, str], clock: None) -> None:
    """Random registers: one number, several, words, none, known sooner or later than the case."""
    f = Facts()
    for id, (cvr, kle, level) in KILDER.items():
        f.kilde(id, level, kle, cvr)
    f.write()
    seen: Counter[bool] = Counter()

    @settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
    @given(principals, st.lists(CLASSED, min_size=4, max_size=12), moments, moments)
    def equal(p: Principal, facts: list[Fact], known_on: Any, true_on: Any) -> None:
        at = tid(known_on, true_on)
        with engine("owner").connect() as connection:
            write(connection, facts)
            oracle = Oracle(connection, p, at)
            expected = [o for o in SAGER if oracle.visible("sag", o)]
            assert Judged(connection, p, at, "sag", SAGER).visible == expected
            seen.update(o in expected for o in SAGER)
            connection.rollback()

    equal()
    assert min(seen[True], seen[False]) > 3, seen


def test_a_class_known_by_uuid_only_is_covered_by_the_star_only(store: dict[str, str]) -> None:
    """What a source states and we cannot read is no silence: neither its Kilde's areas nor another's word stand in."""
    f = Facts()
    f.kilde("sdi", 1, "32")
    f.kilde("sbsys", 1, "32")
    unread, beside, silent = uuid4(), uuid4(), uuid4()
    for sag in (unread, beside, silent):
        f.fact("sag", sag, "sdi")
    for sag in (unread, beside):
        f.fact("sagsklasse", sag, "sdi", rolle="primaer_klasse", reference=uuid4())
    f.fact("sagsklasse", beside, "sbsys", rolle="primaer_klasse", brugervendt_noegle="32.24.04")
    f.write()
    for pattern, seen in (("32.*", {silent}), ("*", {unread, beside, silent})):
        p = Principal(uuid4(), "x", "X", "Y", CVR, (Grant(CVR, (pattern,), 3),))
        with reading() as connection:
            assert set(Judged(connection, p, tid(), "sag", [unread, beside, silent]).visible) == seen


def test_payment_shows_through_its_grant_only(store: dict[str, str]) -> None:
    f = Facts()
    f.kilde("ydi", 2, "32")
    part = uuid4()
    seen, closed = f.ydelse(part, "Sygedagpenge"), f.ydelse(part, "Merudgifter", "27.54.03", 3)
    f.write()
    p = Principal(uuid4(), "x", "X", "Y", CVR, (Grant(CVR, ("32.*",), 2),))
    with engine("owner").connect() as connection:
        pays = dict(connection.execute(text("select objekt, bevilling from ydelseseffektuering")).all())
    with reading() as connection:
        verdict = Judged(connection, p, tid(), "effektuering", pays)
        assert {pays[o] for o in verdict.visible} == {seen}
        assert verdict.hidden == 2
        assert Judged(connection, p, tid(), "bevilling", [closed]).hidden == 1
