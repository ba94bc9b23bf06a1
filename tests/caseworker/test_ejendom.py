"""The property behind an address: shown with source and age, with its former addresses, never for who is protected."""

from datetime import timedelta
from uuid import uuid4

from caseworker.overblik.borger import read_borger
from caseworker.principal import ROLLER, Grant, Principal
from caseworker.tid import tid
from tests.caseworker.conftest import Browser, World
from tests.caseworker.facts import LONG_AGO, NOW

ANYTHING = Principal(uuid4(), "alt", "Ser Alt", "Test", "11111111", (Grant("11111111", ("*",), 4),), ROLLER)


def _property(world: World, road: str, number: str, code: str, town: str) -> None:
    f, objekt = world.facts, uuid4()
    said = {"bfe_nummer": "2000007", "vejnavn": road, "postnummer": code, "postdistrikt": town}
    f.fact("ejendom", objekt, "datafordeler", art="adresse", indeks="1", husnummer=number, **said)
    ended = {"virkning_fra": LONG_AGO, "virkning_til": NOW - timedelta(days=800)}
    f.fact("ejendom", objekt, "datafordeler", art="adresse", indeks="2", husnummer="99", **(said | ended))
    f.fact(
        "ejendom", objekt, "datafordeler", art="jordstykke", indeks="3", bfe_nummer="2000007", matrikelnummer="12a",
        ejerlavsnavn="Ølstykke By", areal=812,
    )  # fmt: skip


def test_the_home_is_told_with_its_land_and_its_former_address(world: World) -> None:
    world.facts.kilde("datafordeler", 1)
    _property(world, "Birkehegnet", "9", "3650", "Ølstykke")
    world.facts.write()
    bent = world.facts.person("0102551234", "Bo Holm", "Birkehegnet 9, 3650 Ølstykke")
    world.facts.write()
    (home,) = read_borger(ANYTHING, bent, tid()).ejendomme
    assert (home.bfe, home.matrikler) == ("2000007", ["12a Ølstykke By, 812 m²"])
    assert home.adresser == ["Birkehegnet 9, 3650 Ølstykke"]
    assert len(home.tidligere) == 1 and home.tidligere[0].startswith("Birkehegnet 99, 3650 Ølstykke (til ")
    assert home.kilder == ["datafordeler"] and home.hentet == world.facts.kendt


def test_of_a_protected_citizen_no_property_is_told(world: World, app) -> None:  # type: ignore[no-untyped-def]
    world.facts.kilde("datafordeler", 1)
    _property(world, "Rørsangervej", "14", "3650", "Ølstykke")
    world.facts.write()
    assert read_borger(ANYTHING, world.mette, tid()).ejendomme == []
    # Her father's page names her, so it tells of no property either.
    assert read_borger(ANYTHING, world.bent, tid()).ejendomme == []
    browser = Browser(app, "familie")
    found = browser.find("1503841112")
    assert "2000007" not in found.text and "12a Ølstykke" not in found.text
