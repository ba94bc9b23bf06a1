"""References of the OIO standard: UUIDs, and URNs of national numbers (rammearkitektur 4.2)."""

import re
from typing import NamedTuple
from uuid import UUID

from canonical_model.draft import Nummer
from connectors import identifiers
from connectors.errors import RecordError
from connectors.soap_node import Node

PERSONER = {"cpr-nr": "cpr", "cpr": "cpr", "us:personid": "personid", "udk:borgerid": "borgerid"}
"""urn:oio:<this>:number of a person, and the kind of number it is."""
VIRKSOMHEDER = {"cvr-nr": "cvr", "cvr": "cvr", "pnr": "pnr"}
"""The same of a company; the contract's texts spell CVR both ways."""
CIFRE = {"personid": 7, "borgerid": 12, "pnr": 10}


_URN = re.compile(rf"urn:oio:({'|'.join([*PERSONER, *VIRKSOMHEDER])}|fuldtnavn):(.*)", re.I | re.S)


class Reference(NamedTuple):
    """What a ReferenceID points at. A national number is in `ref` only, never in `urn`."""

    ref: UUID | Nummer | None = None
    urn: str | None = None
    """Any other URN, as sent."""
    navn: str | None = None
    """urn:oio:fuldtnavn: a party without any number."""
    art: str | None = None
    """person or virksomhed, where the kind of number tells."""


def reference(relation: Node) -> Reference:
    """The ReferenceID of a relation; an empty one when it has none. RecordError when it has one that says nothing the
    contract knows: a party must not vanish because its number is called something else."""
    node = relation.one("ReferenceID")
    if node is None:
        return Reference()
    found = node.uuid("UUIDIdentifikator")
    if found is not None:
        return Reference(found if found.int else None)
    urn = node.value("URNIdentifikator")
    if not urn:
        raise node.error("UUIDIdentifikator or URNIdentifikator", "neither is there")
    return of_urn(urn, node.path)


def of_urn(urn: str, field: str) -> Reference:
    """The reference in a URN; RecordError when it names a national number and holds something else."""
    parts = _URN.fullmatch(urn)
    if parts is None:
        return Reference(urn=None if urn.lower() == "urn:empty" else urn)
    kind, rest = parts[1].lower(), parts[2].strip()
    if kind == "fuldtnavn":
        return Reference(navn=rest or None)
    if kind in PERSONER:
        return Reference(_nummer(PERSONER[kind], rest, field), art="person")
    return Reference(_nummer(VIRKSOMHEDER[kind], rest, field), art="virksomhed")


def _nummer(art: str, text: str, field: str) -> Nummer:
    if art == "cpr":
        return Nummer("cpr", identifiers.cpr(text, field))
    if art == "cvr":
        return Nummer("cvr", identifiers.cvr(text, field))
    if not re.fullmatch(rf"\d{{{CIFRE[art]}}}", text, re.ASCII):
        raise RecordError(field, f"not {CIFRE[art]} digits")
    return Nummer(art, text)  # type: ignore[arg-type]
