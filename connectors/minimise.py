"""The door: only what a stream's sheet lists comes in (GDPR art. 5(1)(c)); the rest is dropped and its name told."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from hashlib import blake2b
from typing import Any

import msgspec

from connectors.contract import Record
from connectors.errors import ContractError
from connectors.shapes import opener
from connectors.words import paths

_json = msgspec.json.Encoder(order="deterministic")
_read = msgspec.json.Decoder().decode
_FORM = b"1"
"""Of what `Sheet.open` makes of a record; another one when the same sheet begins to make something else of it."""


class _Rules(dict[str, "_Rules | None"]):
    """What is kept of one object, by name; None for what is dropped in silence."""

    def __init__(self, path: str = "") -> None:
        self.path = path

    def at(self, names: Sequence[str]) -> "_Rules | None":
        """The rules of the object that these names lead to, if that object is kept."""
        found: _Rules | None = self
        for name in names:
            found = found.get(name) if found is not None else None
        return found


@dataclass(frozen=True)
class Sheet:
    """The fields of one kind of record, as dotted paths; lists are passed through ('Parter.Navn').

    `kept` comes in. `dropped` is known, needed by nobody and silently left out, with all below it. Everything else is
    left out and reported. A kept path without further fields below it keeps a text, number, flag or list of such.
    """

    kept: frozenset[str]
    dropped: frozenset[str] = frozenset()
    said_of: str = ""
    """What is in the names of fields that say something of others; they are dropped, with all below them."""

    @classmethod
    def of(cls, kept: str, dropped: str = "") -> "Sheet":
        """The sheet of names with blanks between; what is below a field in brackets behind it: 'Id Part(Cpr Navn)'."""
        return cls(frozenset(map(".".join, paths(kept))), frozenset(map(".".join, paths(dropped))))

    @cached_property
    def rules(self) -> _Rules:
        """The sheet as objects within objects."""
        root = _Rules()
        for path in self.kept:
            here = root
            for name in path.split("."):
                below = here.get(name) or _Rules(f"{here.path}{name}.")
                here[name] = below
                here = below
        for path in self.dropped:
            *above, name = path.split(".")
            holder = root.at(above)
            if holder is not None:
                holder.setdefault(name, None)
        return root

    @cached_property
    def _opener(self) -> Callable[[Any], bytes]:
        return opener(self.rules)

    @cached_property
    def mark(self) -> bytes:
        """16 bytes, other ones for a sheet that lets in something else."""
        lists = _json.encode((sorted(self.kept), sorted(self.dropped), self.said_of))
        return blake2b(_FORM + lists, digest_size=16).digest()

    def open(self, sent: Any) -> tuple[bytes, tuple[str, ...]]:
        """What is kept of an object in JSON, as JSON with sorted names so that equal objects are equal bytes; and the
        paths of what the sheet does not know. ContractError when what is kept cannot be read."""
        if not self.said_of:
            try:
                return self._opener(sent), ()
            except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
                pass  # It holds something else than the sheet foresees, which the look at each name tells.
        try:
            value = _read(sent)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            value = None
        if not isinstance(value, dict):
            raise ContractError("a record of the reply cannot be read as a JSON object")
        kept, unknown = self.sift(value)
        return _json.encode(kept), unknown

    def sift(self, value: dict[str, Any]) -> tuple[dict[str, Any], tuple[str, ...]]:
        """The object without what is not kept, and the paths of what the sheet does not know."""
        unknown: set[str] = set()
        if self.said_of:
            value = {name: part for name, part in value.items() if self.said_of not in name}
        return _sift(value, self.rules, unknown), tuple(sorted(unknown))

    def without(self, said_of: str) -> "Sheet":
        """The same, for objects whose vendor says something of their fields in fields that are named so."""
        return replace(self, said_of=said_of)


def _sift(value: dict[str, Any], rules: _Rules, unknown: set[str]) -> dict[str, Any]:
    kept: dict[str, Any] = {}
    for name, v in value.items():
        rule = rules.get(name)
        if rule is None:
            if name not in rules:
                unknown.add(_nameable(f"{rules.path}{name}"))
        elif isinstance(v, dict):
            kept[name] = _sift(v, rule, unknown)
        elif isinstance(v, list):
            kept[name] = _each(v, rule, unknown)
        else:
            kept[name] = v
    return kept


def _each(values: list[Any], rules: _Rules, unknown: set[str]) -> list[Any]:
    return [
        _sift(v, rules, unknown) if isinstance(v, dict) else _each(v, rules, unknown) if isinstance(v, list) else v
        for v in values
    ]


def _nameable(path: str) -> str:
    """The path when it looks like names; else no more than that there was one (a vendor may key by a number)."""
    return path if re.fullmatch(r"[\w.@:-]{1,120}", path) and not re.search(r"\d{6}", path) else "(unnameable)"


def record(key: str, value: dict[str, Any], sheet: Sheet) -> Record:
    """A Record of an object that the connector has read itself: put together of several replies, or the only one."""
    kept, unknown = sheet.sift(value)
    return Record(key, _json.encode(kept), unknown)


def parse(body: bytes) -> Any:
    """A landed JSON body as dicts and lists, for translate."""
    return msgspec.json.decode(body)
