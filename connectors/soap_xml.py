"""XML at the door: read without DTD, entities or network, sifted by a sheet, and kept as exclusive c14n."""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, TypeAlias, cast

from lxml import etree

from connectors.errors import ContractError, RecordError

Sheet: TypeAlias = "Mapping[str, Sheet | str | None]"
"""The elements of one kind of record by local name: a Sheet for one with children, None for one with a value, and a
text for one that is known and left out, saying why. What is not named is left out and reported."""


class Doctype(ValueError):
    """A document with a DOCTYPE, which SOAP forbids."""


TEXT_LIMIT = 10_000_000
"""Bytes that the parser takes in one text of itself."""
LARGEST = 200_000_000
"""Bytes of a document at most, also one that carries a file as base64."""


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


def parse(body: bytes) -> etree._Element:
    """Root of a landed body, for translate."""
    try:
        return tree(body)
    except (etree.XMLSyntaxError, Doctype):
        pass
    raise RecordError("record", "not XML")


@lru_cache(maxsize=4096)
def local(tag: str) -> str:
    """Name of an element without its namespace."""
    return tag.rpartition("}")[2]


def sift(element: etree._Element, sheet: Sheet) -> tuple[str, ...]:
    """Takes out of `element` what `sheet` does not keep, and the white space between elements; paths of the unknown."""
    unknown: set[str] = set()
    _sift(element, sheet, "", unknown)
    element.tail = None
    return tuple(sorted(unknown))


def _sift(element: etree._Element, sheet: Sheet, path: str, unknown: set[str]) -> None:
    element.text = None
    for child in list(element):
        name = local(str(child.tag))
        rule = sheet.get(name, "")
        if isinstance(rule, str):
            if not rule:
                unknown.add(_nameable(f"{path}{name}"))
            element.remove(child)
            continue
        child.tail = None
        if rule is not None:
            _sift(child, rule, f"{path}{name}/", unknown)
        elif len(child):
            unknown.update(_nameable(f"{path}{name}/{local(str(c.tag))}") for c in child)
            del child[:]


def _nameable(path: str) -> str:
    """The path when it looks like names; else no more than that there was one."""
    return path if re.fullmatch(r"[\w./-]{1,160}", path) and not re.search(r"\d{6}", path) else "(unnameable)"


def body(element: etree._Element) -> bytes:
    """The element as exclusive c14n: equal content gives equal bytes, wherever it stood in its reply."""
    return etree.tostring(element, method="c14n", exclusive=True, with_comments=False)
