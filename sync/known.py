"""What the store knows of records that come: those that were sent in the same bytes before need no second look."""

from collections.abc import Callable, Collection, Sequence
from typing import NamedTuple

from sync.chunk import Item
from sync.database import Connection, all_rows
from sync.sealing import SentAs
from sync.seen import FROM_CHUNK

_SENT = "create temp table if not exists land_sent (key text, sent bytea) on commit delete rows"
_OTHERS = """
    select s.key, l.digest, l.unknown, l.sent, l.sent is not distinct from s.sent
    from land_sent s left join lateral (
      select t.digest, t.unknown, t.sent from landed t where t.source = %s and t.stream = %s and t.key = s.key offset 0
    ) l on true
    where l.sent is distinct from s.sent or l.unknown is not null
"""
_PARKED = "select key from quarantine where source = %s and stream = %s and key = any(%s)"
_STOOD = """
    select key, said, digest from landed
    where source = %(source)s::text and stream = %(stream)s::text and key = any(%(keys)s)
    union all
    select key, null, null from quarantine
    where source = %(source)s::text and stream = %(stream)s::text and key = any(%(keys)s)
"""


class Arrived(NamedTuple):
    """Records that came together, by what is to be done about them."""

    latest: dict[str, Item]
    """The last one of each key."""
    sent: dict[str, bytes]
    """Digest of each one's bytes as they came."""
    digests: dict[str, bytes]
    """Digest of what came in of each that was sent in other bytes than before."""
    known: Collection[str]
    """Keys of those, and of nobody else, that are landed and were sent in other bytes than before."""
    former: dict[str, bytes]
    """Digests of the bytes in which those of them were sent before of which that is remembered."""
    fresh: Sequence[Item]
    """Those that are to be translated: new, changed or parked."""
    resent: Sequence[str]
    """Keys of those that were sent in other bytes, of which the same came in."""
    unknown: dict[str, Sequence[str]]
    """Keys to the names that the sheet does not list, of the latest; a record in the same bytes still has them."""

    def good(self, refused: Collection[str]) -> list[Item]:
        """Those to be translated that were not refused: their facts go in, unless they were refreshed meanwhile."""
        return [item for item in self.fresh if item.key not in refused]


def look(
    connection: Connection,
    where: tuple[str, str],
    items: Sequence[Item],
    sent_as: SentAs,
    digest: Callable[[bytes], bytes],
    remember: bool = False,
) -> Arrived:
    """Compare records with what is landed. A parked record is never as it was. `remember` that their keys were seen.
    Not in a transaction."""
    latest = {item.key: item for item in items}
    sent = dict(zip(latest, sent_as(item.record for item in latest.values()), strict=True))
    others, landed, former = list[str](), dict[str, bytes](), dict[str, bytes]()
    unknown: dict[str, Sequence[str]] = {}
    for key, was, names, sent_before, same in _others(connection, where, sent, remember):
        if same:
            unknown[key] = names
        else:
            others.append(key)
            if was is not None:
                landed[key] = was
            if sent_before is not None:
                former[key] = bytes(sent_before)
    digests = {key: digest(latest[key].body) for key in others}
    stopped = {key for (key,) in all_rows(connection, _PARKED, (*where, others))} if others else set[str]()
    unknown |= {key: latest[key].record.unknown for key in others if latest[key].record.unknown}
    fresh = [latest[key] for key in others if key in stopped or landed.get(key) != digests[key]]
    changed = {item.key for item in fresh}
    resent = [key for key in others if key not in changed]
    return Arrived(latest, sent, digests, landed, former, fresh, resent, unknown)


def unheard(items: Sequence[Item], sent_as: SentAs, digest: Callable[[bytes], bytes]) -> Arrived:
    """The records as they are when nothing of them is landed or parked."""
    latest = {item.key: item for item in items}
    sent = dict(zip(latest, sent_as(item.record for item in latest.values()), strict=True))
    digests = {key: digest(item.body) for key, item in latest.items()}
    unknown: dict[str, Sequence[str]] = {k: item.record.unknown for k, item in latest.items() if item.record.unknown}
    return Arrived(latest, sent, digests, (), {}, list(latest.values()), [], unknown)


def stood(
    connection: Connection, where: tuple[str, str], keys: Sequence[str]
) -> dict[str, tuple[bytes | None, bytes | None]]:
    """Those of the keys that are landed or parked; with what each said (`sync.said`) and its digest, when landed and
    not parked."""
    values = {"source": where[0], "stream": where[1], "keys": list(keys)}
    return {key: (told, digest) for key, told, digest in all_rows(connection, _STOOD, values)}


def any_landed(connection: Connection, where: tuple[str, str]) -> bool:
    """Whether the stream has landed anything yet."""
    return bool(all_rows(connection, "select true from landed where source = %s and stream = %s limit 1", where))


def held(connection: Connection, where: tuple[str, str]) -> set[str]:
    """The keys of every record that the stream has landed or parked."""
    sql = (
        "select key from landed where source = %(source)s and stream = %(stream)s"
        " union all select key from quarantine where source = %(source)s and stream = %(stream)s"
    )
    return {key for (key,) in all_rows(connection, sql, {"source": where[0], "stream": where[1]})}


def parked(connection: Connection, where: tuple[str, str]) -> set[str]:
    """The keys of what is in quarantine."""
    sql = "select key from quarantine where source = %s and stream = %s"
    return {key for (key,) in all_rows(connection, sql, where)}


def _others(
    connection: Connection, where: tuple[str, str], sent: dict[str, bytes], remember: bool
) -> list[tuple[str, bytes | None, list[str], bytes | None, bool]]:  # fmt: skip
    """Key, digest, unknown names, digest of the former bytes and whether they are the same, of all that are not just as
    they were sent."""
    with connection.transaction():
        connection.execute(_SENT)
        with connection.cursor().copy("copy land_sent from stdin (format binary)") as copy:
            copy.set_types(["text", "bytea"])
            for row in sent.items():
                copy.write_row(row)
        if remember:
            connection.execute(FROM_CHUNK)
        return all_rows(connection, _OTHERS, where)
