"""Cases that only those connectors run that claim them in their quality sheet: they take longer, or ask more."""

from collections.abc import Iterator
from fnmatch import fnmatch
from random import Random
from typing import Any

import msgspec
from lxml import etree

from connectors.contract import Record, Stream
from connectors.errors import RecordError
from connectors.replay import Scene
from connectors.soap_xml import local
from helhed.kit.subject import Subject
from tests.connectors.cases.records import each, say
from tests.connectors.cases.wrong import NONSENSE

ENOUGH = {True: 3, False: 12}
"""Records of a stream in which a field is tried before it counts as unused; fewer of XML, which is slower."""


def every_kept_field_matters(scene: Scene) -> None:
    """What the sheet keeps is said by a draft or refuses the record, somewhere: else it had no business coming in.
    Those that quality.toml lists under [fields] have a reason."""
    reasons = Subject(scene.connector.name).claims.fields
    found = {f"{stream.name}: {path}" for stream, records in each(scene) for path in _idle(stream, records)}
    idle = {f for f in found if not any(fnmatch(f, pattern) for pattern in reasons)}
    needless = [pattern for pattern in reasons if not any(fnmatch(f, pattern) for f in found)]
    assert not needless, f"quality.toml excuses fields that are used after all: {', '.join(needless)}"
    assert not idle, f"kept, and nobody uses it: {', '.join(sorted(idle))}"


def mutated_records_give_drafts_or_a_reason(scene: Scene, number: int = 200) -> None:
    """So many records with up to four places spoilt by chance; the same each time."""
    rng = Random(f"{scene.connector.name}/mutated")
    for stream, records in each(scene):
        for n in range(number):
            body = _mutated(rng.choice(records).body, rng)
            said = say(stream, body)
            assert not isinstance(said, RecordError) or said.field, f"{stream.name}: mutant {n} is parked unnamed"


def _idle(stream: Stream[Any], records: list[Record]) -> set[str]:
    """Paths that can be taken away or changed in each of some records without any difference."""
    tried: dict[str, int] = {}
    used: set[str] = set()
    for record in sorted(records, key=lambda r: -len(r.body)):
        before = str(say(stream, record.body))
        for path in _paths(record.body):
            if path in used or tried.get(path, 0) >= ENOUGH[record.body.startswith(b"<")]:
                continue
            tried[path] = tried.get(path, 0) + 1
            if any(str(say(stream, body)) != before for body in _without(record.body, path)):
                used.add(path)
    return tried.keys() - used


def _paths(body: bytes) -> list[str]:
    if body.startswith(b"<"):
        root = etree.fromstring(body)
        return sorted({_xml_path(e) for e in root.iterdescendants() if len(e) == 0 and (e.text or "").strip()})
    return sorted(set(_json_paths(msgspec.json.decode(body), "")))


def _xml_path(element: etree._Element) -> str:
    above = [local(str(e.tag)) for e in element.iterancestors()][:-1]
    return "/".join([*reversed(above), local(str(element.tag))])


def _json_paths(value: Any, path: str) -> Iterator[str]:
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from _json_paths(inner, f"{path}.{name}" if path else name)
    elif isinstance(value, list):
        for inner in value:
            yield from _json_paths(inner, path)
    elif value not in (None, ""):
        yield path


def _without(body: bytes, path: str) -> Iterator[bytes]:
    """The body without what stands at the path, and with something else there."""
    for new in (None, "zz", "true"):
        if body.startswith(b"<"):
            root = etree.fromstring(body)
            for element in [e for e in root.iterdescendants() if _xml_path(e) == path]:
                above = element.getparent()
                if new is None and above is not None:
                    above.remove(element)
                element.text = new
            yield etree.tostring(root)
        else:
            whole = msgspec.json.decode(body)
            _put(whole, path.split("."), new)
            yield msgspec.json.encode(whole)


def _put(value: Any, way: list[str], new: str | None) -> None:
    if isinstance(value, list):
        for inner in value:
            _put(inner, way, new)
    elif isinstance(value, dict) and way[0] in value:
        if len(way) > 1:
            _put(value[way[0]], way[1:], new)
        elif new is None:
            del value[way[0]]
        else:
            value[way[0]] = new


def _mutated(body: bytes, rng: Random) -> bytes:
    if body.startswith(b"<"):
        return _mutated_xml(body, rng)
    whole = msgspec.json.decode(body)
    for _ in range(rng.randint(1, 4)):
        holders = [h for h in _holders(whole) if len(h)]
        if not holders:
            break
        holder = rng.choice(holders)
        key = rng.choice(list(holder) if isinstance(holder, dict) else range(len(holder)))
        if rng.random() < 0.3:
            del holder[key]
        else:
            other = rng.choice(holders)
            moved = rng.choice(list(other.values() if isinstance(other, dict) else other))
            # Copied, or a record could come to hold itself.
            holder[key] = msgspec.json.decode(msgspec.json.encode(rng.choice([*NONSENSE, moved, moved])))
    return msgspec.json.encode(whole)


def _holders(value: Any) -> Iterator[Any]:
    if isinstance(value, dict | list):
        yield value
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _holders(inner)


def _mutated_xml(body: bytes, rng: Random) -> bytes:
    root = etree.fromstring(body)
    texts = [n for n in NONSENSE if isinstance(n, str) and "\x00" not in n]
    for _ in range(rng.randint(1, 4)):
        inner = list(root.iterdescendants())
        if not inner:
            break
        element, other = rng.choice(inner), rng.choice(inner)
        above = element.getparent()
        assert above is not None
        fate = rng.random()
        if fate < 0.3:
            above.remove(element)
        elif fate < 0.5:
            above.append(etree.fromstring(etree.tostring(other, with_tail=False)))
        elif fate < 0.7:
            element.tag = other.tag
        elif len(element) == 0:
            element.text = rng.choice(texts)
    return etree.tostring(root)
