"""The whole contract of a connector: data about functions. No base class, no decorator, no YAML."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import Enum
from typing import Any, Generic, NamedTuple, TypeVar

from canonical_model.draft import Draft
from connectors.record import NAMELESS, Record

Api = TypeVar("Api")
NUMBERS = ("cpr", "cvr")
"""Kinds of national numbers that a stream may be asked by."""


class Shape(Enum):
    """What a stream's contract lets us ask, and so what absence means (decision 6)."""

    LISTED = "listed"
    """The whole set each time: what is absent is gone."""
    CHANGED = "changed"
    """What changed since a cursor; a reconciliation by keys finds what is gone."""
    KEYED = "keyed"
    """Asked for one key at a time: absent from the reply is gone for that key."""


class Keys(list[str]):
    """Keys that a source lists now; and, where it can tell, those that changed since the cursor asked from."""

    def __init__(self, keys: Iterable[str], newer: Iterable[str] = ()) -> None:
        """`newer` are some of the keys."""
        super().__init__(keys)
        self.newer = frozenset(newer)


class Page(NamedTuple):
    """Records that arrived together, and where to go on from once they are stored."""

    records: Sequence[Record]
    cursor: str | None = None


@dataclass(frozen=True, kw_only=True)
class Access:
    """How to reach a vendor: one Airflow Connection (AIRFLOW_CONN_<ID>), and the source file's settings."""

    url: str
    login: str = ""
    password: str = field(default="", repr=False)
    extra: dict[str, Any] = field(default_factory=dict, repr=False)
    """cert, key, ca (paths), token_url, soap (1.1, 1.2, hybrid), page_size, timeout, ..."""
    myndighed: str = ""
    """CVR number of the municipality on whose behalf we ask."""
    options: dict[str, Any] = field(default_factory=dict)
    """[options] of sources/<id>.toml."""


@dataclass(frozen=True, kw_only=True)
class Ask:
    """What sync wants to know of a listed or changed stream."""

    now: datetime
    """The hub's clock."""
    cursor: str | None = None
    """Where the last complete chunk ended; empty on a first load or a full one."""
    since: datetime | None = None
    """Ask from this instant instead of from the cursor (backfill)."""
    until: datetime | None = None
    """Ask for what came before this instant only, where the contract can (backfill of a period)."""


@dataclass(frozen=True, kw_only=True)
class Stream(Generic[Api]):
    """One kind of record a vendor system hands out."""

    name: str
    shape: Shape
    translate: Callable[[Any], Iterable[Draft]]
    """Pure: parsed body to drafts. Raises RecordError naming the field."""
    parse: Callable[[bytes], Any]
    """Body to what translate takes: minimise.parse, or soap_xml.parse for what came as XML."""
    read: Callable[[Api, Ask], Iterator[Page]] | None = None
    """Listed and changed streams."""
    read_one: Callable[[Api, str], Sequence[Record]] | None = None
    """Keyed streams: everything about one key; empty when the vendor knows nothing. Changed streams may have it
    too, to refresh one object named by a message (its UUID)."""
    read_keys: Callable[[Api, Ask], Iterator[Sequence[str]]] | None = None
    """Changed streams: every key that the source holds now, for the reconciliation that finds what is gone. Its Ask
    has the cursor that read had; Keys tell which of them changed since, so that one that read was not given is read."""
    asks: str = ""
    """Keyed streams: 'cpr' or 'cvr' for persons or companies that other sources name, or the name of another stream of
    this source whose record keys are asked for."""
    version: int = 1
    """Of the translation; a new one makes every landed record be translated again."""
    volatile: frozenset[str] = frozenset()
    """Fields that change with every reply and mean nothing; left out of the digest (JSON names or XML local names)."""
    partial: bool = False
    """The vendor sends only what changed of a record: UNSET keeps the former value."""
    rotation: int = 1
    """Keyed by number: those named are asked about over this many nights (30: a thirtieth each night)."""

    @property
    def by_number(self) -> bool:
        """It is asked about persons or companies by their national numbers."""
        return self.asks in NUMBERS


def listed(
    name: str, read: Callable[[Api, Ask], Iterator[Page]], parse: Callable[[bytes], Any],
    translate: Callable[[Any], Iterable[Draft]],
) -> Stream[Api]:  # fmt: skip
    """A stream that is read whole each time, and of which there is no more to say."""
    return Stream(name=name, shape=Shape.LISTED, read=read, parse=parse, translate=translate)


def keyed(
    name: str, asks: str, read_one: Callable[[Api, str], Sequence[Record]], parse: Callable[[bytes], Any],
    translate: Callable[[Any], Iterable[Draft]], *, rotation: int = 1,
) -> Stream[Api]:  # fmt: skip
    """A stream that is asked for one key at a time: `asks` and `rotation` as Stream says."""
    return Stream(
        name=name, shape=Shape.KEYED, asks=asks, rotation=rotation, read_one=read_one, parse=parse, translate=translate
    )


@dataclass(frozen=True, kw_only=True)
class Connector(Generic[Api]):
    """One vendor system, and the streams we read from it."""

    name: str
    system: str
    """The vendor's name of the system, for people."""
    open: Callable[[Access], Api]
    streams: tuple[Stream[Api], ...]
    check: Callable[[Api], None]
    """Knocks once; raises AccessError, ContractError or TransientError with what to do."""
    overlap: timedelta = timedelta(minutes=10)
    """How far before the cursor a changed stream asks again, since vendors commit late."""


__all__ = [
    "NAMELESS", "NUMBERS", "Access", "Api", "Ask", "Connector", "Keys", "Page", "Record", "Shape", "Stream", "keyed",
    "listed",
]  # fmt: skip
