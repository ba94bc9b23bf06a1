"""The citizen's pages as caseworkers with different rights see them."""

from uuid import uuid4

from tests.caseworker.conftest import Browser, World
from tests.caseworker.facts import lookups


def test_cpr_goes_straight_to_the_page(karin: Browser, world: World) -> None:
    answer = karin.find("150384-1112")
    assert answer.status_code == 200
    assert answer.url.path == f"/borgere/{world.mette}"
    assert "Mette Lund Sørensen" in answer.text and "150384-1112" in answer.text


def test_two_caseworkers_see_different_cases(karin: Browser, ali: Browser, world: World) -> None:
    for browser in (karin, ali):
        browser.find("1503841112")
    hers = karin.get(f"/borgere/{world.mette}").text
    his = ali.get(f"/borgere/{world.mette}").text
    assert "Sygedagpenge hos SBSYS" in hers and "Merudgifter" not in hers
    assert "Merudgifter til barn" in his
    assert "2 sager vises ikke med din rolle" in " ".join(hers.split())
    assert "Hemmelig" not in hers + his
    assert "Sygedagpenge" not in his or "Sygedagpenge hos SBSYS" in his


def test_unknown_person_is_404_and_logged(karin: Browser) -> None:
    karin.find("1503841112")
    before = len(lookups())
    assert karin.get(f"/borgere/{uuid4()}").status_code == 404
    assert [r["resultat"] for r in lookups()[before:]] == ["refused"]


def test_hidden_case_looks_like_an_unknown_one(karin: Browser, world: World) -> None:
    karin.find("1503841112")
    hidden, unknown = karin.get(f"/sager/{world.familiesag}"), karin.get(f"/sager/{uuid4()}")
    assert hidden.status_code == unknown.status_code == 404
    assert hidden.text == unknown.text


def test_case_page(karin: Browser, world: World) -> None:
    karin.find("1503841112")
    page = karin.get(f"/sager/{world.ydelsessag}").text
    assert "Sygedagpenge hos SBSYS" in page and "Opkald" in page and "Oplyses" in page


def test_failed_source_is_named_with_owner_and_since(karin: Browser, world: World) -> None:
    page = karin.find("1503841112").text
    assert "KMD Nexus kunne ikke hentes" in page
    assert "20.11.2026 kl. 22.00" in page and "Sonja Damm" in page


def test_no_purpose_no_citizen(karin: Browser, world: World) -> None:
    answer = karin.get(f"/borgere/{world.mette}")
    assert answer.status_code == 403 and "Mette" not in answer.text
    assert "Mette" in karin.submit(f"/borgere/{world.mette}/formaal", formaal="tilsyn").text
    assert lookups()[-1]["formaal"] == "Tilsyn og kvalitetskontrol"


def test_disagreement_names_winner_loser_and_rule(ali: Browser, world: World) -> None:
    page = ali.find("1503841112").text
    assert "Civilstand" in page and "<s>Skilt</s>" in page and "CPR-registret går forud" in page


def test_no_role_no_citizen(app, world: World) -> None:  # type: ignore[no-untyped-def]
    ditte = Browser(app, "drift")
    assert ditte.find("1503841112").status_code == 403
    assert ditte.get(f"/borgere/{world.mette}").status_code == 403
    assert all(r["resultat"] == "refused" for r in lookups() if r["handling"] != "login")


def test_timeline_is_narrowed(karin: Browser, world: World) -> None:
    karin.find("1503841112")
    page = karin.get(f"/borgere/{world.mette}/tidslinje", params={"art": "dok"}).text
    assert "Lægeattest" in page and "oplyses" not in page.split("hændelser", 1)[1]
