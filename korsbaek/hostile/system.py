"""A vendor system that misbehaves as its plan says."""

import io
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Any

from korsbaek.hostile import breaks, fields, pages, refusals
from korsbaek.hostile.exchange import Exchange, Reply
from korsbaek.hostile.fault import Fault
from korsbaek.hostile.gone import Poorer
from korsbaek.hostile.plan import Plan
from korsbaek.server import Spoilt, Wsgi

Spoil = Callable[[Fault, Exchange, Callable[[], Reply]], Reply]
SPOIL: Mapping[str, Spoil] = {
    spoil.__name__: spoil
    for spoil in (
        breaks.slow, breaks.hang, breaks.reset, breaks.truncated,
        refusals.status, refusals.error_in_200, refusals.token_expired,
        pages.half_page, pages.repeated_page, pages.endless, pages.empty, pages.duplicate_keys,
        fields.charset, fields.namespace, fields.missing, fields.renamed, fields.retyped, fields.nulls,
        fields.clock_ahead,
    )
}  # fmt: skip
"""What each kind does around the sound answer, but for those of the door and mass_deletion."""


def hostile(app: Wsgi, plan: Plan, system: str, poorer: Poorer) -> Wsgi:
    """The application, but for the requests that the plan strikes. Its health is always told truly."""

    def answer(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        body = environ["wsgi.input"].read()
        environ["wsgi.input"] = io.BytesIO(body)
        path = str(environ["PATH_INFO"])
        striking = [] if path.endswith("/health") else plan.striking(path, body.decode("latin-1"))
        if not striking and not plan.memory:
            return app(environ, start)
        exchange = Exchange(system, environ, body, plan, partial(_sound, app))
        for fault in striking:
            if fault.kind == "mass_deletion":
                exchange.asked = partial(_poorly, app, poorer, fault.share)
        reply = _spoilt(exchange, [fault for fault in striking if fault.kind != "mass_deletion"])
        if reply.hang or reply.sent is not None:
            environ["korsbaek.spoilt"] = Spoilt(reply.hang, reply.sent or 0.0, reply.reset)
        start(reply.status, reply.headers)
        return [reply.body]

    return answer


def _spoilt(exchange: Exchange, striking: list[Fault]) -> Reply:
    if f"expired {exchange.environ.get('HTTP_AUTHORIZATION', '')}" in exchange.plan.memory:
        return refusals.expired()

    def ask() -> Reply:
        return exchange.asked(exchange)

    for fault in reversed(striking):
        ask = partial(SPOIL[fault.kind], fault, exchange, ask)
    return ask()


def _poorly(app: Wsgi, poorer: Poorer, share: float, exchange: Exchange) -> Reply:
    """What the application says while that share of the town is gone."""
    with poorer.instead(share):
        return _sound(app, exchange)


def _sound(app: Wsgi, exchange: Exchange) -> Reply:
    """What the application says to the request."""
    head: list[Any] = []
    environ = dict(exchange.environ)
    environ["wsgi.input"], environ["CONTENT_LENGTH"] = io.BytesIO(exchange.body), str(len(exchange.body))

    def start(status: str, headers: list[tuple[str, str]], _problem: Any = None) -> None:
        head[:] = [status, list(headers)]

    body = b"".join(app(environ, start))
    return Reply(head[0], head[1], body)
