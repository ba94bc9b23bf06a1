"""Which fields a stream's records carry, and of which type: learnt from a sample, as names and types, never values."""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import msgspec

from connectors.contract import Record
from helhed.private import mask

FIRST = 200
"""Records of a run that are all looked at."""
EVERY = 1_000
"""Of those that follow, each so-manieth: a million records cost what a thousand do."""
MOST_FIELDS = 500
"""Fields of a stream that are kept count of; more of them are values used as names."""
_NAME = re.compile(r"[\w./@:-]{1,160}")
_CLASSES = (
    ("flag", re.compile(r"true|false")),
    ("number", re.compile(r"[+-]?\d+(\.\d+)?")),
    ("date", re.compile(r"\d{4}-\d\d-\d\d(Z|[+-]\d\d:\d\d)?")),
    ("instant", re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d.*")),
    ("uuid", re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")),
)
"""What the text of a SOAP element may be; anything else is text."""


class FieldSample:
    """Fields of the records that one run read from one stream. One that is null or empty is not there."""

    def __init__(self) -> None:
        self.read = self.taken = 0
        self.seen: Counter[str] = Counter()
        """Path to the sampled records that had it."""
        self.of: Counter[str] = Counter()
        """Path of an object ('' is the record) to the sampled records that had it."""
        self.types: defaultdict[str, Counter[str]] = defaultdict(Counter)
        """Path to records by type."""
        self.soap = False
        """Nothing but texts in elements: what a text looks like is its type, and paths have slashes."""

    def look(self, records: Sequence[Record], soap: bool = False) -> None:
        """Take the sample's share of these records; the others are not opened."""
        self.soap = soap
        end, at = self.read + len(records), _taken_from(self.read)
        while at < end:
            self._take(records[at - self.read].body)
            at = _taken_from(at + 1)
        self.read = end

    def add(self, other: "FieldSample") -> None:
        """Take in what another has seen of the same stream."""
        self.read, self.taken, self.soap = self.read + other.read, self.taken + other.taken, self.soap or other.soap
        self.seen.update(other.seen)
        self.of.update(other.of)
        for path, types in other.types.items():
            self.types[path].update(types)

    def _take(self, body: bytes) -> None:
        found: dict[str, set[str]] = {"": {"object"}}
        try:
            value = msgspec.json.decode(body)
            if isinstance(value, dict):
                (_elements if self.soap else _names)(value, "", found)
        except (msgspec.DecodeError, RecursionError):
            return
        self.taken += 1
        for path, types in found.items():
            if len(self.types) >= MOST_FIELDS and path not in self.types:
                continue
            if "object" in types:
                self.of[path] += 1
            if path:
                self.seen[path] += 1
                self.types[path].update(types)


def _taken_from(place: int) -> int:
    """The place of the next record that the sample takes, from this one on."""
    return place if place < FIRST else -(-place // EVERY) * EVERY


def parent_of(path: str) -> str:
    """What a field stands in."""
    return path[: max(path.rfind("."), path.rfind("/"), 0)]


def _names(value: dict[str, Any], path: str, found: dict[str, set[str]]) -> None:
    for name, v in value.items():
        here = _shown(f"{path}.{name}" if path else name)
        items = v if isinstance(v, list) else [v]
        for item in items:
            if isinstance(item, dict) and item:
                found.setdefault(here, set()).add("object")
                _names(item, here, found)
        if v not in (None, "", [], {}) and not isinstance(v, dict):
            found.setdefault(here, set()).add(_kind(v))


def _kind(value: Any) -> str:
    if isinstance(value, bool):
        return "flag"
    return "text" if isinstance(value, str) else "list" if isinstance(value, list) else "number"


def _elements(held: dict[str, Any], path: str, found: dict[str, set[str]]) -> None:
    for name, v in held.items():
        here = _shown(f"{path}/{name}" if path else name)
        for item in v if isinstance(v, list) else (v,):
            if isinstance(item, dict) and item:
                found.setdefault(here, set()).add("object")
                _elements(item, here, found)
            elif isinstance(item, str) and (text := item.strip()):
                kind = next((name for name, form in _CLASSES if form.fullmatch(text)), "text")
                found.setdefault(here, set()).add(kind)


@lru_cache(maxsize=8_192)
def _shown(path: str) -> str:
    """The path when it looks like names; a vendor that uses numbers as names has them masked."""
    return path if _NAME.fullmatch(path) and not re.search(r"\d{6}", path) and mask(path) == path else "(unnameable)"
