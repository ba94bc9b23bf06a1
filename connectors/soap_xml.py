"""XML at the door: read without DTD, entities or network, sifted by a sheet into plain dicts, and kept as JSON.

An element is held as the dict of its children by local name, or as its text where it has none; None is one that was
sent empty or with xsi:nil. A name that came several times has a list of them, in their order (ADR 0070).
"""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, TypeAlias, cast

import msgspec
from lxml import etree

from connectors.errors import ContractError, RecordError

Sheet: TypeAlias = "Mapping[str, Sheet | str | None]"
"""The elements of one kind of record by local name: a Sheet for one with children, None for one with a value, and a
text for one that is known and left out, saying why. What is not named is left out and reported."""
Held: TypeAlias = dict[str, Any]
"""An element with children: each name's Held, text, None, or list of those."""
NIL = "{http://www.w3.org/2001/XMLSchema-instance}nil"


class Doctype(ValueError):
    """A document with a DOCTYPE, which SOAP forbids."""


TEXT_LIMIT = 10_000_000
"""Bytes that the parser takes in one text of itself."""
LARGEST = 200_000_000
"""Bytes of a document at most, also one that carries a file as base64."""
MOST_TAGS = 4_096
"""Names of elements that are remembered in one place of a sheet; a vendor may make up more."""
_json = msgspec.json.Encoder(order="deterministic")
_known: "dict[int, _Rules]" = {}


def tree(data: bytes) -> etree._Element:
    """Root of a document; raises etree.XMLSyntaxError, and Doctype for one that has a DOCTYPE."""
    try:
        root = etree.fromstring(data, _parser())
    except etree.XMLSyntaxError:
        # A text of more than 10 MB needs the parser's own limits off. They guard against entities, which only a
        # DOCTYPE can declare; read as UTF-8, whatever it says of itself, it cannot hide one.
        if b"<!DOCTYPE" in data or not TEXT_LIMIT < len(data) <= LARGEST:
            raise
        root = etree.fromstring(data, _parser(huge_tree=True, encoding="utf-8"))
    if cast(Any, root.getroottree().docinfo).doctype:
        raise Doctype
    return root


def _parser(**more: Any) -> etree.XMLParser:
    return etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True, **more
    )


def read(data: bytes, where: str) -> etree._Element:
    """Root of a reply; ContractError when it is not XML."""
    try:
        return tree(data)
    except (etree.XMLSyntaxError, Doctype):
        pass
    raise ContractError(f"{where}: the reply is not XML; is the address in the Connection right?")


def parse(body: bytes) -> Held:
    """A landed body, for translate; also one that was landed as XML."""
    try:
        if body[:1] == b"<":
            return held(tree(body))
        found = msgspec.json.decode(body)
    except (msgspec.DecodeError, etree.XMLSyntaxError, Doctype):
        found = None
    if not isinstance(found, dict):
        raise RecordError("record", "not XML")
    return found


@lru_cache(maxsize=4096)
def local(tag: str) -> str:
    """Name of an element without its namespace."""
    return tag.rpartition("}")[2]


def sift(element: etree._Element, sheet: Sheet) -> tuple[Held, tuple[str, ...]]:
    """What `sheet` keeps of the element, and the paths of the unknown."""
    unknown: set[str] = set()
    return _sift(element, _rules(sheet), unknown), tuple(sorted(unknown))


def held(element: etree._Element) -> Held:
    """All of an element."""
    found: Held = {}
    for child in element:
        name = local(str(child.tag))
        value = held(child) if len(child) else _text(child)
        if name in found:
            add(found, name, value)
        else:
            found[name] = value
    return found


def child(element: etree._Element, name: str) -> etree._Element | None:
    """The first child of that name."""
    return next((e for e in element if local(str(e.tag)) == name), None)


def attribute_beside(root: etree._Element, name: str, attribute: str) -> None:
    """Puts an attribute of the elements of that name beside their children, since a record holds elements only."""
    for element in root.iter(f"{{*}}{name}"):
        etree.SubElement(element, attribute).text = element.get(attribute)


def add(into: Held, name: str, value: Any) -> None:
    """One more of a name that came before."""
    before = into[name]
    if isinstance(before, list):
        before.append(value)
    else:
        into[name] = [before, value]


def body(held: Held) -> bytes:
    """As JSON with sorted names: equal content gives equal bytes, wherever it stood in its reply."""
    return _json.encode(held)


class _Rules(dict[str, tuple[str, "_Rules | str | None"]]):
    """A sheet by whole tag: each tag is taken apart once, since a reply has half a million elements."""

    def __init__(self, sheet: Sheet, path: str = "") -> None:
        self.sheet, self.path = sheet, path

    def __missing__(self, tag: str) -> "tuple[str, _Rules | str | None]":
        name = local(str(tag))
        rule = self.sheet.get(name, "")
        known = rule if rule is None or isinstance(rule, str) else _Rules(rule, f"{self.path}{name}/")
        if len(self) < MOST_TAGS:
            self[tag] = name, known
        return name, known


def _rules(sheet: Sheet) -> _Rules:
    """Sheets are constants of their connectors: each is kept with its rules."""
    found = _known.get(id(sheet))
    if found is None:
        found = _known[id(sheet)] = _Rules(sheet)
    return found


def _sift(element: etree._Element, rules: _Rules, unknown: set[str]) -> Held:
    found: Held = {}
    for child in element:
        name, rule = rules[child.tag]
        if rule is None:
            value: Any = _text(child)
            if len(child):
                unknown.update(_nameable(f"{rules.path}{name}/{local(str(c.tag))}") for c in child)
        elif isinstance(rule, str):
            if not rule:
                unknown.add(_nameable(f"{rules.path}{name}"))
            continue
        else:
            value = _sift(child, rule, unknown)
        if name in found:
            add(found, name, value)
        else:
            found[name] = value
    return found


def _text(element: etree._Element) -> str | None:
    text = element.text
    return None if not text or (element.attrib and element.get(NIL) in ("true", "1")) else text


def _nameable(path: str) -> str:
    """The path when it looks like names; else no more than that there was one."""
    return path if re.fullmatch(r"[\w./-]{1,160}", path) and not re.search(r"\d{6}", path) else "(unnameable)"
