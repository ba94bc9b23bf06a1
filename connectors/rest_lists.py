"""Lists in REST replies, read no further than to each object's key: what is as it was need never be read (ADR 0093)."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

import msgspec

from connectors.contract import Record
from connectors.errors import ContractError
from connectors.record import Door
from connectors.rest_replies import whole_number


class Sent(NamedTuple):
    """One object of a list."""

    key: str
    raw: Any
    """The object as it was sent: a buffer of JSON."""
    named: Sequence[Any]
    """The fields that the listing names beside the key."""


class Listed(list[Sent]):
    """The objects of one reply, and what the reply says of them."""

    total: int | None = None
    following: str | None = None


@dataclass(frozen=True)
class Listing:
    """Where a reply has its list, and what must be read of it."""

    items: str
    """The field with the list; empty where the reply is the list."""
    keys: tuple[str, ...]
    """An object's key is in the first of these that it has: a text or a whole number."""
    named: tuple[str, ...] = ()
    """Fields of each object that the connector itself wants."""
    total: str = ""
    """Field of the reply: how many there are in all. It must be there."""
    following: str = ""
    """Field of the reply: the link to the next page, where there is one."""

    def read(self, sent: bytes, what: str) -> Listed:
        """The objects; ContractError, naming `what` was asked, when the reply is no such list."""
        reply, found = self._reply(sent, what), Listed()
        try:
            heads = [self._head.decode(raw) for raw in reply.items]
        except msgspec.ValidationError:
            raise ContractError(f"{what}: the list holds something else than objects") from None
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            raise ContractError(f"{what}: the reply cannot be read as JSON") from None
        many, named = len(self.keys), [self._fields.index(name) for name in self.named]
        for raw, head in zip(reply.items, heads, strict=True):
            values = msgspec.structs.astuple(head)
            found.append(Sent(self._key(values[:many]), raw, [values[n] for n in named]))
        if self.total:
            found.total = whole_number(reply.total, self.total, what)
        if self.following and reply.following is not None:
            if not isinstance(reply.following, str):
                raise ContractError(f"{what}: {self.following} is no link")
            found.following = reply.following or None
        return found

    def _reply(self, sent: bytes, what: str) -> Any:
        try:
            return self._whole.decode(sent) if self.items else _Whole(self._list.decode(sent))
        except msgspec.ValidationError:
            said = f"the reply holds no {self.items}" if self.items else "the reply is not a list"
            raise ContractError(f"{what}: {said}") from None
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            raise ContractError(f"{what}: the reply cannot be read as JSON") from None

    def _key(self, values: Sequence[Any]) -> str:
        for value in values:
            if isinstance(value, str | int) and value not in ("", True, False):
                return str(value)
        raise ContractError(f"a record without {' and '.join(self.keys)} cannot be kept")

    @cached_property
    def _whole(self) -> msgspec.json.Decoder[Any]:
        names = {"items": self.items, "total": self.total, "following": self.following}
        fields: list[tuple[str, Any] | tuple[str, Any, Any]] = [("items", list[msgspec.Raw])]
        fields += [(name, Any, None) for name in ("total", "following") if names[name]]
        kind = msgspec.defstruct("Reply", fields, rename=names)
        return msgspec.json.Decoder(kind)

    @cached_property
    def _list(self) -> msgspec.json.Decoder[list[msgspec.Raw]]:
        return msgspec.json.Decoder(list[msgspec.Raw])

    @cached_property
    def _fields(self) -> list[str]:
        return list(dict.fromkeys((*self.keys, *self.named)))

    @cached_property
    def _head(self) -> msgspec.json.Decoder[Any]:
        names = {f"f{n}": name for n, name in enumerate(self._fields)}
        kind = msgspec.defstruct("Head", [(field, Any, None) for field in names], rename=names)
        return msgspec.json.Decoder(kind)


class _Whole(NamedTuple):
    """A reply that is its list."""

    items: list[Any]


def records(found: Sequence[Sent], door: Door) -> list[Record]:
    """The objects as records that go in by this door."""
    return [Record.closed(one.key, one.raw, door) for one in found]


__all__ = ["Listed", "Listing", "Sent", "records"]
