"""A vendor that dies during the sync takes nobody along, and every view says that it did."""

import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
import requests

from caseworker.overblik.borger import read_borger
from caseworker.principal import ROLLER, Grant, Principal
from caseworker.tid import skriv_tid, tid
from helhed.settings import now
from korsbaek import municipality
from sync.runs import Counts
from tests.way.hub import ROOT, Hub

pytestmark = pytest.mark.usefixtures("impatient")
ANYTHING = Principal(uuid4(), "alt", "Ser Alt", "Test", "11111111", (Grant("11111111", ("*",), 4),), ROLLER)


def test_the_others_are_fresh_and_the_dead_one_is_named(moving_hub: Hub) -> None:
    pid = moving_hub.status()["systems"]["sbsys"]["pid"]
    began = now()

    def kill_after_the_first_records(source: str, stream: str, counts: Counts) -> None:
        nonlocal pid
        if source == "sbsys" and pid:
            os.kill(pid, signal.SIGKILL)
            pid = None

    results = moving_hub.sync(progress=kill_after_the_first_records)
    assert pid is None
    assert results["sbsys"].state == "partial", results["sbsys"]
    assert {results[name].state for name in ("cpr", "nexus", "sdi", "ydi")} == {"succeeded"}, results
    assert results["sbsys"].streams["sager"].new > 0

    states = moving_hub.rows("select source, stream, complete_as_of, failing_since, error from stream_state")
    for source, stream, complete, failing, error in states:
        if source == "sbsys" and stream != "sager":
            assert complete is None and failing >= began and error, stream
            assert "\n" not in error
        else:
            assert complete >= began and failing is None and error is None, (source, stream)
    (state,) = moving_hub.rows("select state from run where source = 'sbsys'")[0]
    assert state == "partial"

    person = moving_hub.rows("select part from sagspart where source = 'sbsys' and part is not null limit 1")[0][0]
    seen = read_borger(ANYTHING, person, tid())
    lines = {line.kilde: line for line in seen.coverage.kilder}
    assert [line.kilde for line in seen.coverage.failed] == ["sbsys"]
    assert seen.coverage.fresh == 4
    dead = lines["sbsys"]
    assert dead.failing_since is not None and now() - dead.failing_since < timedelta(minutes=5)
    assert (dead.systemejer, dead.status_tekst) == ("Ole Bjerre", "kunne ikke hentes")
    assert dead.fejl and "no connection" in dead.fejl

    assert_every_face_names_it(moving_hub, person, failing_since=dead.failing_since)

    municipality.up(moving_hub.town, port=None)
    assert moving_hub.sync(ids=["sbsys"])["sbsys"].state == "succeeded"
    assert read_borger(ANYTHING, person, tid()).coverage.failed == []


def assert_every_face_names_it(hub: Hub, person: object, failing_since: datetime) -> None:
    """Page, API (over HTTP, from `helhed serve`) and `helhed show`: the system, since when, and whom to call."""
    owner, since = "Ole Bjerre", skriv_tid(failing_since)
    (number,) = hub.rows("select nummer from identitet where objekt = %s and art = 'cpr' limit 1", (person,))[0]
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        base = f"http://127.0.0.1:{probe.getsockname()[1]}"
    command = [sys.executable, "-m", "helhed.cli"]
    serving = subprocess.Popen([*command, "serve", "--port", base.rpartition(":")[2]], cwd=ROOT)
    try:
        caseworker = requests.Session()
        wait_until_answered(f"{base}/healthz", serving)
        assert caseworker.post(f"{base}/login", data={"bruger": "ali"}, timeout=10).status_code == 200
        csrf = re.findall(r'name="csrf" value="([^"]+)"', caseworker.get(base, timeout=10).text)[0]
        form = {"csrf": csrf, "q": number, "formaal": "tilsyn"}
        page = caseworker.post(f"{base}/soeg", data=form, timeout=20)
        assert page.url.startswith(f"{base}/borgere/") and page.status_code == 200
        text = " ".join(re.sub(r"<[^>]*>", " ", page.text).split())
        assert re.search(rf"SBSYS[^.]*kunne ikke hentes.*{re.escape(since)}.*{owner}", text), text

        answer = caseworker.get(f"{base}/api/v1{page.url.removeprefix(base)}", timeout=20).json()
        (line,) = (k for k in answer["coverage"]["kilder"] if k["status"] == "failed")
        assert (line["kilde"], line["systemejer"]) == ("sbsys", owner)
        assert datetime.fromisoformat(line["failing_since"]) == failing_since
        assert "no connection" in line["fejl"]
    finally:
        serving.terminate()
        serving.wait(20)

    shown = subprocess.run(
        [*command, "show"], cwd=ROOT, input=f"{number}\nali\ntilsyn\n", text=True, capture_output=True, timeout=120,
        env=os.environ | {"COLUMNS": "200"},
    )  # fmt: skip
    row = next(line for line in shown.stdout.splitlines() if "kunne ikke hentes" in line)
    assert "SBSYS" in row and since in row and owner in row


def wait_until_answered(url: str, process: "subprocess.Popen[bytes]") -> None:
    """Until the server answers; it may not end before."""
    deadline = time.monotonic() + 60
    while True:
        assert process.poll() is None and time.monotonic() < deadline
        try:
            if requests.get(url, timeout=5).ok:
                return
        except requests.ConnectionError:
            threading.Event().wait(0.1)


def test_a_dead_vendor_asked_about_persons_keeps_what_was_known(moving_hub: Hub) -> None:
    first = moving_hub.sync()
    assert first["nexus"].state == "succeeded"
    before = moving_hub.rows_as_they_lie()
    municipality.down(moving_hub.town, only=["nexus"])
    again = moving_hub.sync()
    assert again["nexus"].state == "failed"
    assert {again[name].state for name in ("cpr", "sbsys", "sdi", "ydi")} == {"succeeded"}
    after = moving_hub.rows_as_they_lie()
    assert {t for t in before if before[t] != after[t]} <= {"quarantine"}
    since = moving_hub.rows("select failing_since from stream_state where source = 'nexus'")[0][0]
    moving_hub.sync(ids=["nexus"])
    assert moving_hub.rows("select failing_since from stream_state where source = 'nexus'")[0][0] == since
