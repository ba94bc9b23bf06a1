"""Each kind of draft has a function of its own that makes its row: what that says, whatever is in the draft."""

import types
import typing
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any
from uuid import UUID

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from canonical_model.draft import UNSET, WITHHELD, Draft, Foelsomhed, Lokal, Nummer, Withheld
from canonical_model.drafts import FremdriftDraft, SagDraft, SagspartDraft
from connectors.errors import RecordError
from sync.rows import columns_of, named, rows_of
from tests.canonical_model.test_drafts import DRAFTS

SAG, PART = UUID(int=1), UUID(int=2)
NUMMER, LOKAL = Nummer("cpr", "9300000001"), Lokal("person", "7")
FOUND: dict[Any, UUID] = {SAG: SAG, NUMMER: PART, LOKAL: UUID(int=3)}
INSTANTS = st.datetimes(
    datetime(1800, 1, 1), datetime(2200, 1, 1), timezones=st.sampled_from([UTC, timezone(timedelta(hours=1))])
)
VALUES: dict[Any, st.SearchStrategy[Any]] = {
    str: st.text(max_size=4), int: st.integers(0, 9), bool: st.booleans(), date: st.dates(), datetime: INSTANTS,
    Decimal: st.decimals(0, 99, places=2), UUID: st.just(PART), Nummer: st.just(NUMMER), Lokal: st.just(LOKAL),
    Foelsomhed: st.sampled_from(Foelsomhed), list[str]: st.lists(st.text(max_size=2), max_size=2),
    type(None): st.none(), msgspec.UnsetType: st.just(UNSET), Withheld: st.just(WITHHELD),
}  # fmt: skip


def _values(annotation: Any) -> st.SearchStrategy[Any]:
    """Whatever a field of this type may hold."""
    if typing.get_origin(annotation) in (typing.Union, types.UnionType):
        return st.one_of(*map(_values, typing.get_args(annotation)))
    return VALUES[annotation]


def _stored(value: Any) -> Any:
    """What the column holds of it."""
    if isinstance(value, Nummer | Lokal):
        return FOUND[value]
    return None if value is UNSET or value is WITHHELD else value


@pytest.mark.parametrize("table", sorted(DRAFTS))
@settings(max_examples=20)
@given(st.data())
def test_a_row_says_what_its_draft_says(table: str, data: st.DataObject) -> None:
    kind = DRAFTS[table]
    fields = {f.name: _values(f.type) for f in msgspec.structs.fields(kind) if f.name != "objekt"}
    draft = kind(objekt=SAG, **data.draw(st.fixed_dictionaries(fields)))
    ((into, row),) = rows_of("07", [draft], FOUND)
    said = dict(zip(columns_of(table), row, strict=True))
    assert into == table
    assert (said.pop("key"), said.pop("objekt"), len(said.pop("digest"))) == ("07", SAG, 16)
    assert said.pop("withheld") == ([n for n in fields if getattr(draft, n) is WITHHELD] or None)
    stem = "|".join("" if _stored(key) is None else str(_stored(key)) for key in (getattr(draft, n) for n in kind.keys))
    assert said.pop("fact").startswith(f"{stem}|")
    assert said == {name: _stored(getattr(draft, name)) for name in said}
    assert all(value.tzinfo is UTC for value in said.values() if isinstance(value, datetime))


def _one(draft: Draft) -> tuple[Any, ...]:
    return rows_of("07", [draft], FOUND)[0][1]


def test_the_digest_is_of_all_but_the_times_of_registration() -> None:
    """Equal digests are the same statement."""
    said: dict[str, Any] = {"objekt": SAG, "rolle": "primaer_part", "part": NUMMER}
    digest = _one(SagspartDraft(**said))[2]
    assert _one(SagspartDraft(**said, registreret=datetime(2026, 1, 1, tzinfo=UTC)))[2] == digest
    assert _one(SagspartDraft(**said, sts_tidspunkt=datetime(2026, 1, 1, tzinfo=UTC)))[2] == digest
    assert _one(SagspartDraft(**said | {"part": PART}))[2] == digest
    for other in (
        {"part": LOKAL}, {"fuldt_navn": "Ane"}, {"fuldt_navn": WITHHELD}, {"flag": "odd"},
        {"virkning_fra": datetime(2026, 1, 1, tzinfo=UTC)}, {"virkning_til": datetime(2026, 1, 1, tzinfo=UTC)},
        {"registreret_til": datetime(2026, 1, 1, tzinfo=UTC)},
    ):  # fmt: skip
        assert _one(SagspartDraft(**said | other))[2] != digest, other


def test_the_same_fact_twice_is_two_facts() -> None:
    at = datetime(2026, 1, 1, tzinfo=UTC)
    step = FremdriftDraft(objekt=SAG, status="Oplyst", virkning_fra=at)
    rows = rows_of("07", [step, SagDraft(objekt=SAG), step, step], FOUND)
    begun = "Oplyst|2026-01-01T00:00:00+00:00"
    assert [row[1] for table, row in rows if table == "fremdrift"] == [begun, f"{begun}#2", f"{begun}#3"]


def test_an_instant_without_zone_is_named() -> None:
    with pytest.raises(RecordError, match="virkning_fra"):
        _one(FremdriftDraft(objekt=SAG, status="Oplyst", virkning_fra=datetime(2026, 1, 1)))


def test_a_value_of_an_unknown_kind_is_named_by_its_table() -> None:
    with pytest.raises(RecordError, match="sag"):
        _one(SagDraft(objekt=SAG, titel=object()))  # type: ignore[arg-type]


def test_what_is_named_by_a_uuid_needs_no_looking_up() -> None:
    drafts = [SagspartDraft(objekt=SAG, rolle="primaer_part", part=part) for part in (PART, NUMMER, LOKAL, UNSET)]
    assert named(drafts) == ({SAG, NUMMER, LOKAL}, [])
