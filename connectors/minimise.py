"""The door: only what a stream's sheet lists comes in (GDPR art. 5(1)(c)); the rest is dropped and its name told."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, TypeAlias

import msgspec

from connectors.contract import Record

Tree: TypeAlias = dict[str, "Tree"]

_json = msgspec.json.Encoder(order="deterministic")


def _tree(paths: Iterable[str]) -> Tree:
    root: Tree = {}
    for path in paths:
        node = root
        for name in path.split("."):
            node = node.setdefault(name, {})
    return root


@dataclass(frozen=True)
class Sheet:
    """The fields of one kind of record, as dotted paths; lists are passed through ('Parter.Navn').

    `kept` comes in. `dropped` is known, needed by nobody and silently left out, with all below it. Everything else is
    left out and reported. A kept path without further fields below it keeps a text, number, flag or list of such.
    """

    kept: frozenset[str]
    dropped: frozenset[str] = frozenset()

    def sift(self, value: dict[str, Any]) -> tuple[dict[str, Any], tuple[str, ...]]:
        """The object without what is not kept, and the paths of what the sheet does not know."""
        unknown: set[str] = set()
        return _sift(value, _tree(self.kept), self.dropped, "", unknown), tuple(sorted(unknown))


def _sift(value: Any, tree: Tree, dropped: frozenset[str], path: str, unknown: set[str]) -> Any:
    if isinstance(value, list):
        return [_sift(v, tree, dropped, path, unknown) for v in value]
    if not isinstance(value, dict):
        return value
    kept = {}
    for name, v in value.items():
        here = f"{path}.{name}" if path else name
        if name in tree:
            kept[name] = _sift(v, tree[name], dropped, here, unknown)
        elif here not in dropped:
            unknown.add(_nameable(here))
    return kept


def _nameable(path: str) -> str:
    """The path when it looks like names; else no more than that there was one (a vendor may key by a number)."""
    return path if re.fullmatch(r"[\w.@:-]{1,120}", path) and not re.search(r"\d{6}", path) else "(unnameable)"


def record(key: str, value: dict[str, Any], sheet: Sheet) -> Record:
    """A Record of the sifted object, as JSON with sorted names so that equal objects are equal bytes."""
    kept, unknown = sheet.sift(value)
    return Record(key, _json.encode(kept), unknown)


def parse(body: bytes) -> Any:
    """A landed JSON body as dicts and lists, for translate."""
    return msgspec.json.decode(body)
