"""The SQL predicate equals a plain reading of rammearkitektur 4.9, on random stores and principals."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID, uuid4

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from canonical_model.store import engine
from caseworker.overblik.judged import Judged
from caseworker.principal import Grant, Principal
from caseworker.reading import reading
from caseworker.tid import tid
from tests.caseworker.facts import CVR, Facts

OTHER = "22222222"
KILDER = {"a": (CVR, "32", 2), "b": (CVR, "27.35", 3), "c": (OTHER, "32.24.04", 1)}
KLE = [None, "32.24.04", "27.35.04", "27.54.03", "320.24.04", "32"]
PROFILES = ["urn:oio:profil:a", "urn:oio:profil:b"]


@dataclass
class Claim:
    """What one source says of one object."""

    source: str
    cvr: str | None
    kle: str | None
    niveau: int | None


@dataclass
class Thing:
    """An object with its claims, and what it hangs on."""

    claims: list[Claim]
    profiles: list[str]
    on: list[int] = field(default_factory=list)
    lines: list[str | None] = field(default_factory=list)
    id: UUID = field(default_factory=uuid4)

    def filled(self) -> list[tuple[str, str, int]]:
        """The claims; a silent source takes what the others state, and its own default only if none does."""
        levels = [c.niveau if 1 <= c.niveau <= 4 else 4 for c in self.claims if c.niveau is not None]
        stated = [[c.cvr for c in self.claims if c.cvr], [c.kle for c in self.claims if c.kle]]
        out = []
        for c in self.claims:
            cvr, kle, niveau = KILDER[c.source]
            out += [(x, y, z) for x in stated[0] or [cvr] for y in stated[1] or [kle] for z in levels or [niveau]]
        return out


claim = st.builds(
    Claim, st.sampled_from(sorted(KILDER)), st.sampled_from([None, CVR, OTHER]), st.sampled_from(KLE),
    st.sampled_from([None, 1, 2, 3, 4, 9]),
)  # fmt: skip
claims = st.lists(claim, min_size=1, max_size=3, unique_by=lambda c: c.source)
profiles = st.lists(st.sampled_from(PROFILES), max_size=2, unique=True)
some = st.lists(st.integers(0, 2), max_size=2, unique=True)
lines = st.lists(st.sampled_from(KLE), max_size=2)
grant = st.builds(
    Grant, st.sampled_from([CVR, OTHER]),
    st.lists(st.sampled_from(["*", "3*", "32.*", "27.35.*", "27.35.04", "27"]), min_size=1, max_size=2).map(tuple),
    st.integers(1, 4),
)  # fmt: skip
principals = st.builds(
    lambda grants, held: Principal(uuid4(), "x", "X", "Y", CVR, tuple(grants), frozenset(), frozenset(held)),
    st.lists(grant, max_size=3), profiles,
)  # fmt: skip


def covers(pattern: str, kle: str) -> bool:
    """A KLE pattern as the standard writes it, read without regular expressions."""
    if pattern == "*":
        return True
    if re.fullmatch(r"\d\*", pattern):
        return kle.startswith(pattern[0])
    stem = pattern.removesuffix(".*")
    return kle == stem or kle.startswith(stem + ".")


def any_covers(g: Grant, kle: str) -> bool:
    """One of the grant's patterns covers the number."""
    return any(covers(p, kle) for p in g.kle)


def met(g: Grant, thing: Thing, *, kle: bool = True, cvr: bool = True) -> bool:
    """Every claim is met by the grant."""
    return all(
        (not cvr or c == g.cvr) and (not kle or any_covers(g, k)) and n <= g.foelsomhed for c, k, n in thing.filled()
    )


def held(p: Principal, thing: Thing) -> bool:
    """Every security profile is held."""
    return set(thing.profiles) <= p.sikkerhedsprofiler


class Oracle:
    """Plain Python over the same objects."""

    def __init__(self, p: Principal, sager: list[Thing], dokumenter: list[Thing], bevillinger: list[Thing]) -> None:
        """Keep what the verdicts need."""
        self.p, self.sager, self.dokumenter, self.bevillinger = p, sager, dokumenter, bevillinger

    def sag(self, s: Thing) -> bool:
        """Ejer, KLE and Foelsomhed within one grant."""
        return held(self.p, s) and any(met(g, s) for g in self.p.grants)

    def dokument(self, d: Thing) -> bool:
        """Through any visible Sag and its own level; case-less by its own."""
        if not held(self.p, d):
            return False
        on = [self.sager[i] for i in d.on]
        return any(
            met(g, d, kle=False, cvr=False) and any(met(g, s) and held(self.p, s) for s in on) if on else met(g, d)
            for g in self.p.grants
        )

    def by_grant(self, b: Thing, g: Grant) -> bool:
        """A Bevilling under one grant: KLE on at least one line."""
        if not (held(self.p, b) and met(g, b, kle=False)):
            return False
        if not b.lines:
            return met(g, b)
        default = KILDER[b.claims[0].source][1]
        return any(any_covers(g, line or default) for line in b.lines)

    def bevilling(self, b: Thing) -> bool:
        """Under any grant."""
        return any(self.by_grant(b, g) for g in self.p.grants)


def bare(thing: Thing) -> Thing:
    """A Bevilling has no KLE of its own: only its lines, else the source's."""
    thing.claims = [Claim(c.source, c.cvr, None, c.niveau) for c in thing.claims]
    return thing


def write(sager: list[Thing], dokumenter: list[Thing], bevillinger: list[Thing]) -> None:
    """The objects as facts."""
    with engine("owner").begin() as connection:
        for name in ("sag", "sagindeks", "sagsklasse", "sagsaktoer", "sikkerhedsprofil", "dokument", "dokumentklasse",
                     "dokumentaktoer", "journalpost", "bevilling", "bevillingsaktoer", "bevilgetydelse"):  # fmt: skip
            connection.execute(text(f"truncate {name}"))
    f = Facts()
    for kind, things, level in (("sag", sager, "sagindeks"), ("dokument", dokumenter, "dokument"),
                                ("bevilling", bevillinger, "bevilling")):  # fmt: skip
        for t in things:
            for c in t.claims:
                if kind == "sag":
                    f.fact("sag", t.id, c.source, titel="t")
                if kind != "sag" or c.niveau is not None:
                    f.fact(level, t.id, c.source, foelsomhed=c.niveau)
                if c.cvr:
                    aktoer = {"sag": "sagsaktoer", "dokument": "dokumentaktoer", "bevilling": "bevillingsaktoer"}[kind]
                    f.fact(aktoer, t.id, c.source, rolle="ejer", cvr=c.cvr)
                if c.kle and kind != "bevilling":
                    klasse = {"sag": "sagsklasse", "dokument": "dokumentklasse"}[kind]
                    f.fact(klasse, t.id, c.source, rolle="primaer_klasse", brugervendt_noegle=c.kle)
            for p in t.profiles:
                f.fact("sikkerhedsprofil", t.id, t.claims[0].source, rolle="adgang", urn=p)
            for number, kle in enumerate(t.lines):
                f.fact("bevilgetydelse", t.id, t.claims[0].source, ydelse_id=str(number), kle=kle)
            for i in t.on:
                f.fact("journalpost", sager[i].id, "a", rolle="tilakteret", dokument=t.id)
    f.write()


def visible(p: Principal, kind: str, things: Iterable[Thing]) -> list[bool]:
    """What SQL says."""
    wanted = list(things)
    with reading() as connection:
        seen = set(Judged(connection, p, tid(), kind, [t.id for t in wanted]).visible)
    return [t.id in seen for t in wanted]


def fresh(things: list[Thing]) -> list[Thing]:
    """With ids of their own, however hypothesis shared them."""
    return [Thing(t.claims, t.profiles, t.on, t.lines) for t in things]


def test_sql_equals_the_plain_reading(store: dict[str, str]) -> None:
    f = Facts()
    for id, (cvr, kle, level) in KILDER.items():
        f.kilde(id, level, kle, cvr)
    f.write()

    @settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
    @given(
        principals,
        st.lists(st.builds(Thing, claims, profiles), min_size=3, max_size=3),
        st.lists(st.builds(Thing, claims, profiles, some), min_size=1, max_size=4),
        st.lists(st.builds(Thing, claims, profiles, st.just([]), lines), min_size=1, max_size=4),
    )
    def equal(p: Principal, sager: list[Thing], dokumenter: list[Thing], bevillinger: list[Thing]) -> None:
        sager, dokumenter = fresh(sager), fresh(dokumenter)
        bevillinger = [bare(b) for b in fresh(bevillinger)]
        # The sources of journalposts count for the case they stand in: source a says nothing else of it.
        write(sager, dokumenter, bevillinger)
        oracle = Oracle(p, sager, dokumenter, bevillinger)
        assert visible(p, "sag", sager) == [oracle.sag(s) for s in sager]
        assert visible(p, "dokument", dokumenter) == [oracle.dokument(d) for d in dokumenter]
        assert visible(p, "bevilling", bevillinger) == [oracle.bevilling(b) for b in bevillinger]

    equal()


def test_payment_shows_through_its_grant_only(store: dict[str, str]) -> None:
    f = Facts()
    f.kilde("ydi", 2, "32")
    part = uuid4()
    seen, closed = f.ydelse(part, "Sygedagpenge"), f.ydelse(part, "Merudgifter", "27.54.03", 3)
    f.write()
    p = Principal(uuid4(), "x", "X", "Y", CVR, (Grant(CVR, ("32.*",), 2),))
    with engine("owner").connect() as connection:
        pays = dict(connection.execute(text("select objekt, bevilling from ydelseseffektuering")).tuples().all())
    with reading() as connection:
        verdict = Judged(connection, p, tid(), "effektuering", pays)
        assert {pays[o] for o in verdict.visible} == {seen}
        assert verdict.hidden == 2
        assert Judged(connection, p, tid(), "bevilling", [closed]).hidden == 1
