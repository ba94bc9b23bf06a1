"""The door that Beskedfordeler knocks at: ModtagBesked by REST push, answered once the message is stored."""

import asyncio
import logging
import threading
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from sync.amqp import Consumer
from sync.inbox import receive
from sync.refresh import Refresher

Asgi = Callable[[], Awaitable[MutableMapping[str, Any]]]
MOST = 5_000_000
"""Bytes of a message, above which it is refused."""
_OUTPUT = (
    '<?xml version="1.0" encoding="UTF-8"?><ModtagBeskedOutput xmlns="urn:oio:sts:1.0.0">'
    '<sd:StandardRetur xmlns:sd="urn:oio:sagdok:3.0.0"><sd:StatusKode>{code}</sd:StatusKode>'
    "<sd:FejlbeskedTekst>{text}</sd:FejlbeskedTekst></sd:StandardRetur></ModtagBeskedOutput>"
)
arrived = threading.Event()
"""Set when a message has been stored; the worker waits for it."""
consumers: list[Consumer] = []
"""What takes messages from a queue beside this door; it is ready when they are."""
log = logging.getLogger(__name__)


async def app(scope: MutableMapping[str, Any], receive_part: Asgi, send: Callable[[Any], Awaitable[None]]) -> None:
    """ASGI: POST a ModtagBeskedInput anywhere; GET /healthz and /readyz. StatusKode 20: stored; 40: parked."""
    if scope["type"] == "lifespan":
        while (await receive_part())["type"] != "lifespan.shutdown":
            await send({"type": "lifespan.startup.complete"})
        await send({"type": "lifespan.shutdown.complete"})
        return
    if scope["type"] != "http":
        return
    if scope["method"] == "GET" and scope["path"] == "/healthz":
        await _answer(send, 200, b"ok\n", b"text/plain")
        return
    if scope["method"] == "GET" and scope["path"] == "/readyz":
        ready = all(consumer.connected for consumer in consumers)
        await _answer(send, 200 if ready else 503, b"ready\n" if ready else b"no queue\n", b"text/plain")
        return
    if scope["method"] != "POST":
        await _answer(send, 405, b"POST a ModtagBeskedInput\n", b"text/plain")
        return
    body = bytearray()
    while True:
        part = await receive_part()
        if part["type"] == "http.disconnect":
            return
        body += part.get("body", b"")
        if len(body) > MOST:
            await _answer(send, 413, _retur(40, "Beskeden er for stor"))
            return
        if not part.get("more_body"):
            break
    try:
        readable = await asyncio.to_thread(receive, bytes(body))
    except Exception as error:
        # Not stored, so not acknowledged: Beskedfordeler delivers it again. The error's text could quote the message.
        log.error("a message could not be stored: %s", type(error).__name__)
        await _answer(send, 503, _retur(40, "Beskeden kunne ikke gemmes; send den igen"))
        return
    arrived.set()
    await _answer(send, 200, _retur(20, "OK") if readable else _retur(40, "Beskeden kan ikke laeses"))


def work(stop: threading.Event, every: float = 30.0) -> None:
    """Refresh what messages name whenever one has arrived, and every so many seconds, until `stop` is set."""
    refresher = Refresher(arrived)
    while not stop.is_set():
        arrived.wait(every)
        arrived.clear()
        if stop.is_set():
            break
        try:
            handled = refresher.go()
        except Exception as error:
            log.error("the inbox could not be handled: %s", type(error).__name__)
            stop.wait(1.0)
            arrived.set()
            continue
        if handled.messages or handled.parked:
            log.info("%s messages handled, %s parked", handled.messages, handled.parked)
    refresher.close()


def _retur(code: int, text: str) -> bytes:
    return _OUTPUT.format(code=code, text=text).encode()


async def _answer(
    send: Callable[[Any], Awaitable[None]], status: int, body: bytes, kind: bytes = b"text/xml; charset=utf-8"
) -> None:
    headers = [(b"content-type", kind), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
