"""Digital Post asked with the number in the address: the vendor gets it, and no log and no error of ours does."""

import json
import logging
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import requests

from canonical_model.draft import Nummer
from canonical_model.drafts import PersonDraft
from connectors.contract import Access
from connectors.digital_post import CONNECTOR
from connectors.errors import ConnectorError
from connectors.minimise import parse
from connectors.replay import calm
from helhed.commands.korsbaek import connection
from tests.connectors.server import Answer, Asked, serving
from tests.korsbaek.landscape.wire import wire

CPR = "0107701234"
TOKEN = b'{"access_token": "t", "token_type": "Bearer", "expires_in": 300}'


def asked_in_the_address(answer: Callable[[Asked, int], Answer]) -> tuple[Any, list[Asked]]:
    """What comes of asking about one citizen (records, or the error), and the questions that the vendor got."""

    def door(request: Asked, before: int) -> Answer:
        return Answer(body=TOKEN) if request.path == "/token" else answer(request, before)

    with serving(door) as (url, asked), calm():
        keys = {"token_url": f"{url}/token", "client_id": "helhed", "client_secret": "s", "timeout": 5}
        api = CONNECTOR.open(Access(url=f"{url}/service/PostForespoerg_1", extra=keys, options={"nummer": "adresse"}))
        (stream,) = CONNECTOR.streams
        assert stream.read_one is not None
        try:
            return stream.read_one(api, CPR), [a for a in asked if a.path != "/token"]
        except ConnectorError as error:
            return error, [a for a in asked if a.path != "/token"]


def test_the_question_is_the_public_clients_and_the_answer_is_the_citizens(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    found, (question,) = asked_in_the_address(lambda r, n: Answer(body=b'{"result": true}'))
    assert (question.method, question.body) == ("GET", b"")
    assert question.path == f"/service/PostForespoerg_1/digitalpost?cprNumber={CPR}"
    assert question.headers["x-TransaktionsId"] and question.headers["x-TransaktionsTid"]
    assert CPR not in found[0].key
    (draft,) = CONNECTOR.streams[0].translate(parse(found[0].body))
    assert draft == PersonDraft(objekt=Nummer("cpr", CPR), tilmeldt_digitalpost=True)
    assert CPR not in caplog.text


def test_nobody_known_by_the_number_is_an_empty_answer() -> None:
    found, _ = asked_in_the_address(lambda r, n: Answer(status=404))
    assert found == []


WRONG: dict[str, Callable[[Asked, int], Answer]] = {
    "refused": lambda r, n: Answer(status=403),
    "away": lambda r, n: Answer(status=503),
    "unknown": lambda r, n: Answer(status=418),
    "moved": lambda r, n: Answer(status=302, headers={"Location": r.path + "&again=1"}),
    "broken": lambda r, n: Answer(body=b'{"result": true}', cut=3),
    "a page": lambda r, n: Answer(body=f"<p>{r.path}</p>".encode(), headers={"Content-Type": "text/html"}),
    "another answer": lambda r, n: Answer(body=f'{{"cprNumber": "{CPR}"}}'.encode()),
    "no object": lambda r, n: Answer(body=f'["{CPR}"]'.encode()),
}
"""Ways in which the vendor may fail, several of them with the number in the reply."""


@pytest.mark.parametrize("answer", WRONG.values(), ids=WRONG.keys())
def test_no_failure_tells_whom_we_asked_about(
    answer: Callable[[Asked, int], Answer], caplog: pytest.LogCaptureFixture
) -> None:
    for name in ("urllib3", "urllib3.connectionpool", "requests"):
        caplog.set_level(logging.DEBUG, logger=name)
    caplog.set_level(logging.DEBUG)
    error, questions = asked_in_the_address(answer)
    assert isinstance(error, ConnectorError) and all(CPR in q.path for q in questions)
    said, cause = "", error
    while cause is not None:
        said, cause = f"{said}\n{cause!r}", cause.__cause__ or cause.__context__
    assert CPR not in said + caplog.text


def test_the_towns_own_service_says_the_same_to_both_questions(tmp_path: Path) -> None:
    (stream,) = CONNECTOR.streams
    assert stream.read_one is not None
    with wire(tmp_path, "digitalpost") as (town, told):
        made = connection(told["digitalpost"])
        known = [(cpr, body) for cpr, body in town.rows("select owner, body from record where good is null limit 30")]
        said: dict[str, list[bool | None]] = {}
        for where, options in (("adresse", {"nummer": "adresse"}), ("krop", {})):
            api = CONNECTOR.open(Access(url=made["host"], extra=made["extra"], options=options))
            asked: list[requests.PreparedRequest] = []
            api.rest.session.hooks["response"].append(lambda r, *_, asked=asked, **__: asked.append(r.request))
            answers = [parse(r.body)["result"] for cpr, _ in known for r in stream.read_one(api, cpr)]
            assert stream.read_one(api, "0102039999") == []
            questions = [a for a in asked if "token" not in str(a.url)]
            assert {a.method for a in questions} == {"GET" if options else "POST"}
            assert all(("cprNumber=" in str(a.url)) is bool(options) for a in questions)
            said[where] = answers
    assert said["adresse"] == said["krop"] == [json.loads(body)["result"] for _, body in known]
    assert {*said["krop"]} == {True, False}
