"""The inbox: messages stored before they are acknowledged, and the objects that they name put on work lists."""

from dataclasses import dataclass, field
from hashlib import blake2b
from typing import NamedTuple

import psycopg

from connectors import registry
from connectors.contract import Connector, Shape
from connectors.errors import ConnectorError
from helhed.settings import now, sources
from sync.besked import Message, UnreadableError, read_message
from sync.database import Connection, all_rows, connect
from sync.sealing import seal, unseal

UNDELIVERABLE = "names neither a person nor an object that a connected system can be asked about"
UNREADABLE = "unreadable-"
"""Begins what stands for the BeskedId of a message that does not say its own."""

_STORE = "insert into inbox (besked_id, received, body, parked) values (%s, %s, %s, %s) on conflict do nothing"
_WAITING = "select besked_id, body from inbox where handled is null and parked is null order by received, besked_id"
_LIST = """
    insert into worklist (source, stream, key, since, cause) values (%s, %s, %s, %s, 'message')
    on conflict (source, stream, key) do update set since = excluded.since, cause = excluded.cause
"""


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


class Parked(NamedTuple):
    """One message that leads to nothing until somebody acts; never its content."""

    besked_id: str
    received: str
    reason: str


def receive(body: bytes) -> bool:
    """Store a message, and only then let it be acknowledged; whether it could be read.

    The same BeskedId twice is one message. One that cannot be read is parked, with why. Raises what the store raises.
    """
    try:
        besked_id, parked = read_message(body).besked_id, None
    except UnreadableError as error:
        besked_id, parked = f"{UNREADABLE}{blake2b(body, digest_size=16).hexdigest()}", str(error)
    with connect() as connection:
        connection.execute(_STORE, (besked_id, now(), seal(body), parked))
    return parked is None


def take_in() -> Handled:
    """Put what waiting messages name on the work lists; what cannot be acted on is parked, in nobody's way."""
    handled = Handled()
    with connect() as connection:
        waiting = all_rows(connection, _WAITING)
        doors = _doors() if waiting else {}
        for besked_id, body in waiting:
            try:
                with connection.transaction():
                    _list(connection, read_message(unseal(body)), doors, handled)
                    connection.execute("update inbox set handled = %s where besked_id = %s", (now(), besked_id))
                handled.messages += 1
            except psycopg.OperationalError:
                raise
            except Exception as error:
                # The text of an error that is not ours could quote the message.
                reason = str(error) if isinstance(error, UnreadableError) else type(error).__name__
                connection.execute("update inbox set parked = %s where besked_id = %s", (reason, besked_id))
                handled.parked += 1
    return handled


def parked() -> list[Parked]:
    """What is parked, oldest first."""
    with connect() as connection:
        found = connection.execute(
            "select besked_id, received, parked from inbox where parked is not null order by received, besked_id"
        ).fetchall()
    return [Parked(str(one), at.isoformat(), str(why)) for one, at, why in found]


def replay(besked_id: str | None = None) -> dict[str, int]:
    """Let parked messages (or the one) wait again, if they can be read now; how many wait, and how many stay parked."""
    counts = {"replayed": 0, "parked": 0}
    with connect() as connection:
        rows = all_rows(
            connection,
            "select besked_id, received, body from inbox where parked is not null"
            " and (%(one)s::text is null or besked_id = %(one)s::text) order by received, besked_id",
            {"one": besked_id},
        )
        for named, received, body in rows:
            try:
                message = read_message(unseal(body))
            except UnreadableError as error:
                connection.execute("update inbox set parked = %s where besked_id = %s", (str(error), named))
                counts["parked"] += 1
                continue
            with connection.transaction():
                connection.execute("delete from inbox where besked_id = %s", (named,))
                connection.execute(_STORE, (message.besked_id, received, body, None))
            counts["replayed"] += 1
    return counts


def discard(besked_id: str) -> bool:
    """Forget a parked message that nobody will ever be able to act on; whether there was one."""
    with connect() as connection:
        statement = "delete from inbox where besked_id = %s and parked is not null"
        return connection.execute(statement, (besked_id,)).rowcount == 1


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
    wanted: set[tuple[str, str, str]] = set()
    single: list[tuple[str, str]] = []
    asks_persons = False
    for source, connector in doors.items():
        for stream in connector.streams:
            if stream.asks == "cpr" and stream.rotation > 1:
                asks_persons = True
                wanted |= {(source, stream.name, person) for person in persons}
            elif stream.shape is Shape.CHANGED and stream.read_one is not None:
                single.append((source, stream.name))
    if not (message.numbers and asks_persons) and not (message.objects and single):
        raise UnreadableError(UNDELIVERABLE)
    for objekt in message.objects:
        held = connection.execute("select source, stream from landed where key = %s", (objekt,)).fetchall()
        holders = [(str(a), str(b)) for a, b in held if (a, b) in single]
        wanted |= {(holder, name, objekt) for holder, name in holders or single}
    for source, name, key in sorted(wanted):
        connection.execute(_LIST, (source, name, key, now()))
    handled.unknown_persons += len(message.numbers) - len(rows)
    handled.persons += len(persons)
    handled.objects += len(message.objects)
