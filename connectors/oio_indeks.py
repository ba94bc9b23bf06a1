"""Asking an OIO index: one fremsoeg with its filter and order, and what came back (rammearkitektur 3.1, 3.2)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b
from pathlib import Path
from typing import Any, NamedTuple

from lxml import etree

from connectors.contract import NAMELESS, Access, Record
from connectors.errors import RecordError
from connectors.oio_registrering import objekt
from connectors.oio_retur import judge
from connectors.soap import SoapApi
from connectors.soap_node import Node
from connectors.soap_xml import Sheet, body, local, sift

PAGE_SIZE = 500
"""Objects asked for at a time (extra.page_size); 12 KB each."""
TOMME: dict[str, Any] = {"AttributListe": {}, "TilstandListe": {}, "RelationListe": {}}
"""A search must name all three, though they ask for nothing."""
COUNT: Sheet = {"Antal": {"Antal": None}}
"""How many there are, where an index says it."""


@dataclass(frozen=True)
class Kind:
    """One kind of object, and how its index names what belongs to it."""

    soeg: str
    """Search element: SoegSag."""
    billede: str
    """Reply element: SagFiltreretOejebliksbillede."""
    filter: str
    """Filter element: SagVis."""
    vis: tuple[str, ...]
    """Everything that can be asked for; without a Filter the index gives counts only."""
    vis_keys: str
    """The least that makes the index name the object."""
    uuid: str
    """SagUuid."""
    sheet: Sheet
    sortering: Mapping[str, Any]
    by_sts: bool = False
    """The order is by StsTidspunkt, so that each page completes what lies before its end."""
    uuid_needs_soeg: bool = False
    """SoegUdtryk is required (SF1490)."""


class Objekt(NamedTuple):
    """One object of a reply."""

    record: Record
    sts: datetime | None


class Found(list[Objekt]):
    """The objects of one reply, and how many the search has in all where the index says it (Antal)."""

    total: int | None = None


class Indeks:
    """One OIO index behind one SoapApi."""

    def __init__(self, access: Access, wsdl: Path, soap: str) -> None:
        self.api = SoapApi(access, wsdl, soap)
        self.page_size = max(2, int(access.extra.get("page_size") or access.options.get("page_size") or PAGE_SIZE))

    def page(self, kind: Kind, vis: Sequence[str], **soeg: Any) -> Found:
        """The objects of one fremsoeg, at most as many as MaksimalAntalKvantitet in `soeg` says."""
        return self.fremsoeg(
            kind,
            SoegUdtryk={"_value_1": [{kind.soeg: [{**soeg, **TOMME}]}]},
            Filter={"_value_1": [{kind.filter: [{"Vis": v} for v in vis]}]},
            Sortering={"_value_1": [dict(kind.sortering)]} if kind.sortering else None,
        )

    def one(self, kind: Kind, uuid: str) -> Found:
        """The object of that UUID, in a list."""
        return self.fremsoeg(
            kind,
            **{kind.uuid: [uuid]},
            SoegUdtryk={"_value_1": [{kind.soeg: [TOMME]}]} if kind.uuid_needs_soeg else None,
            Filter={"_value_1": [{kind.filter: [{"Vis": v} for v in kind.vis]}]},
        )

    def fremsoeg(self, kind: Kind, **request: Any) -> Found:
        """The objects in the reply, with StandardRetur judged."""
        reply = self.api.ask("fremsoeg", transaction=True, **{k: v for k, v in request.items() if v is not None})
        judge(reply, self.api.where)
        found = Found(_objekt(e, kind.sheet) for e in reply if local(str(e.tag)) == kind.billede)
        found.total = _antal(Node(sift(reply, COUNT)[0]))
        return found

    def knock(self, kind: Kind) -> None:
        """Asks for one object, to see that the door opens."""
        self.page(kind, (kind.vis_keys,), FoersteResultatReference=0, MaksimalAntalKvantitet=1)


def _antal(head: Node) -> int | None:
    """How many objects the search has in all; None when the reply does not say it of one kind, or not readably."""
    counted = head.many("Antal")
    try:
        found = counted[0].whole("Antal") if len(counted) == 1 else None
    except RecordError:
        return None
    return found if isinstance(found, int) else None


def _objekt(element: etree._Element, sheet: Sheet) -> Objekt:
    held, unknown = sift(element, sheet)
    content, node = body(held), Node(held)
    try:
        key = str(objekt(node))
    except RecordError:
        key = NAMELESS + blake2b(content, digest_size=8).hexdigest()
    times = [t for t in (_sts(r) for r in node.many("Registrering")) if t]
    return Objekt(Record(key, content, unknown), max(times, default=None))


def _sts(registrering: Node) -> datetime | None:
    """When the index received it; None when unreadable, which translate will say."""
    try:
        return registrering.instant("StsTidspunkt") or None
    except RecordError:
        return None
