"""Masking: nothing personal survives, whatever it stands in; the same becomes the same; it reads as before."""

import base64
import json
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from connectors.recording import Recorder
from connectors.registry import load, names
from connectors.replay import Scene, calm, scene
from helhed.kit import masked
from helhed.kit.harmless import harmless
from helhed.kit.invented import of_nobody
from helhed.kit.masking import Mask
from tests.connectors.cases import CASES
from tests.connectors.cases.canaries import leaves, numbers

FIELDS = (
    "id",
    "navn",
    "titel",
    "adresse",
    "cpr",
    "telefon",
    "note",
    "links",
    "children",
    "foedselsdato",
    "nummer",
    "x",
)
HARMLESS = ("Aktiv", "2026-03-01T09:00:00Z", "27.36.04")
MASK = Mask(b"salt" * 8, frozenset(FIELDS) | {"Aktiv", "primaer_part"})
NAMES = st.sampled_from(["Mette Zachariassen", "Poul-Erik Quvang", "Åse Ødegård", "Xylander", "Kazimierz Wójcik"])
BORN = st.dates(date(1901, 1, 2), date(2035, 12, 30))


@st.composite
def numbers_of_people(draw: st.DrawFn) -> str:
    """A CPR number with a valid date, as written in either way; some of them pass modulus 11."""
    born = draw(BORN)
    seventh = draw(st.sampled_from("0123")) if born.year < 2000 else draw(st.sampled_from("4567"))
    if seventh == "4" and born.year > 2036:
        seventh = "5"
    number = f"{born:%d%m%y}{seventh}{draw(st.integers(0, 999)):03d}"
    return f"{number[:6]}-{number[6:]}" if draw(st.booleans()) else number


PERSONAL = st.one_of(
    NAMES,
    numbers_of_people(),
    st.sampled_from(
        ["Kærlighedsstien 14, 3. tv", "Zeppelinerhallen 2", "mette.z@example.dk", "+45 28 73 19 06", "28731906"]
    ),
    NAMES.map(lambda n: f"<p>Ringede til {n} om hendes helbred</p>"),
    st.tuples(NAMES, numbers_of_people()).map(lambda t: f"Vedr. {t[0]} ({t[1]}): afslag"),
    NAMES.map(lambda n: base64.b64encode(f"Samtale med {n}".encode()).decode()),
    st.tuples(NAMES, numbers_of_people()).map(lambda t: f"https://vendor.dk/borger/{t[1]}?navn={t[0].split()[0]}"),
    st.uuids().map(str),
)
KEYS = st.one_of(st.sampled_from(FIELDS), NAMES, numbers_of_people())


def documents(personal: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.recursive(
        st.one_of(
            personal, personal, st.sampled_from([None, True, 7, 1.5, "Aktiv", "2026-03-01T09:00:00Z", "27.36.04"])
        ),
        lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(KEYS, inner, max_size=4)),
        max_leaves=12,
    )


def traces(value: Any) -> Iterator[str]:
    """What of a personal value must not be seen again: its words of some length, and its digits."""
    if isinstance(value, dict | list):
        for inner in [*value.values(), *value] if isinstance(value, dict) else value:
            yield from traces(inner)
    elif isinstance(value, str) and value not in (*FIELDS, *HARMLESS):
        yield value
        digits = "".join(c for c in value if c.isdigit())
        if len(digits) >= 8:
            yield digits
        for name in ("Zachariassen", "Quvang", "Ødegård", "Xylander", "Wójcik", "Kærlighedsstien", "Zeppelinerhallen"):
            if name in value:
                yield name


@settings(max_examples=150, deadline=None)
@given(documents(PERSONAL))
def test_nothing_personal_survives_in_json(document: Any) -> None:
    out = json.loads(MASK.reply(json.dumps(document).encode(), "application/json"))
    said = json.dumps(out, ensure_ascii=False)
    bare = "".join(c for c in said if c.isalnum())
    for trace in traces(document):
        assert trace not in said and (not trace.isdigit() or trace not in bare), trace
    for text in _texts(out):
        assert all(trace not in _unpacked(text) for trace in traces(document))
    assert out == json.loads(MASK.reply(json.dumps(document).encode(), "application/json"))


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(FIELDS), PERSONAL, PERSONAL), min_size=1, max_size=4))
def test_nothing_personal_survives_in_xml(given_: list[tuple[str, str, str]]) -> None:
    root = etree.Element("{urn:x}Svar", nsmap={"v": "urn:x"})
    for name, text, attribute in given_:
        child = etree.SubElement(root, f"{{urn:x}}{name}", note=attribute)
        child.text, child.tail = text, text
        child.append(etree.Comment(text.replace("--", "")))
    said = MASK.reply(etree.tostring(root), "text/xml").decode()
    for trace in traces([[t, a] for _, t, a in given_]):
        assert trace not in said and etree.fromstring(said.encode()) is not None


@settings(max_examples=200, deadline=None)
@given(numbers_of_people())
def test_a_number_becomes_one_of_nobody_with_the_birthday_that_goes_with_it(number: str) -> None:
    masked_number = MASK.text(number, "cpr")
    digits = masked_number.replace("-", "")
    assert of_nobody(digits) and ("-" in masked_number) == ("-" in number) and digits != number.replace("-", "")
    assert MASK.text(number.replace("-", ""), "andet") == digits == MASK.key(number.replace("-", ""))
    assert MASK.text(f"urn:oio:cpr-nr:{number}", "URNIdentifikator").endswith(masked_number)
    from korsbaek.numbers import birthday

    born = birthday(number.replace("-", ""))
    assert birthday(digits) == date.fromisoformat(MASK.text(born.isoformat(), "foedselsdato"))
    assert timedelta(0) < abs(born - birthday(digits))


def test_another_installation_says_something_else() -> None:
    assert MASK.text("Mette Zachariassen", "navn") != Mask(b"other" * 8).text("Mette Zachariassen", "navn")
    assert MASK.text("Aktiv", "status") == "Aktiv" != MASK.text("Aktiv", "navn")


@pytest.mark.parametrize("name", ["sbsys", "kmd_nexus", "sags_dokumentindeks", "ydelsesindeks", "cpr"])
def test_a_masked_recording_says_as_much_of_nobody_we_know(name: str) -> None:
    assert name in names()
    first = scene(load(name))
    vendor = Recorder(real=first.vendor())
    with calm():
        index, bodies = masked.remake(
            first.connector, first.access(), first.index.keys, first.index.now, b"k" * 32, vendor
        )
    other = Scene(first.connector, index, bodies)
    keep = harmless(name)
    before = {t for e in first.index.exchanges for t in leaves(first.bodies[e.file]) if _personal(t) and t not in keep}
    after = b" ".join(bodies.values()).decode() + str(index.keys)
    survived = [t for t in before if t in after]
    assert before and not survived, f"{len(survived)} of {len(before)} texts survived"
    assert not numbers(first) & numbers(other) and all(of_nobody(n) for n in numbers(other))
    for case in (
        "every_recorded_reply_is_asked_for",
        "every_stream_says_something",
        "reading_twice_gives_the_same_bytes",
    ):
        CASES[case](other)


def _personal(text: str) -> bool:
    return len(text) >= 8 and " " in text.strip() and not text.replace(" ", "").isdigit()


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _texts(inner)


def _unpacked(text: str) -> str:
    try:
        return base64.b64decode(text, validate=True).decode()
    except ValueError:
        return ""
