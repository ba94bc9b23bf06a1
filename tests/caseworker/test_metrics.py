"""/metrics tells how sources stand to whoever may scrape, and nothing of any person."""

import re
from datetime import timedelta

import psycopg
import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from prometheus_client.parser import text_string_to_metric_families

from canonical_model.store import connect
from tests.caseworker.conftest import Browser, World
from tests.caseworker.facts import NOW


def broken(kind: str, source: str, tekst: str, level: int = 1) -> None:
    """An open incident."""
    with connect("sync") as db:
        db.execute(
            "insert into incident (kind, source, stream, reason, level, since, opened, line, tekst, navn, systemejer,"
            " kontakt, leverandoer, enheder, kle, borgere, told_level, told_closed, untold) values"
            " (%s, %s, '', '', %s, %s, %s, '1503841112', %s, '', 'Ejer', 'Kontakt', '', '{}', '{}', 3, 0, false, true)",
            (kind, source, level, NOW, NOW, tekst),
        )


@pytest.fixture
def measured(world: World) -> None:
    """A night's figures: one source succeeded, one is partial; things wait."""
    with connect("sync") as db:
        for source, state in (("sbsys", "succeeded"), ("nexus", "partial")):
            row = db.execute(
                "insert into run (source, started, ended, state, cause) values (%s, %s, %s, %s, 'night') returning id",
                (source, NOW, NOW, state),
            ).fetchone()
            assert row
            db.execute(
                "insert into run_stream (run, stream, state, read, unchanged, changed, new, gone, quarantined, held)"
                " values (%s, 'sager', %s, 12, 7, 2, 3, 1, 4, 5)",
                (row[0], state),
            )
        for number in range(4):
            db.execute(
                "insert into quarantine (source, stream, key, field, reason, since, body)"
                " values ('nexus', 'sager', %s, 'titel', 'is missing', %s, '')",
                (str(number), NOW),
            )
        db.execute("insert into inbox (besked_id, received, body, parked) values ('a', %s, '', 'unreadable')", (NOW,))
        db.execute("insert into inbox (besked_id, received, body) values ('b', %s, ''), ('c', %s, '')", (NOW, NOW))
    broken("connector", "nexus", "Nexus svarer ikke.", 2)


def scraped(browser: TestClient) -> dict[tuple[str, tuple[tuple[str, str], ...]], float]:
    """Every sample by name and labels."""
    answer = browser.get("/metrics")
    assert answer.status_code == 200
    families = text_string_to_metric_families(answer.text)
    return {(s.name, tuple(sorted(s.labels.items()))): s.value for family in families for s in family.samples}


def test_everything_an_operator_asks_is_measured(app: FastAPI, measured: None) -> None:
    found = scraped(Browser(app, None))

    def value(name: str, **labels: str) -> float | None:
        return found.get((name, tuple(sorted(labels.items()))))

    assert value("helhed_run_state", source="nexus", state="partial") == 1
    assert value("helhed_run_state", source="nexus", state="succeeded") == 0
    assert value("helhed_run_state", source="sbsys", state="succeeded") == 1
    for what, number in (("read", 12), ("unchanged", 7), ("changed", 2), ("new", 3), ("gone", 1), ("quarantined", 4)):
        assert value("helhed_run_records", source="nexus", stream="sager", what=what) == number
    assert value("helhed_run_records", source="nexus", stream="sager", what="held") == 5
    stream = next(
        dict(labels)["stream"] for name, labels in found if ("source", "nexus") in labels and "failing" in name
    )
    since = value("helhed_stream_failing_since_timestamp_seconds", source="nexus", stream=stream)
    assert since == (NOW - timedelta(hours=30)).timestamp()
    as_of = value("helhed_stream_complete_as_of_timestamp_seconds", source="nexus", stream=stream)
    assert as_of == (NOW - timedelta(hours=31)).timestamp()
    assert value("helhed_incidents", source="nexus", kind="connector", level="2") == 1
    assert value("helhed_incidents_open", kind="connector") == 1 and value("helhed_incidents_open", kind="drift") == 0
    assert value("helhed_quarantine_records", source="nexus", stream="sager") == 4
    assert value("helhed_inbox_messages", state="waiting") == 2 and value("helhed_inbox_messages", state="parked") == 1


def test_no_label_names_a_person_or_an_object(app: FastAPI, measured: None) -> None:
    text = Browser(app, None).get("/metrics").text
    assert "1503841112" not in text and "Mette" not in text
    assert not re.search(r"[0-9a-f]{8}-[0-9a-f]{4}-", text)
    labels = {name for _, labels in scraped(Browser(app, None)) for name, _ in labels}
    assert labels <= {"source", "stream", "state", "what", "kind", "level", "channel", "result"}


def test_without_a_token_only_this_machine_may_scrape(app: FastAPI) -> None:
    def status(host: str, **headers: str) -> int:
        return (
            TestClient(app, base_url="http://127.0.0.1", client=(host, 1)).get("/metrics", headers=headers).status_code
        )

    assert status("127.0.0.1") == 200
    assert status("192.168.1.9") == 404
    for header in ("X-Forwarded-For", "Forwarded", "X-Real-IP"):
        assert status("127.0.0.1", **{header: "for=192.168.1.9"}) == 404, "a proxy on this machine speaks for others"


def test_with_a_token_only_its_holder_may(app: FastAPI, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HELHED_METRICS_TOKEN", "et langt ord")

    def status(given: str | None) -> int:
        headers = {"Authorization": given.encode()} if given is not None else {}
        client = TestClient(app, base_url="http://127.0.0.1", client=("10.0.0.9", 1))
        return client.get("/metrics", headers=headers).status_code

    assert status("Bearer et langt ord") == 200
    for wrong in (None, "", "Bearer", "Bearer ", "Bearer et langt or", "Basic et langt ord", "Bearer æ"):
        assert status(wrong) == 404


def test_the_view_counts_what_it_may_not_read(measured: None) -> None:
    with connect("view") as db:
        assert db.execute("select antal from antal_karantaene").fetchall() == [(4,)]
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            db.execute("select key from quarantine")


def test_the_receipt_names_what_is_broken(app: FastAPI, ali: Browser, measured: None, world: World) -> None:
    """In the API and on the page, also where the system otherwise answered."""
    broken("quarantine", "sbsys", "212 poster kan ikke læses.")
    broken("certificate", "cpr", "Klientcertifikatet udløber 1. februar 2027.")
    ali.find("1503841112")
    lines = {k["kilde"]: k for k in ali.get("/api/v1/kilder").json()["coverage"]["kilder"]}
    assert [h["tekst"] for h in lines["sbsys"]["haendelser"]] == ["212 poster kan ikke læses."]
    assert [h["art"] for h in lines["nexus"]["haendelser"]] == ["connector"]
    assert lines["cpr"]["haendelser"] == [], "what will happen in 60 days keeps nothing from the reader"
    page = ali.get(f"/borgere/{world.mette}").text
    assert "212 poster kan ikke læses." in page and "Nexus svarer ikke." in page
