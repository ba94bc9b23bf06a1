"""Drafts and tables name the same domain columns, one to one."""

import types
import typing
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

import msgspec
import pytest

from canonical_model import drafts
from canonical_model.draft import Draft, Foelsomhed, Lokal, Nummer
from canonical_model.drafts.person import IdentitetDraft
from canonical_model.fact import FACT_COLUMNS
from canonical_model.tables import FACT_TABLES

DRAFTS: dict[str, type[Draft]] = {
    cls.table: cls for cls in (getattr(drafts, name) for name in drafts.__all__) if cls is not IdentitetDraft
}
COMMON = {field.name for field in msgspec.structs.fields(Draft)}


def _plain(annotation: object) -> set[type]:
    """The value types of an annotation, without the ways of not being there."""
    if typing.get_origin(annotation) in (typing.Union, types.UnionType):
        return set().union(*(_plain(part) for part in typing.get_args(annotation)))
    if typing.get_origin(annotation) is list:
        return {list}
    if annotation in (UUID, Nummer, Lokal):
        return {UUID}
    if annotation is Foelsomhed:
        return {int}
    return {annotation} if annotation in (str, int, bool, date, datetime, Decimal, UUID) else set()


def test_each_table_of_facts_has_one_draft() -> None:
    assert DRAFTS.keys() == FACT_TABLES.keys()
    assert len(DRAFTS) == len({*drafts.__all__} - {"IdentitetDraft"})


@pytest.mark.parametrize("table", sorted(FACT_TABLES))
def test_fields_are_columns_in_the_same_order_and_of_the_same_type(table: str) -> None:
    columns = {name: f.annotation for name, f in FACT_TABLES[table].model_fields.items() if name not in FACT_COLUMNS}
    fields = {f.name: f.type for f in msgspec.structs.fields(DRAFTS[table]) if f.name not in COMMON}
    assert list(fields) == list(columns)
    assert {n: _plain(t) for n, t in fields.items()} == {n: _plain(t) for n, t in columns.items()}


@pytest.mark.parametrize("table", sorted(FACT_TABLES))
def test_keys_are_fields(table: str) -> None:
    assert {*DRAFTS[table].keys} <= {f.name for f in msgspec.structs.fields(DRAFTS[table])}
    required = {f.name for f in msgspec.structs.fields(DRAFTS[table]) if f.required} - {"objekt"}
    assert required <= {*DRAFTS[table].keys}, "what a draft cannot be without is part of its key"


def test_what_a_draft_carries_besides_is_a_column_of_every_fact() -> None:
    assert {*FACT_COLUMNS} > COMMON
