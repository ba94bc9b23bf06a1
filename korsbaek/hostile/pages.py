"""Pages that are half, repeated, endless, empty, or hold a record twice."""

import json
import re
from hashlib import blake2b

from korsbaek.hostile import records
from korsbaek.hostile.exchange import Exchange, Reply
from korsbaek.hostile.fault import Fault
from korsbaek.hostile.refusals import Ask

FROM = re.compile(rb"(FoersteResultatReference[^>]*>)(\d+)(<)")


def half_page(fault: Fault, exchange: Exchange, ask: Ask) -> Reply:
    """Fewer records than the reply promises."""
    reply = ask()
    records.keep(reply, fault.share)
    return reply


def empty(fault: Fault, exchange: Exchange, ask: Ask) -> Reply:
    """Nothing there, in good form and with 200."""
    reply = ask()
    records.nothing(reply)
    return reply


def duplicate_keys(fault: Fault, exchange: Exchange, ask: Ask) -> Reply:
    """A record twice in one page."""
    reply = ask()
    records.double(reply)
    return reply


def repeated_page(fault: Fault, exchange: Exchange, ask: Ask) -> Reply:
    """Whatever page is asked for, the first one comes."""
    return exchange.asked(exchange.with_body(_from(exchange.body, 0)))


def endless(fault: Fault, exchange: Exchange, ask: Ask) -> Reply:
    """There is always one page more: after the last one the first comes again, and the number in all grows."""
    reply = ask()
    mark = "first " + blake2b(_from(exchange.body, 0), digest_size=8).hexdigest() + exchange.path
    if _of(reply):
        exchange.plan.memory.setdefault(mark, reply.body)
    elif mark in exchange.plan.memory:
        reply = exchange.asked(exchange.with_body(_from(exchange.body, 0)))
    document = reply.document()
    if isinstance(document, dict) and "TotalNumberOfResults" in document:
        document["TotalNumberOfResults"] = _skip(exchange.body) + 2 * len(document["Results"]) + 1
        reply.say(document)
    return reply


def _of(reply: Reply) -> int:
    if (root := reply.tree()) is not None:
        return len(records.objects(root))
    return len(records.listed(reply.document()) or ())


def _skip(body: bytes) -> int:
    try:
        asked = json.loads(body)
    except ValueError:
        return 0
    return int(asked.get("Skip", 0)) if isinstance(asked, dict) else 0


def _from(body: bytes, first: int) -> bytes:
    """The request for the page that begins there."""
    try:
        asked = json.loads(body)
    except ValueError:
        return FROM.sub(rb"\g<1>%d\g<3>" % first, body)
    return json.dumps(asked | {"Skip": first}).encode() if isinstance(asked, dict) and "Skip" in asked else body
