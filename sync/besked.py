"""What a Beskedfordeler message says: its envelope read, and nothing of its Beskeddata."""

from dataclasses import dataclass, field
from uuid import UUID

from lxml import etree

KUVERT = "urn:oio:besked:kuvert:1.0"
SAGDOK = "urn:oio:sagdok:3.0.0"
STS = "urn:oio:sts:1.0.0"
VERSION = "1.0"
CPR_URNS = ("urn:oio:cpr-nr:", "urn:oio:cpr:")
"""Both forms that are seen (rammearkitektur 3.8)."""


class UnreadableError(Exception):
    """The text is no message that we can act on; its own text says why, without data."""


@dataclass(frozen=True)
class Message:
    """What we use of a Haendelsesbesked."""

    besked_id: str
    numbers: frozenset[str] = field(default=frozenset(), repr=False)
    """CPR numbers of the citizens named."""
    objects: frozenset[str] = frozenset()
    """UUIDs of the objects named."""


def read_message(body: bytes) -> Message:
    """The message in a ModtagBeskedInput, or a bare Haendelsesbesked as in a queue. Raises UnreadableError."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(body, parser)
    except (etree.XMLSyntaxError, ValueError):
        raise UnreadableError("not well-formed XML") from None
    if root.getroottree().docinfo.internalDTD is not None:
        raise UnreadableError("has a DOCTYPE")
    message = root if root.tag == f"{{{KUVERT}}}Haendelsesbesked" else root.find(f"{{{KUVERT}}}Haendelsesbesked")
    if message is None or (root is not message and root.tag != f"{{{STS}}}ModtagBeskedInput"):
        raise UnreadableError("no Haendelsesbesked in a ModtagBeskedInput")
    besked_id = _text(message, f"{{{KUVERT}}}BeskedId//{{{SAGDOK}}}UUIDIdentifikator")
    if besked_id is None or (named := _uuid(besked_id)) is None:
        raise UnreadableError("BeskedId is no UUID")
    if (version := _text(message, f"{{{KUVERT}}}BeskedVersion")) != VERSION:
        raise UnreadableError("BeskedVersion is missing" if version is None else "BeskedVersion is not 1.0")
    data = message.find(f"{{{KUVERT}}}Beskedkuvert/{{{KUVERT}}}Filtreringsdata")
    if data is None:
        raise UnreadableError("Filtreringsdata is missing")
    numbers, objects = set(), set()
    for kind in ("RelateretObjekt", "ObjektRegistrering"):
        for named_object in data.iterfind(f"{{{KUVERT}}}{kind}/{{{KUVERT}}}ObjektId/*"):
            value = (named_object.text or "").strip()
            number = next((value[len(urn) :] for urn in CPR_URNS if value.lower().startswith(urn)), None)
            if number is not None and len(number) == 10 and number.isascii() and number.isdigit():
                numbers.add(number)
            elif (found := _uuid(value.removeprefix("urn:uuid:"))) is not None:
                objects.add(found)
    return Message(named, frozenset(numbers), frozenset(objects))


def _text(element: etree._Element, path: str) -> str | None:
    found = element.find(path)
    return found.text.strip() if found is not None and found.text else None


def _uuid(value: str) -> str | None:
    try:
        return str(UUID(value))
    except ValueError:
        return None
