"""What a sender writes to Sags- og Dokumentindekset: importer and opdater, held to the schema before they are sent."""

from collections.abc import Sequence
from datetime import datetime

from lxml import etree

from korsbaek.model import Fremdrift, Sag
from korsbaek.systems.index.wire import instant, virkning
from korsbaek.systems.sdi.receive import importer, opdater
from korsbaek.systems.sdi.sag import registreret
from korsbaek.systems.soap.names import clark, declarations
from korsbaek.systems.soap.node import Node, children, el, find, read, render, text
from korsbaek.systems.soap.service import schema
from korsbaek.town import Town

PREFIXES = ("sdi", "sd", "gd", "sag", "si", "di")
WHOLE = frozenset({
    "egenskaber", "fremdrift", "sagsklasse", "sagsaktoer", "sagspart", "sagsrelation", "sagsgenstand", "journalpost",
    "journalpost-journalnote", "itsystem", "sikkerhedsprofil",
})  # fmt: skip
"""All that the index keeps of a Sag."""


class Refused(RuntimeError):
    """The index did not take what a sender sent; names status codes only."""


def new_sag(sag: Sag) -> Node:
    """A SagIndeks with its whole history; StsTidspunkt is the index's own to set."""
    said = [registreret(sag, one, WHOLE) for one in sag.registreringer]
    told = [el(r[0], *(c for c in children(r) if c[0] != "gd:StsTidspunkt")) for r in said]
    return el("sdi:SagIndeks", ("sd:UUIDIdentifikator", sag.uuid), *told)


def next_step(sag: Sag, step: Fremdrift) -> Node:
    """An OpdaterSagIndeks that says no more than that the case has come further."""
    one = el("sag:Fremdrift", virkning("sag", step.fra, step.til), ("sag:FremdriftStatusKode", step.status))
    tidspunkt = ("sdi:Tidspunkt", instant(step.fra))
    return el("sdi:OpdaterSagIndeks", ("sd:UUIDIdentifikator", sag.uuid), el("sag:TilstandListe", one), tidspunkt)


def body(operation: str, nodes: Sequence[Node]) -> etree._Element:
    """The message's one element; ValueError when it breaks the schema."""
    name = f"sdi:{operation}SagDokumentIndeksInput"
    made = etree.fromstring(f"<{name}{declarations(*PREFIXES)}>{render(nodes)}</{name}>")
    checked = schema("SagDokumentIndeks")
    if not checked.validate(made) or made.tag != clark(name):
        raise ValueError(f"{name}: {checked.error_log}")
    return made


def send(town: Town, operation: str, nodes: Sequence[Node], sts: datetime) -> None:
    """Hands a message to the index, which has received it at `sts`. Raises Refused unless it takes all of it."""
    receive = importer if operation == "Importer" else opdater
    told = receive(town, read(body(operation, nodes)), sts)
    codes = [text(find(one, "sd:StatusKode")) for one in told if one[0] == "sd:UnikRetur"]
    if codes != ["20"] * len(nodes):
        raise Refused(f"{operation}: the index answered {codes}")
