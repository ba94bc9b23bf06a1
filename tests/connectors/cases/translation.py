"""Translation: pure, sound, and able to bear hostile text."""

import re
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any
from unittest import mock
from uuid import UUID

from lxml import etree

from canonical_model.draft import Draft, Lokal, Nummer
from canonical_model.tables import FACT_TABLES
from connectors.contract import Record, Stream
from connectors.errors import RecordError
from connectors.recording import through
from connectors.replay import Scene
from tests.connectors.cases.records import each, longest, say, spoilt

NUMBERS = {"cpr": r"\d{10}", "cvr": r"\d{8}", "pnr": r"\d{10}"}
HOSTILE = (
    "Æblegrød på Åsen, ærø-ñandú",
    "🧓🏽👩‍👩‍👧 \u202eomvendt",
    "x" * 1_000_000,
    "Robert'); DROP TABLE sag; --",
    "<script>alert('x')</script>&amp;<b>",
    " \t\r\n linje to\r\n",
    "til\x00fældigt",
)
WHOLE = 2
"""So many of them are put in every place, the others in every third place of XML, which is slower."""


def every_stream_says_something(scene: Scene) -> None:
    for stream, records in each(scene):
        said = [say(stream, r.body) for r in records]
        drafts = [d for s in said if isinstance(s, list) for d in s]
        assert drafts, f"{stream.name}: no draft"
        parked = sum(isinstance(s, RecordError) for s in said)
        assert parked < len(said) / 2, f"{stream.name}: {parked} of {len(said)} records are parked"
        for draft in drafts:
            _sound(draft)


def translation_is_pure(scene: Scene) -> None:
    """The same drafts twice, on a day that nobody can read; the input untouched; nobody is asked."""
    vendor = scene.vendor(lambda request, before: AssertionError("translate asked the vendor"))
    for stream, records in each(scene):
        for record in records:
            with through(vendor), _no_clock():
                parsed = stream.parse(record.body)
                before = _image(parsed)
                first, second = _told(stream.translate, parsed), _told(stream.translate, parsed)
            assert _image(parsed) == before, f"{stream.name}: translate changes what it is given"
            assert first == second
    assert not vendor.asked


def facts_of_a_record_can_be_told_apart(scene: Scene) -> None:
    """By table, object, the standard's key and time, unless they are flagged as breaking the guide: else the store
    could only number them."""
    for stream, records in each(scene):
        for record in records:
            said = say(stream, record.body)
            facts = [_identity(d) for d in said if not d.flag] if isinstance(said, list) else []
            doubles = len(facts) - len(set(facts))
            assert doubles == 0, f"{stream.name}: {doubles} facts of one record have the same key"


def hostile_text_does_no_harm(scene: Scene) -> None:
    """It becomes a draft as it is, or the record is parked without quoting it."""
    mute = {stream.name: not any(_speaks(stream, r) for r in records) for stream, records in each(scene)}
    told = list(longest(scene))
    for n, text in enumerate(HOSTILE):
        kept = dict(mute)
        for stream, record in told:
            for _, body in spoilt(record.body, text, None if n < WHOLE else n % 3):
                said = say(stream, body)
                if isinstance(said, RecordError):
                    assert text.strip() not in str(said) and text not in repr(said.args)
                else:
                    values = [str(v) for d in said for v in _values(d)]
                    assert not any("\x00" in v for v in values), f"{stream.name}: a NUL, which no store can hold"
                    kept[stream.name] |= any(text.strip() in v for v in values)
        everywhere = n < WHOLE or not any(r.body.startswith(b"<") for _, r in told)
        assert all(kept.values()) or "\x00" in text or not everywhere, f"{kept}: a text never reaches a draft as it is"


def _speaks(stream: Stream[Any], record: Record) -> bool:
    """Whether any fact of the record has room for a text: a lookup may answer yes or no and nothing else."""
    said = say(stream, record.body)
    return isinstance(said, list) and any(isinstance(v, str) for d in said for v in _values(d))


def _told(translate: Any, parsed: Any) -> object:
    try:
        return list(translate(parsed))
    except RecordError as error:
        return error.field, error.reason


def _sound(draft: Draft) -> None:
    assert draft.table in FACT_TABLES or draft.table == "identitet", draft.table
    assert isinstance(draft.objekt, UUID | Nummer | Lokal)
    fra, til = draft.virkning_fra, draft.virkning_til
    assert fra is None or til is None or fra <= til, f"{draft.table}: ends before it begins"
    for value in _values(draft):
        if isinstance(value, datetime):
            assert value.utcoffset() is not None and value.utcoffset().total_seconds() == 0  # type: ignore[union-attr]
        if isinstance(value, Nummer):
            assert re.fullmatch(NUMBERS.get(value.art, r"\d+"), value.nummer)
        if isinstance(value, Lokal):
            assert value.key and not re.search(r"\d{6}-?\d{4}", value.key)


def _values(draft: Draft) -> list[Any]:
    return [getattr(draft, f) for f in draft.__struct_fields__]


def _identity(draft: Draft) -> str:
    keys = [getattr(draft, k) for k in draft.keys]
    registreret = draft.registreret if draft.registreret_til else ""
    return f"{draft.table}|{draft.objekt}|{keys}|{draft.virkning_fra}|{registreret}"


def _image(parsed: Any) -> object:
    return etree.tostring(parsed, method="c14n") if isinstance(parsed, etree._Element) else repr(parsed)


class _Like(type):
    def __instancecheck__(cls, value: object) -> bool:
        return isinstance(value, cls.__mro__[1])


class _Still(datetime, metaclass=_Like):
    def __new__(cls, *args: Any, **kwargs: Any) -> Any:
        return datetime(*args, **kwargs)

    @classmethod
    def now(cls, tz: Any = None) -> "_Still":
        raise AssertionError("translate reads the clock")

    utcnow = today = now  # type: ignore[assignment]


class _StillDay(date, metaclass=_Like):
    def __new__(cls, *args: Any, **kwargs: Any) -> Any:
        return date(*args, **kwargs)

    @classmethod
    def today(cls) -> "_StillDay":
        raise AssertionError("translate reads the clock")


@contextmanager
def _no_clock() -> Iterator[None]:
    """Whoever of our doors asks for the time fails."""
    patches = [mock.patch.object(time, "time", side_effect=AssertionError("translate reads the clock"))]
    for name, module in list(sys.modules.items()):
        if name.startswith("connectors."):
            for attribute, still in ((datetime, _Still), (date, _StillDay)):
                patches += [mock.patch.object(module, k, still) for k, v in vars(module).items() if v is attribute]
    for patch in patches:
        patch.start()
    try:
        yield
    finally:
        for patch in patches:
            patch.stop()
