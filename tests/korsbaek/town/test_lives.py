"""Lives that hang together."""

from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import pytest

from korsbaek.generate import generate
from korsbaek.model import Dokument, Nexusborger, Person, Sag
from korsbaek.town import CVR, Town

DAY = date(2026, 3, 2)
TABLES = ("person", "former", "sag", "sagspart", "dokument", "bevilling", "bevillingspart", "effektuering", "nexus")
ALSO = ("nexusref", "enhed", "bruger", "virksomhed", "fejl", "brud", "meta")


def content(town: Town) -> dict[str, list[tuple[object, ...]]]:
    return {name: sorted(town.rows(f"select * from {name}"), key=repr) for name in (*TABLES, *ALSO)}


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Town:
    return generate(tmp_path_factory.mktemp("small") / "town.db", 60, 7, DAY)


@pytest.fixture(scope="module")
def big(tmp_path_factory: pytest.TempPathFactory) -> Town:
    return generate(tmp_path_factory.mktemp("big") / "town.db", 1500, 7, DAY)


def test_the_same_seed_gives_the_same_town(small: Town, tmp_path: Path) -> None:
    again = generate(tmp_path / "town.db", 60, 7, DAY)
    assert content(again) == content(small)
    other = generate(tmp_path / "other.db", 60, 8, DAY)
    assert content(other) != content(small)


def test_it_has_exactly_so_many_citizens(small: Town, big: Town) -> None:
    assert small.rows("select count(*) from person") == [(60,)]
    assert big.rows("select count(*) from person") == [(1500,)]
    with pytest.raises(ValueError, match="at least"):
        generate(small.path.with_name("none.db"), 3, 7, DAY)


def test_spouses_name_each_other_and_families_agree(big: Town) -> None:
    people = {p.cpr: p for p in big.each(Person)}
    for person in people.values():
        if person.aegtefaelle and person.aegtefaelle.cpr:
            spouse = people[person.aegtefaelle.cpr]
            assert spouse.aegtefaelle and spouse.aegtefaelle.cpr == person.cpr
            assert (person.civilstand, person.civilstandsdato) == (spouse.civilstand, spouse.civilstandsdato)
        for child in person.boern:
            found = people[child.cpr or ""]
            assert person.cpr in {parent.cpr for parent in (found.mor, found.far) if parent}
            assert person.foedt + timedelta(days=15 * 365) < found.foedt
        for custody, _ in person.foraeldremyndighed:
            assert person.cpr in {child.cpr for child in people[custody].boern}


def test_addresses_and_names_follow_on_without_gaps(big: Town) -> None:
    for person in big.each(Person):
        for name, following in zip(person.navne, person.navne[1:], strict=False):
            assert name.til == following.fra and name.fra < following.fra
        for home, following_home in zip(person.adresser, person.adresser[1:], strict=False):
            assert home.til == following_home.fra and home.fra < following_home.fra
        assert person.navne[0].fra == person.foedt
        assert (person.adresse is not None) == (person.status == 1)
        assert all(home.fra >= person.foedt for home in person.adresser)


def test_small_towns_too_have_what_makes_it_hard(small: Town) -> None:
    people = list(small.each(Person))
    assert any(p.tidligere for p in people)
    assert any(p.beskyttelse for p in people)
    assert {90, 80} <= {p.status for p in people}
    assert any(len(p.navne) > 1 for p in people)
    assert small.rows("select count(*) from sag where foelsomhed = 'VIP_SAGER'") == [(1,)]
    assert small.rows("select count(*) from sag where uuid not in (select sag from sagspart)")[0][0] >= 1
    assert {art for (art,) in small.rows("select distinct art from sagspart")} >= {"cpr", "cvr"}
    kinds = small.rows("select system, stream, slags from fejl")
    assert len(kinds) == 15
    assert {system for system, _, _ in kinds} == {"cpr", "sdi", "ydi", "nexus", "sbsys"}
    assert len(small.rows("select 1 from fejl where tolereret is not null")) == 2
    assert small.rows("select count(distinct slags) from brud") == [(6,)]


def test_a_replaced_number_is_still_named_by_an_older_case(small: Town) -> None:
    old = small.rows("select f.cpr, p.cpr from former f join person p on p.nr = f.nr")
    assert any(list(small.sager_of("cpr", was)) and list(small.sager_of("cpr", now)) for was, now in old)
    person = small.person(old[0][0])
    assert person is not None and person.cpr == old[0][1]


def test_six_in_ten_have_cases_and_nearly_all_of_them_in_two_systems(big: Town) -> None:
    systems: Counter[str] = Counter()
    for sql in (
        "select distinct nummer from sagspart p join sag s on s.uuid = p.sag where s.indeks = 1 and p.art = 'cpr'",
        "select distinct nummer from sagspart p join sag s on s.uuid = p.sag where s.sbsys is not null and art = 'cpr'",
        "select distinct nummer from bevillingspart",
        "select distinct cpr from nexus",
    ):
        systems.update(cpr for (cpr,) in big.rows(sql))
    assert 0.5 < len(systems) / 1500 < 0.8
    assert sum(count >= 2 for count in systems.values()) > 0.8 * len(systems)


def test_the_showcase_citizen_is_in_all_five_systems(small: Town) -> None:
    cpr = small.meta("showcase")
    assert small.person(cpr) and small.nexus_by_cpr(cpr)
    sager = list(small.sager_of("cpr", cpr))
    assert any(s.indeks for s in sager) and any(s.sbsys for s in sager)
    assert small.rows("select count(*) from effektuering where nummer = ?", (cpr,))[0][0] > 0


def test_cases_hang_together(big: Town) -> None:
    broken = {key for (key,) in big.rows("select key from brud")}
    papers = {d.uuid: d for d in big.each(Dokument)}
    several = 0
    for sag in big.each(Sag):
        several += len(sag.registreringer) > 1
        times = [said.sts for said in sag.registreringer]
        assert times == sorted(times)
        for said in sag.registreringer:
            assert said.tidspunkt < said.sts
            assert all(papers[post.dokument].sag == sag.uuid for post in said.journalposter)
            if sag.uuid in broken:
                continue
            assert [a.cvr for a in said.aktoerer if a.rolle == "ejer"] == [CVR]
            for before, after in zip(said.fremdrift, said.fremdrift[1:], strict=False):
                assert before.til == after.fra
            assert said.fremdrift[0].status == "Opstaaet"
    assert several > 200


def test_nexus_disagrees_with_cpr_sometimes(big: Town) -> None:
    differ = Counter[str]()
    for patient in big.each(Nexusborger):
        person = big.person(patient.cpr)
        assert person is not None
        differ["name"] += patient.navn.fuldt != person.navn.fuldt
        differ["phone"] += patient.telefon != person.telefon
        differ["civil"] += patient.civilstand != person.civilstand
        theirs, ours = patient.adresse, person.adresse
        differ["address"] += theirs is not None and ours is not None and theirs.linje != ours.linje
    assert min(differ.values()) > 0 and set(differ) == {"name", "phone", "civil", "address"}
