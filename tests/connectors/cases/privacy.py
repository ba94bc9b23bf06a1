"""Nothing private in logs, at any level, whatever happens."""

import io
import logging

import requests

from connectors.errors import ConnectorError, RecordError
from connectors.recording import through
from connectors.replay import Scene, Trouble, reply
from tests.connectors.cases.canaries import private, silent
from tests.connectors.cases.records import REMOVED, longest, say, spoilt


def logs_at_debug_hold_nothing_private(scene: Scene) -> None:
    troubles: list[Trouble] = [
        lambda request, before: None,
        lambda request, before: reply(request, 503, b"x", "text/plain") if before == 0 else None,
        lambda request, before: reply(request, 403, _answer(scene), "application/json"),
        lambda request, before: reply(request, 400, _answer(scene), "application/json"),
        lambda request, before: requests.ConnectionError(str(request.body)) if request.body else None,
    ]
    text = io.StringIO()
    handler = logging.StreamHandler(text)
    root, level = logging.getLogger(), logging.getLogger().level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    try:
        for trouble in troubles:
            try:
                scene.read(scene.vendor(trouble))
            except ConnectorError as error:
                logging.getLogger("whoever").debug("it failed", exc_info=error)
        for stream, record in longest(scene):
            for _, body in list(spoilt(record.body, REMOVED))[:20]:
                said = say(stream, body)
                if isinstance(said, RecordError):
                    logging.getLogger("whoever").debug("parked", exc_info=said)
    finally:
        root.removeHandler(handler)
        root.setLevel(level)
    silent(text.getvalue(), private(scene) | {"secret-9", "password-7"})


def what_is_open_shows_no_secret(scene: Scene) -> None:
    with through(scene.vendor()):
        api = scene.connector.open(scene.access())
    text = f"{api!r} {vars(api)!r} {scene.access()!r}"
    silent(text, {"secret-9", "password-7"})


def _answer(scene: Scene) -> bytes:
    return b"".join(scene.bodies.values())
