"""What the citizen owes the municipality: on the page in Danish, for whoever may see it, with amounts to the oere."""

from collections import Counter
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from canonical_model.store import engine
from caseworker.overblik.borger import read_borger
from caseworker.principal import ROLLER, Grant, Principal
from caseworker.tid import tid
from tests.caseworker.conftest import Browser, World
from tests.caseworker.facts import CVR, NOW, Facts
from tests.caseworker.oracle import Oracle
from tests.caseworker.test_predicate import (
    KILDER,
    PROFILES,
    Fact,
    Judged,
    kle_or_none,
    moments,
    principals,
    rows,
    write,
)


def owed(world: World, part: UUID, **values: Any) -> UUID:
    """A claim by Prisme."""
    krav = uuid4()
    said = {"titel": "Renovation, 10.2026", "art": "Ejendomsbidrag", "tilstand": "open", "beloeb": Decimal("100.00")}
    world.facts.fact("krav", krav, "prisme", part=part, brugervendt_noegle="KRAV-1", **{**said, **values})
    return krav


def seen(world: World, *grants: Grant, at: str | None = None) -> Any:
    """The page as somebody with these grants sees it."""
    principal = Principal(uuid4(), "x", "X", "Y", CVR, grants, ROLLER)
    return read_borger(principal, world.mette, tid(at))


def test_the_page_says_what_is_owed_and_when_it_fell_due(karin: Browser, world: World) -> None:
    world.facts.kilde("prisme", 2, ["32"])
    owed(world, world.mette, beloeb=Decimal("12345.50"), restbeloeb=Decimal("1234.05"), forfaldsdato=date(2026, 11, 1),
         tilstand="instalments")  # fmt: skip
    owed(world, world.mette, titel=None, art="Madservice", restbeloeb=Decimal("100.10"), forfaldsdato=date(2026, 12, 1))
    owed(world, world.mette, titel="Betalt regning", restbeloeb=Decimal("0"), tilstand="settled")
    owed(world, uuid4(), titel="En andens krav")
    world.facts.write()
    page = " ".join(karin.find("1503841112").text.split())
    part = page.split('id="krav"')[1].split("</section>")[0]
    assert "1.334,15 kr. skyldes kommunen" in part, "what is left of both, and nothing of what is settled"
    assert "12.345,50" in part and "1.234,05" in part and "Afdragsordning" in part
    assert part.count("forfaldent") == 1 and "01.12.2026" in part and 'data-th="Krav">Madservice<' in part
    assert "Betalt</span>" in part and part.index("Betalt regning") > part.index("Madservice")
    assert "En andens krav" not in page
    assert '<a href="#krav">Krav <b>3</b></a>' in page


def test_a_claim_for_a_place_tells_nobody_where_a_protected_family_is(karin: Browser, world: World) -> None:
    """Where a child is looked after leaks the address too: the citizen of this page has a protected relative."""
    world.facts.kilde("prisme", 2, ["32"])
    owed(world, world.mette, titel="Forældrebetaling, SFO Nørre Skole", art="SFO", restbeloeb=Decimal("812.00"))
    world.facts.write()
    part = karin.find("1503841112").text.split('id="krav"')[1].split("</section>")[0]
    assert "812,00" in part and "SFO" not in part and "Nørre" not in part


def test_a_page_without_claims_has_no_such_part(karin: Browser, world: World) -> None:
    page = karin.find("1503841112").text
    assert 'id="krav"' not in page and "#krav" not in page


def test_who_may_see_a_claim(store: dict[str, str], world: World) -> None:
    """The areas of its Kilde or its own KLE, its Kilde's level and authority; the hidden ones are counted."""
    f = world.facts
    f.kilde("prisme", 2, ["32", "27"])
    plain, own = owed(world, world.mette), owed(world, world.mette, kle="32.24.04")
    f.write()
    cases = (
        ((Grant(CVR, ("32.*", "27.*"), 2),), {plain, own}),
        ((Grant(CVR, ("32.*",), 2),), {own}),
        ((Grant(CVR, ("32.*",), 2), Grant(CVR, ("27.*",), 2)), {own}),
        ((Grant(CVR, ("*",), 1),), set()),
        ((Grant("22222222", ("*",), 4),), set()),
    )
    for grants, shown in cases:
        page = seen(world, *grants)
        assert {k.uuid for k in page.krav} == shown, grants
        assert page.skjult.krav == 2 - len(shown)
        line = next(k for k in page.coverage.kilder if k.kilde == "prisme")
        assert line.status == ("data" if shown else "not_allowed")


def test_a_claim_is_shown_as_it_was_known(store: dict[str, str], world: World) -> None:
    f = world.facts
    f.kilde("prisme", 2, ["32"])
    krav = owed(world, world.mette, restbeloeb=Decimal("80.00"))
    f.write()
    f.close("krav", NOW, objekt=krav)
    f.kendt = NOW
    f.fact("krav", krav, "prisme", part=world.mette, beloeb=Decimal("100.00"), restbeloeb=Decimal("30.25"))
    f.write()
    everything = Grant(CVR, ("*",), 4)
    assert [k.rest for k in seen(world, everything).krav] == [Decimal("30.25")]
    assert [k.rest for k in seen(world, everything, at="2026-11-10").krav] == [Decimal("80.00")]


KRAV = [UUID(int=80 + number) for number in range(2)]
CLAIMS = st.one_of(
    rows("krav", KRAV, kle=kle_or_none),
    rows("krav", KRAV, kle=kle_or_none),
    rows("sikkerhedsprofil", KRAV, rolle="adgang", urn=st.sampled_from(PROFILES)),
)


def test_the_rule_in_sql_equals_the_plain_reading(store: dict[str, str], clock: None) -> None:
    f = Facts()
    for source, (cvr, kle, level) in KILDER.items():
        f.kilde(source, level, kle, cvr)
    f.write()
    seen: Counter[bool] = Counter()

    @settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
    @given(principals, st.lists(CLAIMS, min_size=1, max_size=5), moments, moments)
    def equal(p: Principal, facts: list[Fact], known_on: Any, true_on: Any) -> None:
        at = tid(known_on, true_on)
        with engine("owner").connect() as connection:
            write(connection, facts)
            oracle, verdict = Oracle(connection, p, at), Judged(connection, p, at, "krav", KRAV)
            expected = [o for o in KRAV if oracle.visible("krav", o)]
            assert verdict.visible == expected
            assert verdict.hidden == sum(o not in expected and oracle.countable("krav", o) for o in KRAV)
            seen.update(o in expected for o in KRAV)
            connection.rollback()

    equal()
    assert min(seen[True], seen[False]) > 3, seen
