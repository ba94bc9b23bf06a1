"""As known on, as true on: the page of another day."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import text
from typer.testing import CliRunner

from canonical_model.store import engine
from caseworker.overblik import read_borger
from caseworker.roles import load_roles
from caseworker.tid import tid
from helhed.commands.show import app as show
from tests.caseworker.conftest import Browser, World
from tests.caseworker.facts import NOW


def learn(world: World) -> None:
    """Last night Mette was divorced and a case was decided; the hub learnt it then."""
    night = NOW - timedelta(hours=1)
    world.facts.close("person", night, objekt=world.mette)
    world.facts.close("fremdrift", night, objekt=world.ydelsessag, status="Oplyst")
    world.facts.kendt = night
    world.facts.fact("person", world.mette, "cpr", civilstand="F", status=1)
    world.facts.fact("fremdrift", world.ydelsessag, "sdi", status="Afgjort", virkning_fra=night)
    world.facts.sag(world.mette, "Helt ny sag", "32.06.04", 1, nummer="NY-1")
    world.facts.write()


def test_as_known_yesterday_is_yesterdays_page(world: World, config: object) -> None:
    karin = load_roles()["ydelse"]
    before = read_borger(karin, world.mette, tid())
    learn(world)
    now = read_borger(karin, world.mette, tid())
    then = read_borger(karin, world.mette, tid("2026-11-21"))
    assert {s.sagsnummer for s in now.sager} == {"KSD-2026-1", "NY-1"}
    assert now.hvem.civilstand.vaerdi == "Skilt" and now.sager[-1].trin in (1, 2)
    same = {"coverage", "kendt", "sand", "rejser"}
    assert then.model_dump(exclude=same) == before.model_dump(exclude=same)
    assert then.rejser and not before.rejser


def test_as_true_on(world: World, config: object) -> None:
    karin = load_roles()["ydelse"]
    moved = datetime(2024, 5, 1, tzinfo=UTC)
    world.facts.close("adresse", world.facts.kendt, objekt=world.bent)
    for road, fra, til in (("Gammelvej", None, moved), ("Nyvej", moved, None)):
        world.facts.fact("adresse", world.bent, "cpr", art="bopael", vejnavn=road, husnummer="1", postnummer="3650",
                         postdistrikt="Ølstykke", virkning_fra=fra, virkning_til=til)  # fmt: skip
    world.facts.write()
    for day, road in (("2023-01-01", "Gammelvej 1"), ("2024-05-01", "Nyvej 1"), (None, "Nyvej 1")):
        adresse = read_borger(karin, world.bent, tid(None, day)).hvem.adresse
        assert adresse and (adresse.vaerdi or "").startswith(road)


def test_what_is_closed_to_me_now_stays_closed_when_looking_back(world: World, config: object) -> None:
    karin = load_roles()["ydelse"]
    world.facts.kendt = NOW - timedelta(hours=1)
    world.facts.fact("sagindeks", world.ydelsessag, "sdi", foelsomhed=3)
    world.facts.write()
    assert read_borger(karin, world.mette, tid("2026-11-20")).sager == []


def test_page_and_terminal_take_the_instants(karin: Browser, world: World) -> None:
    learn(world)
    karin.find("1503841112")
    page = karin.get(f"/borgere/{world.mette}?kendt=2026-11-21").text
    assert "Du ser tilbage" in page and "Gift" in page and "Helt ny sag" not in page
    assert karin.get(f"/borgere/{world.mette}?kendt=engang").status_code == 422
    answers = "1503841112\nydelse\ntilsyn\n"
    done = CliRunner().invoke(show, ["--as-known-on", "2026-11-21"], input=answers)
    assert done.exit_code == 0 and "Helt ny sag" not in done.output and "Som kendt" in done.output
    assert "Helt ny sag" in CliRunner().invoke(show, [], input=answers).output


def test_a_document_moved_to_a_hidden_case_is_hidden_in_any_past(world: World, config: object) -> None:
    karin, night = load_roles()["ydelse"], NOW - timedelta(hours=1)
    letter = world.facts.dokument("Fejlplaceret brev", world.ydelsessag)
    world.facts.write()
    then = tid("2026-11-20")
    assert "Fejlplaceret brev" in str(read_borger(karin, world.mette, then).dokumenter)
    world.facts.close("journalpost", night, dokument=letter)
    world.facts.kendt = night
    world.facts.fact("journalpost", world.familiesag, "sdi", rolle="tilakteret", dokument=letter)
    world.facts.write()
    for asked in (then, tid(), tid("2026-11-20", "2026-11-20")):
        page = read_borger(karin, world.mette, asked)
        assert "Fejlplaceret brev" not in page.model_dump_json()
    assert read_borger(karin, world.mette, then).skjult.dokumenter == 1


def test_a_payment_that_now_pays_a_hidden_grant_is_hidden_in_any_past(world: World, config: object) -> None:
    karin, night = load_roles()["ydelse"], NOW - timedelta(hours=1)
    then = tid("2026-11-20")
    assert len(read_borger(karin, world.mette, then).udbetalinger) == 2
    world.facts.close("ydelseseffektuering", night)
    hidden = world.facts.ydelse(world.bent, "Merudgifter", "27.54.03", 3)
    with engine("owner").connect() as connection:
        pays = connection.execute(text("select objekt from ydelseseffektuering")).scalars().all()
    world.facts.kendt = night
    for payment in pays:
        world.facts.fact(
            "ydelseseffektuering", payment, "ydi", rolle="x", bevilling=hidden, ydelse_id="1", kle="27.54.03"
        )
    world.facts.write()
    assert read_borger(karin, world.mette, then).udbetalinger == []


def test_what_hangs_on_a_case_of_level_four_is_not_counted(world: World, config: object) -> None:
    karin = load_roles()["ydelse"]
    before = read_borger(karin, world.mette, tid()).skjult
    letter = world.facts.dokument("Brev", world.vipsag, 3)
    world.facts.fact("dokumentpart", letter, "sdi", rolle="parter", part=world.mette)
    grant = world.facts.ydelse(world.mette, "Hemmelig ydelse", "27.54.03", 3)
    world.facts.fact("bevillingssag", grant, "ydi", rolle="tilknyttet", reference=world.vipsag)
    world.facts.write()
    assert read_borger(karin, world.mette, tid()).skjult == before
