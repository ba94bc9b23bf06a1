"""Records out of a SOAP reply that lists them."""

from hashlib import blake2b

from lxml import etree

from connectors.contract import NAMELESS, Record
from connectors.errors import ContractError, RecordError
from connectors.soap_node import Node
from connectors.soap_xml import Sheet, body, local, sift


def records(reply: etree._Element, name: str, sheet: Sheet, key: str) -> list[Record]:
    """The elements of that name, sifted, each by the value of its `key` element."""
    return [_record(e, sheet, key) for e in reply if local(str(e.tag)) == name]


def total(reply: etree._Element, name: str, what: str) -> int:
    """How many there are in all: a whole number that must be there, else ContractError."""
    try:
        found = Node(sift(reply, {name: None})[0]).whole(name)
    except RecordError:
        found = None
    if not isinstance(found, int):
        raise ContractError(f"{what}: the reply does not say {name}; all or a part cannot be told")
    return found


def _record(element: etree._Element, sheet: Sheet, key: str) -> Record:
    held, unknown = sift(element, sheet)
    content = body(held)
    try:
        found = Node(held).value(key)
    except RecordError:
        found = None
    return Record(found or NAMELESS + blake2b(content, digest_size=8).hexdigest(), content, unknown)


__all__ = ["records", "total"]
