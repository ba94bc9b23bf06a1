"""Fields missing, renamed, of another type or null; wrong letters, another namespace, a clock that is ahead."""

import json
import re
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from lxml import etree

from korsbaek.hostile.exchange import Exchange, Reply
from korsbaek.hostile.fault import Fault
from korsbaek.hostile.records import local
from korsbaek.hostile.refusals import Ask

Change = Callable[[dict[str, Any], str], None]
NIL = "{http://www.w3.org/2001/XMLSchema-instance}nil"
CLOCKS = ("StsTidspunkt", "SenestAendret")
"""Fields that a system fills by its own clock."""
_STAMP = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")


def missing(fault: Fault, exchange: Exchange, ask: Ask) -> Reply:
    """The field is left out wherever it stands."""
    return _changed(ask(), fault.field, lambda at, name: at.pop(name), lambda e: _out(e))


def renamed(fault: Fault, exchange: Exchange, ask: Ask) -> Reply:
    """The field is called something else: its name with a 2."""

    def rename(element: "etree._Element") -> None:
        element.tag = f"{element.tag}2"

    return _changed(ask(), fault.field, lambda at, name: at.update({f"{name}2": at.pop(name)}), rename)


def retyped(fault: Fault, exchange: Exchange, ask: Ask) -> Reply:
    """The field is another kind of thing: an object with the value, or a text with a number's letters in an object."""

    def retype(element: "etree._Element") -> None:
        inner = etree.Element("vaerdi")
        inner.text = element.text
        element.text = None
        element[:] = [inner, *element]

    return _changed(ask(), fault.field, lambda at, name: at.update({name: {"vaerdi": at[name]}}), retype)


def nulls(fault: Fault, exchange: Exchange, ask: Ask) -> Reply:
    """The field is null; in XML empty with xsi:nil."""

    def empty(element: "etree._Element") -> None:
        del element[:]
        element.text = None
        element.set(NIL, "true")

    return _changed(ask(), fault.field, lambda at, name: at.update({name: None}), empty)


def charset(fault: Fault, exchange: Exchange, ask: Ask) -> Reply:
    """UTF-8 is said and Latin-1 is sent."""
    reply = ask()
    if reply.good:
        reply.body = reply.body.decode().encode("latin-1", "replace")
    return reply


def namespace(fault: Fault, exchange: Exchange, ask: Ask) -> Reply:
    """The contract's namespaces say the next version."""
    reply = ask()
    if reply.is_xml and reply.good:
        step = rb'(xmlns:\w+="(?:urn:oio|http://serviceplatformen)[^"]*?)(\d)(/?")'
        reply.body = re.sub(step, lambda m: m[1] + b"%d" % (int(m[2]) + 1) + m[3], reply.body)
    return reply


def clock_ahead(fault: Fault, exchange: Exchange, ask: Ask) -> Reply:
    """What the system stamps by its own clock is `seconds` ahead of the time."""
    reply = ask()

    def ahead(found: "re.Match[str]") -> str:
        at = datetime.fromisoformat(found.group().replace("Z", "+00:00"))
        return (at + timedelta(seconds=fault.seconds)).isoformat()

    for name in CLOCKS:

        def later(at: dict[str, Any], name: str) -> None:
            at[name] = _STAMP.sub(ahead, at[name]) if isinstance(at[name], str) else at[name]

        def stamped(element: "etree._Element") -> None:
            for below in element.iter():
                below.text = _STAMP.sub(ahead, below.text) if below.text else below.text

        _changed(reply, name, later, stamped)
    return reply


def _changed(reply: Reply, name: str, change: Change, rewrite: Callable[["etree._Element"], None]) -> Reply:
    """The reply with every field of that name changed."""
    if (root := reply.tree()) is not None:
        found = [e for e in root.iter() if isinstance(e.tag, str) and local(e) == name]
        for element in found:
            rewrite(element)
        if found:
            reply.write(root)
    elif f'"{name}"' in reply.body.decode("latin-1"):
        document = reply.document()
        _walk(document, name, change)
        if document is not None:
            reply.body = json.dumps(document, ensure_ascii=False).encode()
    return reply


def _walk(value: Any, name: str, change: Change) -> None:
    if isinstance(value, list):
        for item in value:
            _walk(item, name, change)
    elif isinstance(value, dict):
        for below in value.values():
            _walk(below, name, change)
        if name in value:
            change(value, name)


def _out(element: "etree._Element") -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)
