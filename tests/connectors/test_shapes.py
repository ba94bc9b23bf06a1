"""A record opened by its sheet's types is byte for byte what the look at each of its names makes of it."""

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from connectors.minimise import Sheet
from connectors.shapes import opener

SHEET = Sheet(
    kept=frozenset({"Id", "Titel", "Beløb", "Part.Navn", "Part.Sted.Vej", "Parter.Id", "Parter.Navn", "z", "a"}),
    dropped=frozenset({"Intern", "Part.Intern", "Parter.Adresse"}),
)
NAMES = ("Id", "Titel", "Beløb", "Part", "Sted", "Vej", "Parter", "Navn", "Intern", "Adresse", "z", "a")
TEXT = st.text('aæ"\\\0 ', max_size=4)
ONE = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | TEXT
VALUES = st.recursive(
    ONE,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(NAMES), inner, max_size=4),
    max_leaves=12,
)
PART = st.fixed_dictionaries({}, optional={"Navn": ONE, "Intern": VALUES, "Sted": st.fixed_dictionaries({"Vej": ONE})})
PARTER = st.lists(st.fixed_dictionaries({"Id": ONE}, optional={"Navn": ONE, "Adresse": VALUES}), max_size=3)
FORESEEN = st.fixed_dictionaries(
    {"Id": ONE},
    optional={"z": ONE, "a": ONE, "Titel": ONE | st.lists(ONE, max_size=3), "Beløb": ONE, "Intern": VALUES,
              "Part": PART | st.none() | st.lists(PART, max_size=2), "Parter": PARTER | st.none()},
)  # fmt: skip
ANY = st.dictionaries(st.sampled_from((*NAMES, "nyt")), VALUES, max_size=6)


def by_name(value: object) -> tuple[bytes, tuple[str, ...]]:
    """What the look at each name makes of the record."""
    assert isinstance(value, dict)
    kept, unknown = SHEET.sift(value)
    return msgspec.json.encode(kept, order="deterministic"), unknown


@given(ANY | FORESEEN)
def test_both_ways_make_the_same_of_a_record(value: dict[str, object]) -> None:
    """Whatever it holds, and however it is written."""
    sent = msgspec.json.encode(value)
    assert SHEET.open(sent) == SHEET.open(msgspec.json.format(sent, indent=2)) == by_name(msgspec.json.decode(sent))


@given(FORESEEN)
def test_what_the_sheet_foresees_needs_no_second_look(value: dict[str, object]) -> None:
    """Otherwise the fast way would be there and never taken."""
    read = msgspec.json.decode(msgspec.json.encode(value))
    assert opener(SHEET.rules)(msgspec.json.encode(value)) == by_name(read)[0]


@given(FORESEEN, st.sampled_from(("nyt", "Part.nyt", "Parter.nyt")))
def test_a_name_that_the_sheet_does_not_know_is_told(value: dict[str, object], path: str) -> None:
    """At any depth."""
    above, _, _ = path.rpartition(".")
    record = value | ({above: [{"nyt": 1}]} if above else {"nyt": 1})
    assert path in SHEET.open(msgspec.json.encode(record))[1]
