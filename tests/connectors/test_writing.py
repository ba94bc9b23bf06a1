"""Writing, against a real HTTP server that loses, delays, doubles and refuses: once by its key, whatever happens."""

import json
import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from connectors.contract import Access
from connectors.errors import ContractError
from connectors.registry import names
from connectors.replay import calm
from connectors.rest_writing import RestWriter
from connectors.sbsys.writing import SETTLES
from connectors.writing import Receipt, State, Write, let_try_again, perform, writes
from tests.connectors.server import Answer, Asked, serving

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
WRITE = Write(
    key="8e2f5a52-52f5-4d0c-9d58-0c6ad01b0001", objekt="4711", content={"titel": "Samtale", "notat": "Ringede <kl. 9>"}
)
NOTE = writes("sbsys")["journalnotat"]


@dataclass
class Pages:
    """A book in memory; `lost` makes the next note fail as a full disk would."""

    kept: dict[str, Receipt] = field(default_factory=dict)
    states: list[State] = field(default_factory=list)

    def found(self, key: str) -> Receipt | None:
        return self.kept.get(key)

    def note(self, key: str, receipt: Receipt) -> None:
        self.kept[key] = receipt
        self.states.append(receipt.state)


@dataclass
class Sbsys:
    """SBSYS's notes; `fate` says what becomes of the nth POST: done, lost, late (taken, never answered), 500, ..."""

    fate: Callable[[int], str]
    notes: list[dict[str, Any]] = field(default_factory=list)
    posts: int = 0
    gate: threading.Event = field(default_factory=threading.Event)

    def answer(self, asked: Asked, before: int) -> Answer:
        if "/token" in asked.path:
            return Answer(body=b'{"access_token": "t", "expires_in": 600}')
        if asked.method == "GET":
            return Answer(body=json.dumps(self.notes).encode())
        assert asked.headers["Idempotency-Key"] == WRITE.key
        fate, self.posts = self.fate(self.posts), self.posts + 1
        if fate in ("done", "late", "cut", "done500", "html"):
            self.notes.append(json.loads(asked.body) | {"Id": 100 + len(self.notes)})
        made = json.dumps({"Id": 100 + len(self.notes) - 1}).encode()
        if fate in ("late", "lost"):
            self.gate.wait(5)
        return {
            "done": Answer(201, made),
            "late": Answer(201, made),
            "lost": Answer(201, made),
            "cut": Answer(201, made, cut=3),
            "done500": Answer(500, b"{}"),
            "500": Answer(500, b"{}"),
            "429": Answer(429, b"{}"),
            "400": Answer(400, b"{}"),
            "401": Answer(401, b"{}"),
            "html": Answer(200, b"<html>", {"Content-Type": "text/html"}),
        }[fate]


@contextmanager
def sbsys(*fates: str) -> Iterator[tuple[Sbsys, RestWriter]]:
    """A running SBSYS and a door to it; after the last fate everything is done."""
    system = Sbsys(lambda n: fates[n] if n < len(fates) else "done")
    with serving(system.answer) as (url, _), calm():
        extra = {"token_url": f"{url}/token", "client_id": "c", "client_secret": "s", "timeout": 0.2}
        yield system, NOTE.open(Access(url=url, login="u", password="p", extra=extra))
        system.gate.set()


def test_a_write_is_done_once_and_carries_its_key() -> None:
    with sbsys() as (system, api):
        book = Pages()
        first = perform(NOTE, api, WRITE, book, NOW)
        again = perform(NOTE, api, WRITE, book, NOW + timedelta(days=1))
    assert first.state is State.DONE and first == again and first.reference == "100"
    assert system.posts == 1 and book.states == [State.UNKNOWN, State.DONE]
    assert WRITE.key in system.notes[0]["Note"] and "&lt;kl. 9&gt;" in system.notes[0]["Note"]


@pytest.mark.parametrize("fate", ["late", "cut", "done500", "html"])
def test_a_write_that_was_not_answered_is_unknown_and_then_found_by_its_key(fate: str) -> None:
    with sbsys(fate) as (system, api):
        book = Pages()
        assert perform(NOTE, api, WRITE, book, NOW).state is State.UNKNOWN
        assert system.posts == 1, "it was tried again blindly"
        settled = perform(NOTE, api, WRITE, book, NOW)
    assert settled.state is State.DONE and settled.reference == "100" and system.posts == 1


@pytest.mark.parametrize("fate", ["lost", "500"])
def test_a_write_that_got_lost_is_sent_again_only_when_it_cannot_come_any_more(fate: str) -> None:
    with sbsys(fate) as (system, api):
        book = Pages()
        assert perform(NOTE, api, WRITE, book, NOW).state is State.UNKNOWN
        soon = perform(NOTE, api, WRITE, book, NOW + SETTLES / 2)
        assert soon.state is State.UNKNOWN and "on its way" in soon.why and system.posts == 1
        assert perform(NOTE, api, WRITE, book, NOW + SETTLES).state is State.DONE
    assert system.posts == 2 and len(system.notes) == 1


def test_what_was_declined_or_never_connected_waits_and_is_sent_another_time() -> None:
    with sbsys("429") as (system, api):
        book = Pages()
        assert perform(NOTE, api, WRITE, book, NOW).state is State.WAITING
        assert perform(NOTE, api, WRITE, book, NOW).state is State.DONE and system.posts == 2
    nobody = NOTE.open(Access(url="http://127.0.0.1:9", login="u", password="p", extra={"auth": ""} | _token()))
    nobody._auth = None
    assert perform(NOTE, nobody, WRITE, Pages(), NOW).state is State.WAITING


def _token() -> dict[str, str]:
    return {"token_url": "http://127.0.0.1:9/token", "client_id": "c", "client_secret": "s"}


@pytest.mark.parametrize("fate", ["400", "401"])
def test_a_refusal_stays_until_a_person_has_acted(fate: str) -> None:
    with sbsys(fate) as (system, api):
        book = Pages()
        assert perform(NOTE, api, WRITE, book, NOW).state is State.REFUSED
        assert perform(NOTE, api, WRITE, book, NOW).state is State.REFUSED and system.posts == 1
        let_try_again(WRITE.key, book)
        assert perform(NOTE, api, WRITE, book, NOW).state is State.DONE


def test_a_vendor_that_cannot_be_asked_leaves_it_unknown() -> None:
    with sbsys("late") as (system, api):
        book = Pages()
        perform(NOTE, api, WRITE, book, NOW)
    with calm():
        receipt = perform(NOTE, api, WRITE, book, NOW + SETTLES * 2)
    assert receipt.state is State.UNKNOWN and "cannot be asked" in receipt.why and system.posts == 1


def test_a_crash_while_sending_leaves_it_unknown() -> None:
    class Killed(BaseException):
        pass

    def killed(api: Any, write: Write) -> str:
        NOTE.send(api, write)
        raise Killed

    from dataclasses import replace

    with sbsys() as (system, api):
        book = Pages()
        with pytest.raises(Killed):
            perform(replace(NOTE, send=killed), api, WRITE, book, NOW)
        assert book.kept[WRITE.key].state is State.UNKNOWN
        assert perform(NOTE, api, WRITE, book, NOW).state is State.DONE and system.posts == 1


def test_a_key_stands_for_one_content() -> None:
    with sbsys() as (_, api):
        book = Pages()
        perform(NOTE, api, WRITE, book, NOW)
        other = Write(key=WRITE.key, objekt=WRITE.objekt, content={"titel": "Noget andet", "notat": ""})
        with pytest.raises(ContractError, match="make a new key"):
            perform(NOTE, api, other, book, NOW)


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.sampled_from(["late", "cut", "lost", "500", "done500", "429", "html"]), max_size=3))
def test_whatever_happens_there_is_one_note_in_the_end(fates: list[str]) -> None:
    with sbsys(*fates) as (system, api):
        book, now = Pages(), NOW
        for _ in range(2 * len(fates) + 2):
            receipt = perform(NOTE, api, WRITE, book, now)
            assert len(system.notes) <= 1
            now += SETTLES
    assert receipt.state is State.DONE and len(system.notes) == 1


def test_reading_knows_nothing_of_writing() -> None:
    root = Path(__file__).parents[2] / "connectors"
    imports = re.compile(r"^\s*(?:from|import) .*writing", re.M)
    readers = [p for p in root.rglob("*.py") if p.name not in ("writing.py", "rest_writing.py")]
    assert [str(p) for p in readers if imports.search(p.read_text(encoding="utf-8"))] == []
    for path in (root / "writing.py", root / "rest_writing.py", *root.glob("*/writing.py")):
        assert "patiently" not in path.read_text(encoding="utf-8"), f"{path}: a write must not be retried"
    assert "sbsys" in {name for name in names() if writes(name)}
