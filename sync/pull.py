"""Listed and changed streams: page after page into chunks, then what is gone."""

from collections.abc import Collection, Iterable, Iterator
from contextlib import closing
from datetime import datetime
from hashlib import blake2b
from typing import Any

from connectors.contract import NAMELESS, Ask, Keys, Page, Shape, Stream
from connectors.errors import ContractError, TransientError
from helhed.settings import Source, now
from sync import seen
from sync.ahead import ahead
from sync.burst import burst
from sync.chunk import CHUNK, NO_KEY, Chunk, Item, item, storable
from sync.database import Connection, one_value
from sync.deletions import Deletions
from sync.differing import land_what_differs
from sync.first import load
from sync.known import any_landed, held, parked
from sync.land import Lander
from sync.pace import Pace
from sync.runs import Counts

MOST_MISSED = 1_000
"""Objects that a reconciliation reads one by one at most; more of them mean that a whole read is due."""

_FROM = "select nullif(coalesce(judged, cursor), '') from stream_state where source = %s and stream = %s"
"""A run that broke off may have passed by what its vendor kept back: the next one begins where that one began, a whole
read ('') at the beginning. A first load goes on from its last chunk: nothing could yet be kept back (docs/adr/0117)."""
_BEGIN_AT = "update stream_state set judged = %s where source = %s and stream = %s"
_JUDGED = "update stream_state set judged = cursor where source = %s and stream = %s"


def pull(
    connection: Connection,
    source: Source,
    stream: Stream[Any],
    api: Any,
    counts: Counts,
    pace: Pace,
    deletions: Deletions,
    *,
    full: bool = False,
    since: datetime | None = None,
    until: datetime | None = None,
) -> None:
    """Bring a listed or changed stream up to date. A backfill (`since`) neither deletes nor moves the cursor."""
    if stream.read is None:
        raise ContractError(f"stream {stream.name} is {stream.shape.value} but has no read")
    began, where = now(), (source.id, stream.name)
    changed = stream.shape is Shape.CHANGED
    cursor = None
    if changed and not full and since is None:
        cursor = one_value(connection, _FROM, where)
    elif changed and since is None:
        connection.execute(_BEGIN_AT, ("", *where))
    seen.begin(connection)
    lander = Lander(connection, source.id, stream, counts, remember=not changed)
    ask = Ask(now=began, cursor=cursor, since=since, until=until)  # read goes back by its overlap itself
    listed, came, newer = set[str](), set[str](), set[str]()
    pages = _paced(stream.read(api, ask), pace)
    coming, standing = _chunks(pages), None
    if not changed or since is not None:
        coming = (chunk._replace(cursor=None) for chunk in coming)
    if changed:
        coming = _told(coming, came)
    if not stream.partial and not any_landed(connection, where):
        load(coming, lander)
    elif changed or stream.partial:
        with closing(ahead(coming)) as chunks:
            for chunk in chunks:
                with burst():
                    lander.land(chunk)
    else:
        standing = land_what_differs((p.records for p in pages), lander)
    if since is not None:
        return
    if changed:
        if stream.read_keys is None or not source.options.get("reconcile", True):
            deletions.of_keys((), (), began)
            connection.execute(_JUDGED, where)
            return
        # What arrived since the read began is in no list of ours, and what we hold is asked about below.
        for keys in _paced(stream.read_keys(api, ask), pace):
            listed.update(storable(key) for key in keys)
            newer.update(keys.newer if isinstance(keys, Keys) else ())
        held_now = held(connection, where)
        if any(key.startswith(NAMELESS) for key in listed):
            # Which of them they are cannot be told, so none of those parked is said to be gone.
            listed.update(key for key in held_now if key.startswith(NAMELESS))
        missed = _keyed((listed - held_now) | (newer - came))
        _fetch_missed(stream, api, missed, lander, pace)
        _ask_again(stream, api, _keyed(parked(connection, where) & listed) - came - missed, lander, pace)
    seen.add(connection, listed)
    deletions.absent(began, standing)
    if changed and counts.state == "held":
        # Objects that come back may have changed while they were away, before what moved the cursor meanwhile.
        connection.execute(_BEGIN_AT, (cursor or "", *where))
    elif changed:
        connection.execute(_JUDGED, where)


def _told(chunks: Iterable[Chunk], came: set[str]) -> Iterator[Chunk]:
    """The chunks, and their keys into `came`."""
    for chunk in chunks:
        came.update(item.key for item in chunk.items)
        yield chunk


def _keyed(keys: set[str]) -> set[str]:
    """Those that the source can be asked for."""
    return {key for key in keys if not key.startswith((NAMELESS, NO_KEY))}


def _fetch_missed(stream: Stream[Any], api: Any, missed: set[str], lander: Lander, pace: Pace) -> None:
    """Read what the source lists and did not give: an object that its index showed late, behind our cursor, or one that
    changed since the cursor and was kept back.

    TransientError when there is too much of it, or no way to ask for one: the stream is then not complete.
    """
    if missed and (stream.read_one is None or len(missed) > MOST_MISSED):
        raise TransientError(f"{stream.name}: {len(missed)} objects are listed that were never read; sync with --full")
    items = list(_one_by_one(stream, api, missed, pace))
    if items:
        lander.land(Chunk(items))


def _ask_again(stream: Stream[Any], api: Any, again: set[str], lander: Lander, pace: Pace) -> None:
    """Read what is in quarantine once more: it may have been the reply that was wrong, and what has not changed since
    is not sent again. Another thousand each night where there are more."""
    night = now().date().isoformat()
    chosen = sorted(again, key=lambda key: blake2b(f"{night}{key}".encode()).digest())[:MOST_MISSED]
    for start in range(0, len(chosen), CHUNK):
        items = list(_one_by_one(stream, api, chosen[start : start + CHUNK], pace))
        lander.land(Chunk(items), again=True)


def _one_by_one(stream: Stream[Any], api: Any, keys: Collection[str], pace: Pace) -> Iterator[Item]:
    for key in sorted(keys) if stream.read_one else ():
        pace.wait()
        for record in stream.read_one(api, key) if stream.read_one else ():
            yield item(record)


def _paced(pages: Iterable[Any], pace: Pace) -> Iterator[Any]:
    iterator = iter(pages)
    while True:
        pace.wait()
        try:
            yield next(iterator)
        except StopIteration:
            return


def _chunks(pages: Iterable[Page]) -> Iterator[Chunk]:
    """Pages gathered to at most CHUNK records; a cursor goes with the chunk that holds the last of its page."""
    waiting: list[Item] = []
    cursor: str | None = None
    for page in pages:
        if waiting and len(waiting) + len(page.records) > CHUNK:
            yield Chunk(waiting, cursor)
            waiting = []
        for record in page.records:
            waiting.append(item(record))
        while len(waiting) > CHUNK:
            yield Chunk(waiting[:CHUNK])
            waiting = waiting[CHUNK:]
        cursor = page.cursor if page.cursor is not None else cursor
    if waiting or cursor is not None:
        yield Chunk(waiting, cursor)
