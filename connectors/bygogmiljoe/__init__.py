"""Byg og Miljoe: applications about property, with their parties or without, and the deadlines on them."""

from collections.abc import Iterator, Sequence

from connectors.bygogmiljoe.api import FIRST, LAST, Bom, Known
from connectors.bygogmiljoe.sheet import ANSOEGNING
from connectors.bygogmiljoe.translate import facts
from connectors.contract import Access, Ask, Connector, Page, Record, Shape, Stream
from connectors.soap_node import Node
from connectors.soap_xml import body, parse, sift

PAGE = 100
"""Applications kept together."""
CLOSED = ("Afgjort", "Afsluttet")


def read_ansoegninger(api: Bom, ask: Ask) -> Iterator[Page]:
    """What the messages since the watermark name; all without one, and when they name a case that is not remembered."""
    known = Known.read(ask.cursor) if ask.since is None else None
    mark, ids = api.changed(known) if known else (api.beskeder(None)[0], None)
    if ids is None:
        ids = api.oversigt(ask.since or FIRST, ask.until or LAST)
    known = known or Known("", {})
    found: list[Record] = []
    for key in ids:
        record = read_one(api, key)[0]
        known.remember(key, *_case(record))
        found.append(record)
        if len(found) == PAGE:
            yield Page(found)
            found = []
    yield Page(found, known.written(mark))


def _case(record: Record) -> tuple[str, bool]:
    """The case of an application, and whether it is open."""
    sag = Node(parse(record.body)).one("BOMSag")
    status = sag.one("SagStatus") if sag is not None else None
    is_open = status is None or status.value("SagStatusKode") not in CLOSED
    return (sag.value("BOMSagID") or "" if sag is not None else ""), is_open


def read_keys(api: Bom, ask: Ask) -> Iterator[Sequence[str]]:
    """Every application that there is now."""
    yield api.oversigt(FIRST, LAST)


def read_one(api: Bom, key: str) -> Sequence[Record]:
    """One application."""
    held, unknown = sift(api.ansoegning(key), ANSOEGNING)
    return (Record(key, body(held), unknown),)


def check(api: Bom) -> None:
    """Asks for the latest watermark: certificate, address and authority are in order when it comes."""
    api.beskeder(None)


def open_(access: Access) -> Bom:
    """Both services below the address in the Connection."""
    return Bom(access)


CONNECTOR = Connector(
    name="bygogmiljoe",
    system="Byg og Miljø",
    open=open_,
    check=check,
    streams=(
        Stream(
            name="ansoegninger", shape=Shape.CHANGED, parse=parse, translate=facts, read=read_ansoegninger,
            read_keys=read_keys, read_one=read_one,
        ),
    ),
)  # fmt: skip
