"""Who is told what: once for each rise, again to a new owner, and twice rather than never."""

import threading
from datetime import UTC, datetime, timedelta

import psycopg
import pytest

from helhed.settings import SettingsError, duty, now
from sync.incidents import listed, outbox, review
from sync.incidents.dansk import antal, tidspunkt
from sync.incidents.finding import Finding, Kind, one_for_each
from sync.incidents.letter import ADVICE, HEADINGS
from tests.sync.incidents.conftest import SOURCE, Town

AT = datetime(2026, 11, 22, 4, 5, tzinfo=UTC)


def told() -> list[tuple[str, str, str | None]]:
    """Send all that waits to a server that takes everything: event, subject, address."""
    letters = outbox.waiting()
    for one in letters:
        outbox.told(one)
    return [(one.event, one.subject, one.to) for one in letters]


def test_each_step_of_a_certificate_is_told_once(town: Town) -> None:
    town.connect("alfa", cert=str(town.authority.write("soon", timedelta(days=100))))
    begin, events = now(), []
    for day in (0, 11, 12, 13, 71, 72, 94, 101, 102):
        town.hub.at((begin + timedelta(days=day)).isoformat())
        review("alfa")
        events.append([event for event, subject, _ in told() if "ertifikat" in subject])
    assert events == [[], ["opened"], [], [], ["raised"], [], ["raised"], ["raised"], []]
    town.authority.write("soon", timedelta(days=400), now())
    review("alfa")
    assert [(e, s) for e, s, _ in told() if "ertifikat" in s] == [
        ("closed", "Helhed: Løst: Certifikatet til System alfa er udløbet")
    ]


def test_what_is_not_written_down_as_told_is_told_again(town: Town) -> None:
    town.systems["alfa"].mood = 403
    town.night()
    first, again = outbox.waiting(), outbox.waiting()
    assert first == again and first[0].message_id == again[0].message_id
    outbox.told(first[0])
    assert outbox.waiting() == []


def test_what_changes_while_a_mail_is_on_its_way_is_told_too(town: Town) -> None:
    town.systems["alfa"].mood = 503
    town.night()
    (sent,) = outbox.waiting()
    town.systems["alfa"].mood = "ok"
    town.night()
    outbox.told(sent)
    assert [event for event, _, _ in told()] == ["closed"]


def test_one_that_was_over_before_anybody_was_told_is_one_mail(town: Town) -> None:
    town.systems["alfa"].mood = 503
    town.night()
    town.systems["alfa"].mood = "ok"
    town.night()
    assert told() == [("passed", "Helhed: Løst igen: System alfa svarer ikke", "ejer.alfa@korsbaek.invalid")]
    assert told() == []


def test_a_new_owner_is_told(town: Town) -> None:
    town.systems["alfa"].mood = 403
    town.night()
    told()
    town.write("alfa", 'kontakt_mail = "ny.ejer@korsbaek.invalid"\n')
    town.night()
    assert [(event, to) for event, _, to in told()] == [("opened", "ny.ejer@korsbaek.invalid")]


def test_an_owner_with_only_a_telephone_is_reached_through_whoever_is_on_duty(town: Town) -> None:
    path = town.hub.folder / "sources" / "alfa.toml"
    path.write_text(SOURCE.format(id="alfa").replace("ejer.alfa@korsbaek.invalid, ", ""), encoding="utf-8")
    town.systems["alfa"].mood = 403
    town.night()
    (one,) = listed()
    assert (one["systemejer"], one["kontakt"]) == ("Ejer alfa", "tlf. 99 00 10 01")
    assert one["kontakt_mail"] == "vagten@korsbaek.invalid"


def test_two_reviews_at_once_open_one(town: Town) -> None:
    town.hub.patch.delenv("AIRFLOW_CONN_ALFA")
    town.night()
    town.hub.connection.execute("delete from incident")
    threads = [threading.Thread(target=review, args=("alfa",)) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(listed(history=True)) == 1


def test_the_store_refuses_a_second_open_row_and_a_source_without_an_owner(town: Town) -> None:
    town.systems["alfa"].mood = 403
    town.night()
    columns = "kind, source, stream, reason, level, since, opened, line, tekst, navn, systemejer, kontakt, leverandoer,"
    columns += " enheder, kle, borgere, told_level, told_closed, untold"
    with pytest.raises(psycopg.errors.UniqueViolation):
        town.hub.connection.execute(f"insert into incident ({columns}) select {columns} from incident".encode())
    for column in ("systemejer", "kontakt"):
        with pytest.raises(psycopg.errors.CheckViolation):
            town.hub.connection.execute(f"update kilde set {column} = ' '".encode())


def test_every_incident_has_a_heading_and_advice() -> None:
    assert {reason for _, reason in HEADINGS} == set(ADVICE)


def test_danish_numbers_and_times() -> None:
    assert antal(1, "borger", "borgere") == "1 borger" and antal(12345, "borger", "borgere") == "12.345 borgere"
    assert tidspunkt(AT) == "22. november 2026 kl. 5.05"


def finding(kind: Kind, stream: str = "", reason: str = "x", level: int = 1) -> Finding:
    """A finding of source alfa."""
    return Finding(kind, "alfa", stream, reason, level, AT, kind, kind)


@pytest.mark.parametrize(
    ("signs", "left"),
    [
        ([finding("certificate", level=4), finding("connector", reason="access")], ["certificate"]),
        ([finding("certificate", level=3), finding("connector", reason="access")], ["certificate", "connector"]),
        ([finding("certificate", level=4), finding("connector", reason="transient")], ["certificate"]),
        ([finding("certificate", level=4), finding("connector", reason="contract")], ["certificate", "connector"]),
        ([finding("connector"), finding("freshness", "sager"), finding("freshness", "noter")], ["connector"]),
        ([finding("deletions", "sager"), finding("freshness", "sager")], ["deletions"]),
        ([finding("deletions", "sager"), finding("freshness", "noter")], ["deletions", "freshness"]),
        ([finding("deletions", "sager"), finding("deletions", "noter")], ["deletions"]),
        ([finding("freshness", "sager"), finding("freshness", "noter")], ["freshness"]),
        ([finding("drift", "sager", "changed"), finding("quarantine", "sager")], ["drift"]),
        ([finding("drift", "sager", "unknown"), finding("quarantine", "sager")], ["drift", "quarantine"]),
    ],
)
def test_what_another_explains_is_no_incident_of_its_own(signs: list[Finding], left: list[str]) -> None:
    """In whatever order they are found."""
    for order in (signs, signs[::-1]):
        assert sorted(f.kind for f in one_for_each(order, {("alfa", "noter"): "sager"})) == left


def test_alarm_toml_is_refused_in_one_line(town: Town) -> None:
    path = town.hub.folder / "alarm.toml"
    for given, said in (
        ("navn = ", "not readable"),
        ('navn = "x"', "'kontakt'"),
        ('navn = "x"\nkontakt = "x"\nfarve = 1', "farve"),
    ):
        path.write_text(given, encoding="utf-8")
        with pytest.raises(SettingsError, match=said):
            duty()
    town.systems["alfa"].mood = 403
    town.night()
    assert listed()[0]["systemejer"] == "Ejer alfa", "an alarm.toml that cannot be read stops no alarm"
