"""A connector's recorded replies as facts on paper, so that a caseworker can say whether they are understood rightly.

The text is Danish, in the standard's words: it is read by people who never see code.
"""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from enum import Enum
from typing import Any
from uuid import UUID

from canonical_model.draft import UNSET, WITHHELD, Draft, Lokal, Nummer
from connectors.contract import Record, Stream
from connectors.dates import DANISH
from connectors.errors import RecordError
from connectors.replay import Scene

SHOWN = 3
"""Records shown of a stream and kind (a kind is what the key begins with): the longest, which say most."""
PARKED = 3
"""Records shown of those in quarantine."""
FILE = "drafts.txt"
"""Name of the text in a connector's folder."""

_LINE = 100
_HEAD = ("objekt", "virkning_fra", "virkning_til")


def snapshot(scene: Scene) -> str:
    """The whole text: of each stream how many records there were, and what the telling ones say."""
    records = scene.read(scene.vendor())
    lines = [f"{scene.connector.system}: hvad de optagne svar bliver til. Alle borgere er opdigtede."]
    for stream in scene.connector.streams:
        lines += ["", *_stream(stream, records[stream.name])]
    return "\n".join(lines) + "\n"


def _stream(stream: Stream[Any], records: Sequence[Record]) -> Iterator[str]:
    understood: list[tuple[Record, list[Draft]]] = []
    parked: list[tuple[Record, RecordError]] = []
    for record in records:
        try:
            understood.append((record, list(stream.translate(stream.parse(record.body)))))
        except RecordError as error:
            parked.append((record, error))
    yield f"{stream.name}: {len(records)} poster, heraf {len(parked)} i karantæne"
    for record, drafts in _telling(understood):
        yield ""
        yield f"  {stream.name} {record.key}"
        if not drafts:
            yield "    (siger intet)"
        for draft in drafts:
            yield from _draft(draft)
    for record, reason in parked[:PARKED]:
        yield ""
        yield f"  {stream.name} {record.key} i karantæne: {reason}"


def _telling(understood: list[tuple[Record, list[Draft]]]) -> Iterator[tuple[Record, list[Draft]]]:
    seen: dict[str, int] = {}
    for record, drafts in sorted(understood, key=lambda u: (-len(u[0].body), u[0].key)):
        kind = "/".join(record.key.split("/")[1:-1])
        seen[kind] = seen.get(kind, 0) + 1
        if seen[kind] <= SHOWN:
            yield record, drafts


def _draft(draft: Draft) -> Iterator[str]:
    since = f", fra {_said(draft.virkning_fra)}" if draft.virkning_fra else ""
    until = f", til {_said(draft.virkning_til)}" if draft.virkning_til else ""
    yield f"    {type(draft).__name__.removesuffix('Draft')} ({_said(draft.objekt)}{since}{until})"
    for name in sorted(draft.__struct_fields__):
        value = getattr(draft, name)
        if name not in _HEAD and value is not UNSET and not (value is None and name in Draft.__struct_fields__):
            yield f"      {name:<22} {_said(value)}"


def _said(value: object) -> str:
    """A value as people write it."""
    if value is None:
        return "(tom)"
    if value is WITHHELD:
        return "(holdt tilbage)"
    if isinstance(value, bool):
        return "ja" if value else "nej"
    if isinstance(value, Nummer):
        dashed = f"{value.nummer[:6]}-{value.nummer[6:]}" if value.art == "cpr" else value.nummer
        return f"{value.art.upper()} {dashed}"
    if isinstance(value, Lokal):
        return f"{value.art} {value.key}"
    if isinstance(value, datetime):
        return value.astimezone(DANISH).strftime("%d.%m.%Y %H:%M:%S").removesuffix(":00").removesuffix(" 00:00")
    if isinstance(value, date):
        return value.strftime("%d.%m.%Y")
    if isinstance(value, Enum):
        return value.name
    text = " ".join(str(value).split()) if not isinstance(value, UUID) else str(value)
    return text if len(text) <= _LINE else f"{text[:_LINE]} ... ({len(text)} tegn)"


__all__ = ["FILE", "snapshot"]
