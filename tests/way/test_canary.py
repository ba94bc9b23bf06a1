"""Nobody's number, name or text is in any log or exception of a whole sync, at the most talkative level."""

import logging
import os
import re
import signal
import traceback
from collections.abc import Iterator
from pathlib import Path

import pytest

from korsbaek.model import Dokument, Nexusborger, Person, Sag
from korsbaek.town import Town
from sync.runs import Counts
from tests.way.hub import Hub

pytestmark = pytest.mark.usefixtures("impatient")


class Ears(logging.Handler):
    """Hears everything, unfiltered: message, arguments, and exceptions with their causes."""

    def __init__(self) -> None:
        super().__init__(logging.NOTSET)
        self.heard: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep the record as text."""
        self.heard.append(record.getMessage())
        if record.exc_info and record.exc_info[1]:
            self.heard += traceback.format_exception(record.exc_info[1])


@pytest.fixture
def ears(monkeypatch: pytest.MonkeyPatch) -> Iterator[Ears]:
    """Every logger wide open, to a handler that masks nothing."""
    ears, root = Ears(), logging.getLogger()
    loggers = [root, *(one for one in logging.Logger.manager.loggerDict.values() if isinstance(one, logging.Logger))]
    levels = [(one, one.level, one.disabled) for one in loggers]
    for one in loggers:
        one.setLevel(logging.DEBUG)
        one.disabled = False
    root.addHandler(ears)
    yield ears
    root.removeHandler(ears)
    for one, level, disabled in levels:
        one.setLevel(level)
        one.disabled = disabled


def planted(town: Path) -> dict[str, str]:
    """What must be heard nowhere: every number of the town, and words of its records that occur nowhere else."""
    held = Town.open(town / "town.db")
    words: dict[str, str] = {}
    for person in held.each(Person):
        for cpr in (person.cpr, *(old.cpr for old in person.tidligere)):
            words[cpr] = words[f"{cpr[:6]}-{cpr[6:]}"] = "cpr"
        words[person.navn.fuldt] = "navn"
        if person.adresse:
            words[person.adresse.linje] = "adresse"
    for sag in held.each(Sag):
        words |= {note.tekst[:40]: "notat" for note in sag.nu.notater if len(note.tekst) > 20}
        words |= {fault.vaerdi: "fejl" for fault in sag.fejl if fault.vaerdi}
    for dokument in held.each(Dokument):
        words[dokument.beskrivelse or "\0"] = "dokument"
    for borger in held.each(Nexusborger):
        words |= {borger.telefon or "\0": "telefon", borger.email or "\0": "email"}
    return {word: kind for word, kind in words.items() if len(word) > 7}


def found(words: dict[str, str], text: str) -> set[str]:
    """The kinds of planted words in a text (never the words: the failure is printed)."""
    return {kind for word, kind in words.items() if word in text}


def test_a_whole_sync_says_nothing_of_anybody(moving_hub: Hub, ears: Ears, capfd: pytest.CaptureFixture[str]) -> None:
    words = planted(moving_hub.town)
    assert len([w for w, kind in words.items() if kind == "cpr"]) > 100
    results = moving_hub.sync()
    assert all(result.state == "succeeded" for result in results.values())
    logging.getLogger("canary").debug("the ears are open")
    text = "\n".join(ears.heard)
    assert "the ears are open" in text
    assert found(words, text) == set()
    out, err = capfd.readouterr()
    assert found(words, out + err) == set()
    told = str(
        [(r.error, {n: (c.error, sorted(c.unknown_fields)) for n, c in r.streams.items()}) for r in results.values()]
    )
    assert found(words, told) == set()
    parked = str(moving_hub.quarantine())
    assert found(words, parked) == set()
    states = str(moving_hub.rows("select * from stream_state") + moving_hub.rows("select * from run_stream"))
    assert found(words, states) == set()


def test_nor_does_a_sync_in_trouble(moving_hub: Hub, ears: Ears, capfd: pytest.CaptureFixture[str]) -> None:
    words = planted(moving_hub.town)
    pids: dict[str, int] = {n: s["pid"] for n, s in moving_hub.status()["systems"].items() if n in ("sbsys", "nexus")}

    def kill(source: str, stream: str, counts: Counts) -> None:
        pid = pids.pop("sbsys" if source == "sbsys" else "nexus" if source == "cpr" else "", None)
        if pid:
            os.kill(pid, signal.SIGKILL)

    results = moving_hub.sync(progress=kill)
    assert {results["sbsys"].state, results["nexus"].state} <= {"partial", "failed"}
    out, err = capfd.readouterr()
    told = str([(r.error, [c.error for c in r.streams.values()]) for r in results.values()])
    assert found(words, "\n".join(ears.heard) + out + err + told) == set()


def test_the_command_line_says_nothing_of_anybody(hub: Hub) -> None:
    words = planted(hub.town)
    process = hub.process()
    out, _ = process.communicate(timeout=120)
    text = out.decode(errors="replace")
    assert process.returncode == 0, text[-2000:]
    assert found(words, text) == set()


def test_a_person_cannot_be_computed_from_the_number(hub: Hub) -> None:
    hub.sync(ids=["sbsys"])
    uuids = [objekt for (objekt,) in hub.rows("select objekt from identitet where art = 'cpr'")]
    assert uuids
    assert all(uuid.version == 4 for uuid in uuids)
    tables = ("landed", "quarantine", "worklist")
    keys = [row for table in tables for row in hub.rows(f"select key from {table}")]
    assert not [key for (key,) in keys if re.search(r"(?<!\d)\d{6}-?\d{4}(?!\d)", key.rpartition("/")[0])]
