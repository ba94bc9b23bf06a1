"""Requests are executed once each, all systems at once, and a worker that dies leaves its request to the next."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from uuid import UUID, uuid4

import pytest

from connectors.contract import Shape
from sync import anmodninger
from sync.citizen import refetch, whole
from sync.database import connect
from sync.night import sync_all
from tests.sync.conftest import Hub
from tests.sync.test_night import A, case
from tests.sync.vendor import Vendor, personer, sager


def request(hub: Hub, person: UUID) -> int:
    """A request as the view writes it."""
    with connect() as connection:
        return int(
            connection.execute(
                "insert into anmodning (uid, slags, objekt, bruger, formaal, noegle, oprettet)"
                " values (%s, 'hent_igen', %s, %s, 'Tilsyn', %s, now()) returning id",
                (uuid4(), person, uuid4(), str(uuid4())),
            ).fetchone()[0]  # type: ignore[index]
        )


@pytest.fixture
def known(hub: Hub, new_vendor: Callable[[], Vendor]) -> tuple[Hub, dict[str, Vendor], UUID]:
    """Three systems that know Ane: one asked by number, one by its objects, one that hands out its list only."""
    vendors = {name: new_vendor() for name in ("reg", "sag", "liste")}
    sag = str(uuid4())
    vendors["reg"].personer = {A: [{"id": "1", "cpr": A, "fornavn": "Ane", "efternavn": "Å"}]}
    vendors["sag"].sager = {sag: case(1, cpr=A) | {"id": sag}}
    vendors["liste"].sager = {"s1": case(2, cpr=A)}
    hub.source("reg", vendors["reg"], personer(rotation=30))
    hub.source("sag", vendors["sag"], sager(Shape.CHANGED))
    hub.source("liste", vendors["liste"], sager())
    sync_all()
    for vendor in vendors.values():
        vendor.asked.clear()
    return hub, vendors, hub.one("select objekt from identitet where nummer = %s", (A,))


def test_every_system_that_can_is_asked_and_the_others_are_named(known: tuple[Hub, dict[str, Vendor], UUID]) -> None:
    hub, vendors, person = known
    vendors["reg"].personer[A][0]["fornavn"] = "Anna"
    (sag,) = vendors["sag"].sager
    vendors["sag"].sager[sag]["titel"] = "Ny titel"
    said = {one.source: one for one in refetch(person)}
    assert {name: one.state for name, one in said.items()} == {
        "reg": "succeeded", "sag": "succeeded", "liste": "not_asked",
    }  # fmt: skip
    assert said["reg"].counts == {"read": 1, "changed": 1} == said["sag"].counts
    assert said["liste"].not_asked == ["sager"] and said["liste"].at is None
    assert vendors["liste"].asked == [] and vendors["sag"].asked == [f"/sag/{sag}"]
    assert hub.one("select fornavn from navn where kendt_til is null") == "Anna"
    assert whole(list(said.values())) == "succeeded"


def test_a_system_that_is_down_is_named_with_its_owner(known: tuple[Hub, dict[str, Vendor], UUID]) -> None:
    _, vendors, person = known
    vendors["reg"].status[""] = 403
    said = {one.source: one for one in refetch(person)}
    assert said["reg"].state == "failed" and "renew it" in (said["reg"].error or "")
    assert said["reg"].systemejer == "Grethe Holm" and said["sag"].state == "succeeded"
    assert whole(list(said.values())) == "partial"


def test_all_systems_are_asked_at_the_same_time(known: tuple[Hub, dict[str, Vendor], UUID]) -> None:
    """Each waits for the other to be asked: one after the other would never end."""
    _, vendors, person = known
    meet = threading.Barrier(2, timeout=60)
    for name in ("reg", "sag"):
        vendors[name].before = meet.wait  # type: ignore[assignment]
    assert whole(refetch(person)) == "succeeded"


def test_a_request_is_executed_once_and_its_answers_stand_in_the_row(
    known: tuple[Hub, dict[str, Vendor], UUID],
) -> None:
    hub, vendors, person = known
    number = request(hub, person)
    with connect() as connection:
        assert anmodninger.execute_next(connection) and not anmodninger.execute_next(connection)
    state, attempts, svar = hub.rows("select tilstand, forsoeg, svar from anmodning where id = %s", (number,))[0]
    assert (state, attempts) == ("succeeded", 1)
    assert {k: v["state"] for k, v in svar.items()} == {"reg": "succeeded", "sag": "succeeded", "liste": "not_asked"}
    assert vendors["reg"].asked == [f"/person/{A}"] and A not in str(svar)


def test_two_workers_never_execute_the_same_request(known: tuple[Hub, dict[str, Vendor], UUID]) -> None:
    hub, vendors, person = known
    request(hub, person)
    asked, go_on = threading.Event(), threading.Event()

    def hold() -> None:
        asked.set()
        assert go_on.wait(60)

    vendors["reg"].before = hold
    with connect() as mine, connect() as yours:
        first = threading.Thread(target=anmodninger.execute_next, args=(mine,))
        first.start()
        assert asked.wait(60)
        assert not anmodninger.execute_next(yours)
        go_on.set()
        first.join(60)
    assert hub.one("select forsoeg from anmodning") == 1 and hub.one("select tilstand from anmodning") == "succeeded"


def test_a_worker_that_dies_leaves_its_request_to_the_next(known: tuple[Hub, dict[str, Vendor], UUID]) -> None:
    hub, vendors, person = known
    number = request(hub, person)
    took = (
        "import os, signal; from sync import anmodninger; from sync.database import connect;"
        "anmodninger.refetch = lambda *a, **k: os.kill(os.getpid(), signal.SIGKILL);"
        "anmodninger.execute_next(connect())"
    )
    done = subprocess.run([sys.executable, "-c", took], env=os.environ, check=False, timeout=60)
    assert done.returncode == -signal.SIGKILL
    assert hub.one("select tilstand from anmodning") == "running"
    pause = threading.Event()
    with connect() as connection:
        while not anmodninger.execute_next(connection):
            pause.wait(0.05)  # until the database has seen that the worker is gone
    state, attempts = hub.rows("select tilstand, forsoeg from anmodning where id = %s", (number,))[0]
    assert (state, attempts) == ("succeeded", 2) and vendors["reg"].asked == [f"/person/{A}"]


def test_a_request_that_kills_its_workers_is_given_up(known: tuple[Hub, dict[str, Vendor], UUID]) -> None:
    hub, vendors, person = known
    number = request(hub, person)
    hub.connection.execute("update anmodning set forsoeg = %s", (anmodninger.MOST_ATTEMPTS,))
    with connect() as connection:
        assert anmodninger.execute_next(connection)
    assert hub.one("select tilstand from anmodning where id = %s", (number,)) == "failed"
    assert vendors["reg"].asked == []


def test_the_worker_wakes_when_told(known: tuple[Hub, dict[str, Vendor], UUID]) -> None:
    """With an hour between its own looks, only the notification can have woken it."""
    hub, _, person = known
    waiting = (
        "select count(*) from pg_stat_activity where datname = current_database() and state = 'idle'"
        " and query like 'select id from anmodning%%'"
    )
    stop = threading.Event()
    worker = threading.Thread(target=anmodninger.work, args=(stop, 3600.0))
    worker.start()
    try:
        pause = threading.Event()
        while hub.one(waiting) < anmodninger.WORKERS:
            pause.wait(0.05)
        request(hub, person)
        hub.connection.execute("notify anmodning")
        while hub.one("select tilstand from anmodning") != "succeeded":
            pause.wait(0.05)
    finally:
        stop.set()
        worker.join(60)
    assert not worker.is_alive()
