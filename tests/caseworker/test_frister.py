"""Deadlines on the citizen's and the case's page, and the things that a case is about."""

from datetime import date
from uuid import uuid4

from tests.caseworker.conftest import Browser, World


def test_the_next_deadline_stands_on_the_page_of_who_sees_the_case(karin: Browser, world: World) -> None:
    f = world.facts
    later = {"titel": "Svar på partshøring", "fristdato": date(2026, 12, 3), "tilstand": "open"}
    for source in ("sdi", "sbsys"):
        f.fact("frist", world.ydelsessag, source, art="erindring", **later)
    f.fact(
        "frist", world.ydelsessag, "sdi", art="frist", titel="Sendt ind", fristdato=date(2026, 11, 1), tilstand="done"
    )
    f.fact(
        "frist", world.familiesag, "sdi", art="opgave", titel="Børnefaglig undersøgelse", fristdato=date(2026, 11, 24)
    )
    f.write()
    page = " ".join(karin.find("1503841112").text.split())
    tile = page.split("Næste frist")[1][:200]
    assert "03.12.2026" in tile and "Svar på partshøring" in tile
    assert page.count('<td data-th="Dato" class="nw num">03.12.2026</td>') == 1, "one line from two systems"
    assert "Frist 03.12.2026" in page and "Afsluttet</td>" in page
    assert "Børnefaglig" not in page
    case = karin.get(f"/sager/{world.ydelsessag}").text
    assert "Svar på partshøring" in case and "Sendt ind" in case


def test_a_passed_deadline_is_overdue_unless_suspended(karin: Browser, world: World) -> None:
    f = world.facts
    f.fact("frist", world.ydelsessag, "sdi", art="frist", indeks="1", fristdato=date(2026, 11, 20), tilstand="open",
           venter_paa="ansoeger")  # fmt: skip
    f.fact("frist", world.ydelsessag, "sdi", art="frist", indeks="2", fristdato=date(2026, 11, 10), tilstand="paused")
    f.write()
    page = karin.find("1503841112").text
    assert "20.11.2026" in page.split("Næste frist")[1][:200], "the suspended one is not the next"
    assert "Venter på ansøger, overskredet" in page and "Sat i bero" in page
    assert page.count("overskredet</td>") == 1


def test_what_a_case_is_about_is_not_told_of_the_protected(karin: Browser, world: World) -> None:
    f = world.facts
    sag = f.sag(uuid4(), "Opførelse af carport", "32.24.04")
    f.fact("sagsgenstand", sag, "sdi", rolle="primaer", type="matrikel", tekst="12ab Korsbæk Bygrunde")
    f.write()
    karin.find("1503841112")
    assert "12ab Korsbæk Bygrunde" in karin.get(f"/sager/{sag}").text
    f.fact("sagspart", sag, "sdi", rolle="sekundaer_part", type="person", part=world.mette)
    f.write()
    page = karin.get(f"/sager/{sag}").text
    assert "Matrikel" in page and "12ab" not in page


def test_a_case_that_only_a_deadline_is_known_of_is_no_case(karin: Browser, world: World) -> None:
    f, sag = world.facts, uuid4()
    f.fact("frist", sag, "sdi", art="frist", fristdato=date(2026, 12, 3))
    f.write()
    karin.find("1503841112")
    assert karin.get(f"/sager/{sag}").status_code == 404
