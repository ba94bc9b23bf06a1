"""Reading an OIO index: what has changed, which keys it holds, one object (decision 6; rammearkitektur section 8)."""

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from connectors.contract import Ask, Keys, Page, Record, Shape, Stream
from connectors.errors import ContractError, TransientError
from connectors.oio_indeks import Indeks, Kind, Objekt
from connectors.oio_registrering import Facts, translator
from connectors.soap_xml import parse

OVERLAP = timedelta(minutes=10)
"""How far before the cursor we ask again, since an index commits late."""
FRESH_STARTS = 5
"""How often a search is begun anew because the index changed while it was paged."""


def stream(name: str, kind: Kind, facts: Facts) -> Stream[Indeks]:
    """The stream of an index's objects of one kind."""
    return Stream(
        name=name, shape=Shape.CHANGED, parse=parse, translate=translator(facts),
        read=reader(kind), read_keys=key_reader(kind), read_one=one_reader(kind),
    )  # fmt: skip


def reader(kind: Kind) -> Callable[[Indeks, Ask], Iterator[Page]]:
    """A stream's read: objects that the index has received something about since the cursor.

    The cursor is the highest StsTidspunkt seen that is not ahead of the hub's clock: what an index whose clock is ahead
    (or wrong) has stamped is read again until its time comes, and nothing is passed over when the clock is put right.
    It moves with each page where the order makes that page complete, and else with the last one.
    """

    def read(indeks: Indeks, ask: Ask) -> Iterator[Page]:
        """Pages of what the index has received since the cursor, less the overlap."""
        before, fra = _before(ask)
        latest: datetime | None = None
        ordered = kind.by_sts
        for found in sweep(indeks, kind, kind.vis, fra, ask.until):
            times = [o.sts for o in found if o.sts and o.sts <= ask.now]
            ordered = ordered and (latest is None or all(t >= latest for t in times))
            latest = max((*times, latest) if latest else times, default=None)
            yield Page([o.record for o in found], _cursor(latest) if ordered else None)
        yield Page((), _cursor(max((t for t in (latest, before) if t), default=None)))

    return read


def key_reader(kind: Kind) -> Callable[[Indeks, Ask], Iterator[Sequence[str]]]:
    """A stream's read_keys: every UUID that the index holds, since it does not say what was taken out; and which of
    them it has received something about since the cursor, so that a search that kept one back is found out."""

    def read_keys(indeks: Indeks, ask: Ask) -> Iterator[Sequence[str]]:
        """Every UUID that the index holds now."""
        _, fra = _before(ask)
        for found in sweep(indeks, kind, (kind.vis_keys,), None):
            newer = [o.record.key for o in found if fra is None or (o.sts and fra <= o.sts <= ask.now)]
            yield Keys([o.record.key for o in found], newer)

    return read_keys


def one_reader(kind: Kind) -> Callable[[Indeks, str], Sequence[Record]]:
    """A stream's read_one: the object of that UUID, or nothing."""

    def read_one(indeks: Indeks, key: str) -> Sequence[Record]:
        """The object of that UUID; nothing when the index has none."""
        return [o.record for o in indeks.one(kind, str(UUID(key))) if o.record.key == key]

    return read_one


def sweep(
    indeks: Indeks, kind: Kind, vis: Sequence[str], fra: datetime | None, til: datetime | None = None
) -> Iterator[list[Objekt]]:
    """All objects that the index received something about from `fra` to `til`, page by page, until one is all old.

    Each page begins with the last object of the one before. Where it does not, the index changed underneath and an
    object may have slipped over the edge: the search begins anew, by_sts from the last instant seen.
    """
    starts, resume = 0, fra
    while True:
        first, before = 0, list[str]()
        while True:
            window: dict[str, Any] = {"FoersteResultatReference": first, "MaksimalAntalKvantitet": indeks.page_size}
            if fra:
                window["SoegStsFraTidspunkt"] = {"TidsstempelDatoTid": fra}
            if til:
                window["SoegStsTilTidspunkt"] = {"TidsstempelDatoTid": til}
            found = indeks.page(kind, vis, **window)
            keys = [o.record.key for o in found]
            if before and keys == before != keys[-1:]:
                raise ContractError(f"{indeks.api.where}: paging stands still; the same objects came again")
            if before and keys[:1] != before[-1:]:
                break
            if starts and not (before or keys):
                raise TransientError(f"{indeks.api.where}: nothing came where objects came a moment ago")
            fresh = found[1:] if before else found
            if not fresh:
                _all_came(indeks, first + len(found), found.total)
                return
            yield fresh
            first, before = first + len(found) - 1, keys
            # An object of the period may have a younger instant too, which is then what it is ordered by.
            if kind.by_sts and fresh[-1].sts and til is None:
                resume = fresh[-1].sts - timedelta(seconds=1)
        fra = resume
        starts += 1
        if starts > FRESH_STARTS:
            raise TransientError(f"{indeks.api.where}: the index changes faster than it can be paged")


def _all_came(indeks: Indeks, came: int, total: int | None) -> None:
    """TransientError when the index says that there are more than it gave."""
    if total is not None and came < total:
        raise TransientError(f"{indeks.api.where}: {came} of {total} objects came; reading them again will tell")


def _before(ask: Ask) -> tuple[datetime | None, datetime | None]:
    """The cursor's instant, and from when on to ask."""
    before = min(datetime.fromisoformat(ask.cursor), ask.now) if ask.cursor else None
    return before, ask.since or (before - OVERLAP if before else None)


def _cursor(instant: datetime | None) -> str | None:
    return instant.astimezone(UTC).isoformat() if instant else None
