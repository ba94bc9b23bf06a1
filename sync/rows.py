"""Drafts to rows: the key of a fact, its digest, and its columns in the order in which they are copied."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from functools import cache
from hashlib import blake2b
from typing import Any, get_type_hints
from uuid import UUID

import msgspec
from msgspec import UNSET
from msgspec.structs import astuple

from canonical_model.draft import WITHHELD, Draft, Lokal, Nummer
from canonical_model.drafts.person import IdentitetDraft
from canonical_model.fact import FACT_COLUMNS
from canonical_model.tables import FACT_TABLES
from connectors.errors import RecordError
from sync.resolve import Resolved
from sync.sealing import DIGEST_SIZE

Row = tuple[Any, ...]
LEAD = ("key", "fact", "digest", "objekt", "virkning_fra", "virkning_til", "registreret", "registreret_til",
        "sts_tidspunkt", "withheld", "flag")  # fmt: skip
"""The columns that every staged row begins with; the table's domain columns follow."""
_encode = msgspec.json.Encoder().encode
_REFERENCE = (UUID, Nummer, Lokal)
_COMMON = ("objekt", "virkning_fra", "virkning_til", "registreret", "registreret_til", "sts_tidspunkt", "flag")
"""What every draft begins with."""


class Layout:
    """How one kind of draft becomes a row of its table."""

    def __init__(self, kind: type[Draft]) -> None:
        self.table = kind.table
        if kind.__struct_fields__[: len(_COMMON)] != _COMMON:
            raise RecordError(kind.__name__, "does not begin with what every draft begins with")
        self.domain = kind.__struct_fields__[len(_COMMON) :]
        columns = [c.name for c in FACT_TABLES[kind.table].__table__.columns if c.name not in FACT_COLUMNS]  # type: ignore[attr-defined]
        if sorted(columns) != sorted(self.domain):
            raise RecordError(kind.__name__, "does not have the columns of its table")
        hints = {name: repr(hint) for name, hint in get_type_hints(kind).items()}
        self.references = [i for i, name in enumerate(self.domain) if "Nummer" in hints[name]]
        self.instants = [i for i, name in enumerate(self.domain) if "datetime.datetime" in hints[name]]
        self.keys = [self.domain.index(name) for name in kind.keys]
        self.pointing = [self.domain[i] for i in self.references]


@cache
def layout(kind: type[Draft]) -> Layout:
    """The layout of a kind of draft."""
    return Layout(kind)


def references(drafts: Iterable[Draft]) -> set[Any]:
    """Every object that the drafts name."""
    found: set[Any] = set()
    last: Any = None
    for draft in drafts:
        if draft.objekt is not last:
            last = draft.objekt
            found.add(last)
        if type(draft) is not IdentitetDraft:
            for name in layout(type(draft)).pointing:
                value = getattr(draft, name)
                if isinstance(value, _REFERENCE):
                    found.add(value)
    return found


Former = Mapping[tuple[str, str, UUID, str], tuple[Sequence[Any], Sequence[str]]]
"""(table, record key, objekt, stem of the fact key) to the values and withheld names that a partial stream keeps."""


def rows_of(key: str, drafts: Iterable[Draft], found: Resolved, former: Former | None = None) -> list[tuple[str, Row]]:
    """One record's drafts as (table, row). Raises RecordError naming the field that cannot be stored."""
    out: list[tuple[str, Row]] = []
    seen: dict[tuple[str, str], int] = {}
    unset, refused = UNSET, WITHHELD
    last: Any = None
    objekt: Any = None
    for draft in drafts:
        if type(draft) is IdentitetDraft:
            continue
        plan = layout(type(draft))
        table = plan.table
        named, fra, til, registreret, replaced, sts, flag, *values = astuple(draft)
        if named is not last:
            last, objekt = named, found[named]
        withheld: list[str] = []
        for i in plan.references:
            if isinstance(values[i], _REFERENCE):
                values[i] = found[values[i]]
        stem = "|".join([_text(values[i]) for i in plan.keys])
        if former is not None:
            _keep(values, withheld, plan.domain, former.get((table, key, objekt, stem)))
        for i, value in enumerate(values):
            if value is unset:
                values[i] = None
            elif value is refused:
                values[i] = None
                withheld.append(plan.domain[i])
        for i in plan.instants:
            values[i] = _utc(values[i], plan.domain[i])
        if fra is not None or til is not None or sts is not None:
            fra, til, sts = _utc(fra, "virkning_fra"), _utc(til, "virkning_til"), _utc(sts, "sts_tidspunkt")
        if registreret is not None or replaced is not None:
            registreret, replaced = _utc(registreret, "registreret"), _utc(replaced, "registreret_til")
        fact = f"{stem}|{fra.isoformat() if fra else ''}"
        if replaced is not None:
            fact += f"|{registreret.isoformat() if registreret else ''}"
        count = seen[table, fact] = seen.get((table, fact), 0) + 1
        if count > 1:
            fact += f"#{count}"
        try:
            body = _encode((objekt, fra, til, replaced, flag, withheld, values))
        except TypeError:
            raise RecordError(table, "holds a value of a kind that the store does not know") from None
        digest = blake2b(body, digest_size=DIGEST_SIZE).digest()
        out.append(
            (table, (key, fact, digest, objekt, fra, til, registreret, replaced, sts, withheld or None, flag, *values))
        )
    return out


def _keep(values: list[Any], withheld: list[str], names: Sequence[str], former: Any) -> None:
    """Fill what a partial stream did not send from what it said before."""
    if former is None:
        return
    kept, refused = former
    for i, value in enumerate(values):
        if value is UNSET:
            values[i] = kept[i]
            if names[i] in refused:
                withheld.append(names[i])


def _text(value: Any) -> str:
    return "" if value is None or value is UNSET or value is WITHHELD else str(value)


def _utc(value: datetime | None, field: str) -> datetime | None:
    if value is None or value.tzinfo is UTC:
        return value
    if value.tzinfo is None:
        raise RecordError(field, "is an instant without time zone")
    return value.astimezone(UTC)
