"""A record on its way from a vendor: as it was sent, and, once somebody wants it, what the door lets in of it."""

from typing import Any, Protocol

NAMELESS = "no-uuid-"
"""Begins the key made up for a record that does not say its own; two readings need not make up the same one."""


class Door(Protocol):
    """What a record goes in by."""

    @property
    def mark(self) -> bytes:
        """16 bytes, other ones when it lets in something else of the same record."""

    def open(self, sent: Any) -> tuple[bytes, tuple[str, ...]]:
        """What it keeps of the bytes that were sent, and the names of what it does not know. ContractError."""


class Record:
    """One record. Two are equal when the same came in.

    It is held as it was sent for as long as nobody asks for its body: a record that is as it was needs no more
    (ADR 0093). Made of a body, it has come in already: `Record(key, body, unknown)`.
    """

    __slots__ = ("_body", "_unknown", "door", "key", "sent")

    def __init__(self, key: str, body: bytes, unknown: tuple[str, ...] = ()) -> None:
        self.key = key
        """The vendor's key within its stream (within its owner, for keyed streams); never a national number."""
        self.sent: Any = body + "\0".join(("", *unknown)).encode() if unknown else body
        """A buffer that tells it from other versions of itself: the bytes as they came, or what came in."""
        self.door: Door | None = None
        self._body: bytes | None = body
        self._unknown = unknown

    @property
    def body(self) -> bytes:
        """JSON, without the fields that the stream's sheet does not list; an element as connectors.soap_xml holds it.

        ContractError when what was sent cannot be read.
        """
        if self._body is None:
            assert self.door is not None
            self._body, self._unknown = self.door.open(self.sent)
        return self._body

    @property
    def unknown(self) -> tuple[str, ...]:
        """Names of fields that the sheet does not list; they were dropped."""
        return self._unknown if self.body is not None else ()

    def called(self, key: str) -> "Record":
        """The same under another key."""
        found = Record.__new__(Record)
        found.key, found.sent, found.door, found._body = key, self.sent, self.door, self._body
        if self._body is not None:
            found._unknown = self._unknown
        return found

    def alone(self) -> "Record":
        """The same, that does not keep the whole reply it came in."""
        found = self.called(self.key)
        found.sent = bytes(self.sent)
        return found

    def __eq__(self, other: object) -> bool:
        """Of the same key, body and unknown names."""
        if not isinstance(other, Record):
            return NotImplemented
        return (self.key, self.body, self.unknown) == (other.key, other.body, other.unknown)

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        """Without what it says of anybody."""
        return f"Record({self.key!r})"


def closed(key: str, sent: Any, door: Door) -> Record:
    """One that has been sent and that nobody has looked into yet."""
    found = _new(Record)
    found.key, found.sent, found.door, found._body = key, sent, door, None
    return found


_new = Record.__new__
