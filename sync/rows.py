"""Drafts to rows: a record's drafts each by the layout of their kind, and the columns as COPY is told of them."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any
from uuid import UUID

from msgspec import UNSET
from msgspec.structs import replace
from sqlalchemy.dialects import postgresql

from canonical_model.draft import WITHHELD, Draft, Lokal, Nummer
from canonical_model.drafts.person import IdentitetDraft
from canonical_model.fact import FACT_COLUMNS
from canonical_model.tables import FACT_TABLES
from connectors.errors import RecordError
from sync.layout import Layout, Row, layout
from sync.resolve import Resolved

LEAD = ("key", "fact", "digest", "objekt", "virkning_fra", "virkning_til", "registreret", "registreret_til",
        "sts_tidspunkt", "withheld", "flag")  # fmt: skip
"""The columns that every staged row begins with; the table's domain columns follow."""


def named(drafts: Iterable[Draft]) -> tuple[set[Any], list[IdentitetDraft]]:
    """Every object that the drafts name, but for those that one names by its UUID beside what it is about; and those
    of the drafts that say which numbers are one person's."""
    found: set[Any] = set()
    joins: list[IdentitetDraft] = []
    last: Any = None
    for draft in drafts:
        if draft.objekt is not last:
            last = draft.objekt
            found.add(last)
        if type(draft) is IdentitetDraft:
            joins.append(draft)
            continue
        for name in layout(type(draft)).pointing:
            value = getattr(draft, name)
            if type(value) is Nummer or type(value) is Lokal:
                found.add(value)
    return found, joins


Former = Mapping[tuple[str, str, UUID, str], tuple[Sequence[Any], Sequence[str]]]
"""(table, record key, objekt, stem of the fact key) to the values and withheld names that a partial stream keeps."""


def rows_of(key: str, drafts: Iterable[Draft], found: Resolved, former: Former | None = None) -> list[tuple[str, Row]]:
    """One record's drafts as (table, row). Raises RecordError naming the field that cannot be stored."""
    out: list[tuple[str, Row]] = []
    facts: dict[tuple[str, str], int] = {}
    last: Any = None
    objekt: Any = None
    for draft in drafts:
        if type(draft) is IdentitetDraft:
            continue
        plan = layout(type(draft))
        if draft.objekt is not last:
            last = draft.objekt
            objekt = found[last]
        if former is not None:
            draft = _kept(draft, plan, key, objekt, found, former)
        try:
            out.append((plan.table, plan.row(draft, key, objekt, found, facts)))
        except TypeError:
            raise RecordError(plan.table, "holds a value of a kind that the store does not know") from None
    return out


def _kept(draft: Draft, plan: Layout, key: str, objekt: UUID, found: Resolved, former: Former) -> Draft:
    """The draft with what a partial stream did not send as it said it before."""
    said = (getattr(draft, name) for name in plan.keys)
    stem = "|".join(_text(found[v] if isinstance(v, Nummer | Lokal) else v) for v in said)
    if (before := former.get((plan.table, key, objekt, stem))) is None:
        return draft
    unsent = {name: value for name, value in zip(plan.domain, before[0], strict=True) if getattr(draft, name) is UNSET}
    return replace(draft, **{name: WITHHELD if name in before[1] else value for name, value in unsent.items()})


def _text(value: Any) -> str:
    return "" if value is None or value is UNSET or value is WITHHELD else str(value)


@cache
def columns_of(table: str) -> dict[str, str]:
    """The columns of a table of facts in the order in which a row has them, each with its type as COPY is told it."""
    kinds = FACT_TABLES[table].__table__.columns  # type: ignore[attr-defined]
    names = LEAD + tuple(c.name for c in kinds if c.name not in FACT_COLUMNS)
    dialect = postgresql.dialect()  # type: ignore[no-untyped-call]
    return {name: _type(kinds[name].type.compile(dialect).lower()) for name in names}


def _type(name: str) -> str:
    return "text" if name.startswith("varchar") else name.replace("timestamp with time zone", "timestamptz")
