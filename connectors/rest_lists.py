"""Lists in REST replies, read no further than to each object's key: what is as it was need never be read (ADR 0093)."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

import msgspec

from connectors.closed import Closed
from connectors.errors import ContractError
from connectors.record import Door
from connectors.rest_replies import whole_number


class Listed(Closed):
    """The objects of one reply as records, and what else was read of it."""

    named: Iterable[tuple[Any, ...]] = ()
    """The fields of each object that the listing names, to be gone through once."""
    total: int | None = None
    following: str | None = None


@dataclass(frozen=True)
class Listing:
    """Where a reply has its list, and what must be read of it."""

    items: str
    """The field with the list; empty where the reply is the list."""
    door: Door
    """What the objects go in by."""
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
        reply, door = self._reply(sent, what), self.door
        begun = zip(reply.items, map(self._begins, reply.items), strict=True)
        keys = [(m[1] or m[2]).decode() if m else self._key(self._head_of(raw, what)) for raw, m in begun]
        found = Listed(keys, reply.items, door)
        if self.named:
            found.named = (self._wanted(self._head_of(raw, what)) for raw in reply.items)
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

    def _head_of(self, raw: msgspec.Raw, what: str) -> Any:
        try:
            return self._head.decode(raw)
        except msgspec.ValidationError:
            raise ContractError(f"{what}: the list holds something else than objects") from None
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            raise ContractError(f"{what}: the reply cannot be read as JSON") from None

    def _key(self, head: Any) -> str:
        value = head.f0
        if type(value) is int:
            return str(value)
        if type(value) is str and value:
            return value
        for value in msgspec.structs.astuple(head)[1 : len(self.keys)]:
            if type(value) in (int, str) and value != "":
                return str(value)
        raise ContractError(f"a record without {' and '.join(self.keys)} cannot be kept")

    @cached_property
    def _begins(self) -> Callable[[Any], re.Match[bytes] | None]:
        """Finds the key of an object that begins with it, as most do, in a fifth of the time that reading it takes."""
        name = re.escape(msgspec.json.encode(self.keys[0]))
        return re.compile(rb"\{\s*%b\s*:\s*(?:\"([ !#-\[\]-~]+)\"|(0|-?[1-9]\d*)(?=[,\s}]))" % name).match

    @cached_property
    def _wanted(self) -> Callable[[Any], tuple[Any, ...]]:
        names = [f"f{self._fields.index(name)}" for name in self.named]
        return lambda head: tuple(getattr(head, name) for name in names)

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


__all__ = ["Listed", "Listing"]
