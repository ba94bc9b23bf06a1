"""A protected address is nowhere: not on a page, in JSON, in a title, in a relation, in a search, in the terminal."""

import re
from uuid import uuid4

import pytest
import sqlalchemy
from typer.testing import CliRunner

from canonical_model.store import engine
from helhed.commands.show import app as show
from tests.caseworker.conftest import Browser, World
from tests.caseworker.facts import CVR, NOW, lookups

PLACES = ("Rørsangervej", "rørsangervej", "3650 Ølstykke", "Solsikken")


def crawl(browser: Browser, world: World) -> dict[str, str]:
    """Every page and answer that can be reached from the two citizens, one hop after the other."""
    seen: dict[str, str] = {}
    todo = [f"/borgere/{world.mette}", f"/sager/{world.ydelsessag}", f"/sager/{world.familiesag}"]
    todo += [f"/api/v1{path}" for path in todo] + [f"/api/v1/borgere/{world.mette}/tidslinje", "/metrics"]
    while todo:
        url = todo.pop()
        if url in seen:
            continue
        seen[url] = browser.get(url).text
        links = re.findall(r'href="(/(?:borgere|sager)/[^"#?]*)', seen[url])
        todo += [link for link in links if str(world.bent) not in link]
    return seen


@pytest.mark.parametrize("bruger", ["karin", "ali"])
def test_no_page_holds_the_place(request: pytest.FixtureRequest, bruger: str, world: World) -> None:
    browser: Browser = request.getfixturevalue(bruger)
    browser.find("1503841112")
    seen = crawl(browser, world)
    assert len(seen) > 6
    for url, text in seen.items():
        for place in PLACES:
            assert place not in text, (url, place)
    assert any("adresse skjult" in text for text in seen.values())


def test_neighbours_case_title_is_masked_only_where_she_is_a_party_or_family(karin: Browser, world: World) -> None:
    page = karin.find("2207551114").text
    assert "Birkehegnet 9" in page, "an unprotected address is shown"
    assert "Rørsangervej" not in page, "the protected daughter's road is in a case title of her father's"


def test_address_search_skips_her(karin: Browser, world: World) -> None:
    assert "0 borgere" in karin.find("Rørsangervej 14").text
    assert "Bent" in karin.find("Birkehegnet 9").text


def test_name_search_masks_her(karin: Browser, world: World) -> None:
    text = karin.find("mette sørensen").text
    assert "Mette Lund Sørensen" in text and "Beskyttet adresse" in text and "Rørsangervej" not in text


def test_protection_counts_before_search_rows_are_written(karin: Browser, world: World) -> None:
    world.facts.fact("beskyttelse", world.bent, "nexus", art="navn_og_adresse")
    world.facts.write()
    assert "Birkehegnet" not in karin.find("bent sørensen").text
    assert "0 borgere" in karin.find("Birkehegnet 9").text
    assert "Birkehegnet" not in karin.find("2207551114").text


def test_looking_back_before_the_protection_does_not_open_it(ali: Browser, world: World) -> None:
    ali.find("1503841112")
    for query in ("kendt=2026-11-01", "sand=2019-01-01", "kendt=2026-11-01&sand=2015-01-01"):
        assert "Rørsangervej" not in ali.get(f"/borgere/{world.mette}?{query}").text


def test_the_address_needs_role_and_reason_and_is_logged(karin: Browser, ali: Browser, world: World) -> None:
    url = f"/borgere/{world.mette}/adresse"
    for browser in (karin, ali):
        browser.find("1503841112")
    assert karin.submit(url, begrundelse="borgeren bad om et brev").status_code == 403
    assert ali.submit(url, begrundelse="brev").status_code == 422
    shown = ali.submit(url, begrundelse="borgeren bad om et brev")
    assert "Rørsangervej 14, 3650 Ølstykke" in shown.text
    assert [r["resultat"] for r in lookups() if r["handling"] in ("address", "refused")] == [
        "refused", "refused", "shown",
    ]  # fmt: skip
    assert "borgeren bad om et brev" in lookups()[-1]["formaal"]


@pytest.mark.parametrize("bruger", ["ydelse", "familie"])
def test_terminal(world: World, config: object, bruger: str) -> None:
    for args in ([], ["--json"]):
        done = CliRunner().invoke(show, args, input=f"150384-1112\n{bruger}\ntilsyn\n")
        assert done.exit_code == 0, done.output
        assert "Mette Lund Sørensen" in done.output
        for place in PLACES:
            assert place not in done.output


def test_her_fathers_cases_keep_her_place_too(karin: Browser, world: World) -> None:
    page = karin.find("2207551114").text
    cases = set(re.findall(r'href="(/sager/[^"#?]*)', page))
    assert cases
    for url in cases:
        for found in (karin.get(url).text, karin.get(f"/api/v1{url}").text):
            assert not [place for place in PLACES if place in found], url


def test_who_lives_with_her_does_not_give_her_address_away(karin: Browser, world: World) -> None:
    with engine("sync").begin() as connection:
        connection.execute(
            sqlalchemy.text(
                "update personopslag set adresse = (select adresse from personopslag where person = :her)"
                " where person = :him"
            ),
            {"her": world.mette, "him": world.bent},
        )
    assert "Birkehegnet" not in karin.find("2207551114").text
    assert "Rørsangervej" not in karin.find("bent sørensen").text


def hide(world: World, **adresse: str) -> None:
    """Mette's address as a source sends it, and nothing of it by its parts."""
    with engine("owner").begin() as connection:
        connection.execute(sqlalchemy.text("delete from adresse where objekt = :her"), {"her": world.mette})
    world.facts.fact("adresse", world.mette, "nexus", art="bopael", **adresse)
    world.facts.write()


def test_an_address_sent_as_one_text_is_found_inside_other_texts(karin: Browser, world: World) -> None:
    hide(world, tekst="Rørsangervej 14, 2. tv., 3650 Ølstykke")
    karin.find("1503841112")
    seen = crawl(karin, world)
    assert len(seen) > 6
    for url, text in seen.items():
        for place in PLACES:
            assert place not in text, (url, place)


def test_other_spellings_of_her_road_are_hidden_too(karin: Browser, world: World) -> None:
    hide(world, vejnavn="Christian Ågårds Vej", husnummer="14")
    spellings = ["Chr. Ågårds Vej 14", "Christian Aagaards Vej 14", "C. Ågårds V. 14", "Christian Ågårds Vej"]
    for text in spellings:
        world.facts.fact("journalnotat", world.ydelsessag, "sbsys", titel=text, notat=text, skrevet=NOW)
    world.facts.fact("sag", world.ydelsessag, "sbsys", hjemmel="Lov, bopæl Chr. Ågårds Vej 14", titel="Syge")
    world.facts.write()
    karin.find("1503841112")
    for url in (f"/borgere/{world.mette}", f"/sager/{world.ydelsessag}", f"/api/v1/sager/{world.ydelsessag}"):
        page = karin.get(url).text
        assert "adresse skjult" in page
        assert not re.search(r"(?i)g(å|aa|å)rds", page), url


def test_an_institution_is_not_given_away_by_its_telephone(ali: Browser, world: World) -> None:
    unit, worker = uuid4(), uuid4()
    world.facts.fact("organisationenhed", unit, "nexus", navn="Børnehuset Solsikken", telefon="59 00 12 34")
    world.facts.fact("bruger", worker, "nexus", navn="Gitte Holm", enhed=unit, telefon="59 00 56 78")
    for rolle, ref, name in (("ansvarlig", unit, "Børnehuset Solsikken"), ("primaer_behandler", worker, "Gitte Holm")):
        world.facts.fact("sagsaktoer", world.familiesag, "sdi", rolle=rolle, reference=ref, fuldt_navn=name)
    world.facts.fact("sagspart", world.familiesag, "sdi", rolle="x", type="virksomhed", fuldt_navn="Bosted Solsikken")
    world.facts.write()
    page = ali.find("1503841112").text
    for text in (page, ali.get(f"/api/v1/borgere/{world.mette}").text, ali.get(f"/sager/{world.familiesag}").text):
        assert "Gitte Holm" in text
        assert not [t for t in ("59 00 12 34", "59 00 56 78", "Solsikken") if t in text]


@pytest.mark.parametrize("through", ["dokument", "bevilling", "filed"])
def test_a_co_partys_protection_holds_in_documents_and_grants(karin: Browser, world: World, through: str) -> None:
    other = world.facts.person("0404041111", "Ida Holm", "Hemmeligvej 7, 3650 Ølstykke", beskyttet=True)
    sag = world.facts.sag(world.bent, "Nabosag", "32.03.12", 1, nummer="NABO-1")
    if through == "bevilling":
        grant = world.facts.ydelse(world.bent, "Tilskud til Hemmeligvej 7")
        world.facts.fact("bevillingspart", grant, "ydi", rolle="bevillingsmodtager", part=other)
    else:
        dokument = world.facts.dokument("Klage over Hemmeligvej 7", sag if through == "filed" else None)
        world.facts.fact("dokumentklasse", dokument, "sdi", rolle="primaer_klasse", brugervendt_noegle="32.03.12")
        world.facts.fact("dokumentaktoer", dokument, "sdi", rolle="ejer", cvr=CVR)
        for person in (other, world.bent)[: 1 if through == "filed" else 2]:
            world.facts.fact("dokumentpart", dokument, "sdi", rolle="parter", part=person)
    world.facts.write()
    page = karin.find("2207551114").text
    assert "adresse skjult" in page and "Hemmeligvej" not in page
    if through == "filed":
        case = karin.get(f"/sager/{sag}").text
        assert "adresse skjult" in case and "Hemmeligvej" not in case
