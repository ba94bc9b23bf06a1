"""What the shared registers add to a case: who is behind a UUID, what a class is called, who a company is."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from canonical_model.person import Identitet
from caseworker.overblik.borger import read_borger
from caseworker.overblik.sag import UnknownSag, read_sag
from caseworker.principal import ROLLER, Grant, Principal
from caseworker.tid import skriv_varighed, tid
from tests.caseworker.conftest import Browser, World
from tests.caseworker.facts import CVR, NOW, Facts

KLASSE, NY, ROLLE, FIRMA = (UUID(int=700 + n) for n in range(4))


def principal(kle: str) -> Principal:
    return Principal(uuid4(), "x", "X", "Y", CVR, (Grant(CVR, (kle,), 3),), ROLLER)


@pytest.fixture
def facts(world: World) -> Facts:
    """The registers of this world."""
    world.facts.kilde("organisation")
    world.facts.kilde("klassifikation")
    return world.facts


def by_uuid(facts: Facts, world: World) -> UUID:
    """A case whose subject, actors and a party's role are known by UUID only."""
    enhed, bruger, leder = uuid4(), uuid4(), uuid4()
    sag = facts.sag(world.mette, "Sag kendt ved UUID", kle=None)
    facts.fact("sagsklasse", sag, "sdi", rolle="primaer_klasse", reference=KLASSE)
    facts.fact("sagsaktoer", sag, "sdi", rolle="primaer_behandler", reference=bruger, brugervendt_noegle="soc012")
    facts.fact("sagspart", sag, "sdi", rolle=str(ROLLE), type="virksomhed", part=FIRMA)
    facts.fact("organisationenhed", enhed, "organisation", navn="Voksen og Handicap", telefon="99001102", leder=leder)
    facts.fact("bruger", bruger, "organisation", navn="Signe Kvist", enhed=enhed)
    facts.fact("klasse", ROLLE, "klassifikation", titel="Sekundær part", brugervendt_noegle="Sagspart.sekundaer")
    facts.write()
    return sag


def test_a_case_that_is_known_by_uuids_is_named(facts: Facts, world: World) -> None:
    sag = by_uuid(facts, world)
    facts.fact("klasse", KLASSE, "klassifikation", brugervendt_noegle="27.60.04", titel="Hjælpemidler")
    facts.row(Identitet, art="cvr", nummer="30303030", objekt=FIRMA, kendt_fra=facts.kendt, source="sdi")
    facts.fact(
        "virksomhed", FIRMA, "cvr", navn="Korsbæk El-Service ApS", adresse="Algade 3, 4995 Korsbæk", telefon="99004001"
    )
    facts.write()
    seen = read_sag(principal("27.*"), sag, tid())
    kort = seen.sag
    assert (kort.kle, kort.kle_titel, kort.kle_udgaaet) == ("27.60.04", "Hjælpemidler", False)
    assert (kort.behandler.vaerdi, kort.behandler_telefon) == ("Signe Kvist", "99001102")
    assert kort.behandler.kilde is not None and kort.behandler.kilde.kilde == "organisation"
    company = next(p for p in seen.parter if p.navn == "Korsbæk El-Service ApS")
    assert company.rolle == "Sekundær part"
    assert company.oplysning == "Algade 3, 4995 Korsbæk · tlf. 99004001"
    (contact,) = [k for k in read_borger(principal("27.*"), world.mette, tid()).kontakter if k.navn == "Signe Kvist"]
    assert (contact.enhed, contact.telefon) == ("Voksen og Handicap", "99001102")


def test_only_the_star_covers_a_class_that_no_register_knows(facts: Facts, world: World) -> None:
    sag = by_uuid(facts, world)
    assert read_sag(principal("*"), sag, tid()).sag.kle is None
    with pytest.raises(UnknownSag):
        read_sag(principal("27.*"), sag, tid())


@pytest.mark.parametrize("numbers", [("27.60.04", "32.24.04"), ("Sagspart.rolle",), ("27.60",)])
def test_a_class_is_read_through_the_register_only_where_that_is_plain(
    facts: Facts, world: World, numbers: tuple[str, ...]
) -> None:
    """Two numbers, a word, or a group above the area of the caseworker open nothing."""
    sag = by_uuid(facts, world)
    for number in numbers:
        facts.fact("klasse", KLASSE, "klassifikation", brugervendt_noegle=number, titel="T")
    facts.write()
    with pytest.raises(UnknownSag):
        read_sag(principal("27.60.04"), sag, tid())


def test_what_the_register_learns_tomorrow_opens_nothing_yesterday(facts: Facts, world: World) -> None:
    sag = by_uuid(facts, world)
    facts.kendt = NOW - timedelta(days=2)
    facts.fact("klasse", KLASSE, "klassifikation", brugervendt_noegle="27.60.04", titel="Hjælpemidler")
    facts.write()
    assert read_sag(principal("27.*"), sag, tid()).sag.kle == "27.60.04"
    with pytest.raises(UnknownSag):
        read_sag(principal("27.*"), sag, tid(known_on=NOW - timedelta(days=9)))


def test_a_retired_number_tells_what_took_its_place(facts: Facts, world: World, karin: Browser) -> None:
    gone = NOW - timedelta(days=400)
    facts.fact(
        "klasse", KLASSE, "klassifikation", brugervendt_noegle="32.24.04", titel="Kontanthjælp", virkning_til=gone,
        afloest_af=NY,
    )  # fmt: skip
    facts.fact("klasse", NY, "klassifikation", brugervendt_noegle="32.24.09", titel="Hjælp", virkning_fra=gone)
    facts.fact("klasse", KLASSE, "kle", brugervendt_noegle="32.24.04", bevaring="K", slettefrist="P5Y")
    facts.write()
    seen = read_sag(principal("32.*"), world.ydelsessag, tid())
    assert (seen.sag.kle, seen.sag.kle_udgaaet, seen.sag.kle_nu) == ("32.24.04", False, None), "KLE online has it"
    facts.close("klasse", NOW - timedelta(hours=1), source="kle")
    seen = read_sag(principal("32.*"), world.ydelsessag, tid())
    assert (seen.sag.kle, seen.sag.kle_udgaaet, seen.sag.kle_nu) == ("32.24.04", True, "32.24.09")
    with pytest.raises(UnknownSag):
        read_sag(principal("32.24.09"), world.ydelsessag, tid())
    karin.find("1503841112")
    assert "KLE 32.24.04 (udgået, nu 32.24.09)" in karin.get(f"/sager/{world.ydelsessag}").text


def test_rules_of_the_archive_stand_on_the_case(facts: Facts, world: World, karin: Browser) -> None:
    facts.fact("klasse", KLASSE, "kle", brugervendt_noegle="32.24.04", bevaring="K", slettefrist="P5Y")
    facts.write()
    karin.find("1503841112")
    assert "KLE: kasseres, slettefrist 5 år." in karin.get(f"/sager/{world.ydelsessag}").text
    assert [skriv_varighed(v) for v in ("P1Y6M", "P1M", "P3D", "P")] == ["1 år og 6 måneder", "1 måned", "P3D", "P"]
