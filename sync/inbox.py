"""Beskedfordeler messages: stored before they are acknowledged, and the objects that they name put on work lists."""

from dataclasses import dataclass, field
from hashlib import blake2b
from uuid import UUID

import psycopg
from lxml import etree

from connectors import registry
from connectors.contract import Connector, Shape
from connectors.errors import ConnectorError
from helhed.settings import SettingsError, now, sources
from sync.database import Connection, all_rows, connect
from sync.runs import BusyError, line_of
from sync.sealing import seal, unseal

KUVERT = "urn:oio:besked:kuvert:1.0"
SAGDOK = "urn:oio:sagdok:3.0.0"
STS = "urn:oio:sts:1.0.0"
CPR_URNS = ("urn:oio:cpr-nr:", "urn:oio:cpr:")
"""Both forms that are seen (rammearkitektur 3.8)."""


class UnreadableError(Exception):
    """The text is no ModtagBeskedInput of version 1.0; its own text says why, without data."""


@dataclass(frozen=True)
class Message:
    """What we use of a Haendelsesbesked."""

    besked_id: str
    numbers: frozenset[str] = field(default=frozenset(), repr=False)
    """CPR numbers of the citizens named."""
    objects: frozenset[str] = frozenset()
    """UUIDs of the objects named."""


@dataclass
class Handled:
    """What the inbox led to, in counts."""

    messages: int = 0
    persons: int = 0
    objects: int = 0
    unknown_persons: int = 0
    """Citizens outside the population: nobody looks them up."""
    parked: int = 0
    runs: dict[str, str] = field(default_factory=dict)
    """Source to the state of the run that refreshed what messages named."""


def read_message(body: bytes) -> Message:
    """The message in a ModtagBeskedInput (or a bare Haendelsesbesked). Raises UnreadableError."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(body, parser)
    except etree.XMLSyntaxError:
        raise UnreadableError("not well-formed XML") from None
    if root.getroottree().docinfo.internalDTD is not None:
        raise UnreadableError("has a DOCTYPE")
    message = root if root.tag == f"{{{KUVERT}}}Haendelsesbesked" else root.find(f"{{{KUVERT}}}Haendelsesbesked")
    if message is None or (root is not message and root.tag != f"{{{STS}}}ModtagBeskedInput"):
        raise UnreadableError("no Haendelsesbesked in a ModtagBeskedInput")
    besked_id = _text(message, f"{{{KUVERT}}}BeskedId//{{{SAGDOK}}}UUIDIdentifikator")
    if besked_id is None or (named := _uuid(besked_id)) is None:
        raise UnreadableError("BeskedId is no UUID")
    data = message.find(f"{{{KUVERT}}}Beskedkuvert/{{{KUVERT}}}Filtreringsdata")
    if data is None:
        raise UnreadableError("Filtreringsdata is missing")
    numbers, objects = set(), set()
    for kind in ("RelateretObjekt", "ObjektRegistrering"):
        for named_object in data.iterfind(f"{{{KUVERT}}}{kind}/{{{KUVERT}}}ObjektId/*"):
            value = (named_object.text or "").strip()
            number = next((value[len(urn) :] for urn in CPR_URNS if value.lower().startswith(urn)), None)
            if number is not None and len(number) == 10 and number.isdigit():
                numbers.add(number)
            elif (found := _uuid(value.removeprefix("urn:uuid:"))) is not None:
                objects.add(found)
    return Message(named, frozenset(numbers), frozenset(objects))


def receive(body: bytes) -> bool:
    """Store a message, and only then let it be acknowledged; whether it could be read.

    The same BeskedId twice is one message. One that cannot be read is parked, with why.
    """
    try:
        besked_id, parked = read_message(body).besked_id, None
    except UnreadableError as error:
        besked_id, parked = f"unreadable-{blake2b(body, digest_size=16).hexdigest()}", str(error)
    with connect() as connection:
        connection.execute(
            "insert into inbox (besked_id, received, body, parked) values (%s, %s, %s, %s) on conflict do nothing",
            (besked_id, now(), seal(body), parked),
        )
    return parked is None


def handle_inbox() -> Handled:
    """Put what waiting messages name on the work lists, then refresh just that, source by source."""
    handled = Handled()
    with connect() as connection:
        waiting = all_rows(
            connection, "select besked_id, body from inbox where handled is null and parked is null order by received"
        )
        doors = _doors()
        for besked_id, body in waiting:
            with connection.transaction():
                try:
                    _list(connection, read_message(unseal(body)), doors, handled)
                    handled.messages += 1
                except (UnreadableError, SettingsError) as error:
                    connection.execute("update inbox set parked = %s where besked_id = %s", (str(error), besked_id))
                    handled.parked += 1
                    continue
                connection.execute("update inbox set handled = %s where besked_id = %s", (now(), besked_id))
        listed = connection.execute("select distinct source from worklist where cause = 'message' order by source")
        named = [str(row[0]) for row in listed.fetchall()]
    from sync.night import sync_source

    for source in named:
        try:
            handled.runs[source] = sync_source(source, cause="message", worklist=True).state
        except BusyError:
            handled.runs[source] = "busy"
        except (ConnectorError, SettingsError, psycopg.Error) as error:
            handled.runs[source] = line_of(error)
    return handled


def _doors() -> dict[str, Connector[object]]:
    found: dict[str, Connector[object]] = {}
    for source in sources().good.values():
        try:
            found[source.id] = registry.load(source.connector)
        except ConnectorError:
            continue
    return found


def _list(connection: Connection, message: Message, doors: dict[str, Connector[object]], handled: Handled) -> None:
    """Persons go to the streams that do not ask everybody every night; objects to the streams that hold them.

    An object that no stream holds yet goes to every changed stream that can read one.
    """
    rows = all_rows(
        connection,
        "select objekt from identitet where art = 'cpr' and nummer = any(%s) and kendt_til is null",
        (list(message.numbers),),
    )
    persons = {str(row[0]) for row in rows}
    handled.unknown_persons += len(message.numbers) - len(rows)
    handled.persons += len(persons)
    handled.objects += len(message.objects)
    wanted: set[tuple[str, str, str]] = set()
    single: list[tuple[str, str]] = []
    for source, connector in doors.items():
        for stream in connector.streams:
            if stream.asks == "cpr" and stream.rotation > 1:
                wanted |= {(source, stream.name, person) for person in persons}
            elif stream.shape is Shape.CHANGED and stream.read_one is not None:
                single.append((source, stream.name))
    for objekt in message.objects:
        held = connection.execute("select source, stream from landed where key = %s", (objekt,)).fetchall()
        holders = [(str(a), str(b)) for a, b in held if (a, b) in single]
        wanted |= {(holder, name, objekt) for holder, name in holders or single}
    for source, name, key in sorted(wanted):
        connection.execute(
            "insert into worklist (source, stream, key, since, cause) values (%s, %s, %s, %s, 'message')"
            " on conflict (source, stream, key) do update set since = excluded.since, cause = excluded.cause",
            (source, name, key, now()),
        )


def _text(element: etree._Element, path: str) -> str | None:
    found = element.find(path)
    return found.text.strip() if found is not None and found.text else None


def _uuid(value: str) -> str | None:
    try:
        return str(UUID(value))
    except ValueError:
        return None
