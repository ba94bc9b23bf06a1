"""Recorded records, and the same records spoilt in one place."""

from collections.abc import Callable, Iterator
from copy import deepcopy
from typing import Any

import msgspec
from lxml import etree

from canonical_model.draft import Draft
from connectors.contract import Record, Stream
from connectors.errors import RecordError
from connectors.replay import Scene

MOST = 2
"""Records of a stream and kind that are spoilt place by place: the longest ones; of XML, which is slower, one."""

REMOVED = object()


def each(scene: Scene) -> Iterator[tuple[Stream[Any], list[Record]]]:
    """The streams with what was recorded of them."""
    records = scene.read(scene.vendor())
    for stream in scene.connector.streams:
        yield stream, records[stream.name]


def longest(scene: Scene) -> Iterator[tuple[Stream[Any], Record]]:
    """Some good records of each stream, one of each kind among them (a kind is what its key begins with)."""
    for stream, records in each(scene):
        by_kind: dict[str, list[Record]] = {}
        understood = [r for r in records if isinstance(say(stream, r.body), list)]
        for record in sorted(understood, key=lambda r: -len(r.body)):
            by_kind.setdefault("/".join(record.key.split("/")[1:-1]), []).append(record)
        for kind in by_kind.values():
            yield from ((stream, r) for r in kind[: 1 if kind[0].body.startswith(b"<") else MOST])


def say(stream: Stream[Any], body: bytes) -> list[Draft] | RecordError:
    """The drafts of a body, or the error that parks it. Anything else is a fault of the translation."""
    try:
        return list(stream.translate(stream.parse(body)))
    except RecordError as error:
        return error


def spoilt(body: bytes, value: object, share: int | None = None) -> Iterator[tuple[str, bytes]]:
    """The body with one place replaced by `value` or REMOVED, and the place's name; once for each path.

    `share` (0 to 2) takes every third place of XML only."""
    if body.startswith(b"<"):
        yield from _spoilt_xml(body, value, share)
    else:
        whole = msgspec.json.decode(body)
        seen: set[tuple[str, ...]] = set()
        for name, way, change in _places(whole, value):
            if way in seen:
                continue
            seen.add(way)
            copy = deepcopy(whole)
            change(copy)
            yield name, msgspec.json.encode(copy)


Change = Callable[[Any], None]


def _places(
    value: Any, new: object, name: str = "", way: tuple[Any, ...] = ()
) -> Iterator[tuple[str, tuple[str, ...], Change]]:
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in items:
        here, there = key if isinstance(key, str) else name, (*way, key)
        yield here, tuple(k if isinstance(k, str) else "[]" for k in there), _change(there, new)
        yield from _places(inner, new, here, there)


def _change(way: tuple[Any, ...], new: object) -> Change:
    def change(whole: Any) -> None:
        for step in way[:-1]:
            whole = whole[step]
        if new is REMOVED:
            del whole[way[-1]]
        else:
            whole[way[-1]] = new

    return change


def _spoilt_xml(body: bytes, value: object, share: int | None) -> Iterator[tuple[str, bytes]]:
    if value is not REMOVED and not isinstance(value, str):
        return
    tree = etree.fromstring(body).getroottree()
    first: dict[str, int] = {}
    for n, element in enumerate(tree.getroot().iterdescendants()):
        if value is REMOVED or len(element) == 0:
            first.setdefault("/".join(str(e.tag) for e in (element, *element.iterancestors())), n)
    for n in list(first.values())[share :: 1 if share is None else 3]:
        root = etree.fromstring(body)
        element = next(e for k, e in enumerate(root.iterdescendants()) if k == n)
        if value is REMOVED:
            parent = element.getparent()
            assert parent is not None
            parent.remove(element)
        else:
            try:
                element.text = str(value)
            except ValueError:
                continue
        yield etree.QName(element).localname, etree.tostring(root)
