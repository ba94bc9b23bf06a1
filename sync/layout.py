"""How a kind of draft becomes a row of its table: a function written out for it, as dataclasses write their own.

Every draft of a first load goes through here; one loop for all kinds, over fields that it must ask about, takes half as
much again.
"""

from collections.abc import Callable, Iterator, MutableMapping
from datetime import UTC, datetime
from functools import cache
from hashlib import blake2b
from typing import Any, TypeAlias, get_type_hints
from uuid import UUID

import msgspec
from msgspec import UNSET

from canonical_model.draft import WITHHELD, Draft, Lokal, Nummer
from canonical_model.fact import FACT_COLUMNS
from canonical_model.tables import FACT_TABLES
from connectors.errors import RecordError
from sync.resolve import Resolved
from sync.sealing import DIGEST_SIZE

Row: TypeAlias = tuple[Any, ...]
_COMMON = ("objekt", "virkning_fra", "virkning_til", "registreret", "registreret_til", "sts_tidspunkt", "flag")
"""What every draft begins with."""
_INSTANTS = _COMMON[1:-1]


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
        self.pointing = [name for name in self.domain if "Nummer" in hints[name]]
        """Its fields that may name an object."""
        self.instants = [name for name in self.domain if "datetime.datetime" in hints[name]]
        self.keys = kind.keys
        self.row = _written(self)
        """Draft, key of its record, UUID of its object, what references were resolved to and the record's facts so far
        (each as often as it came), to the row. RecordError names the field that cannot be stored; TypeError when a
        value is of a kind that the store does not know."""


@cache
def layout(kind: type[Draft]) -> Layout:
    """The layout of a kind of draft."""
    return Layout(kind)


def _written(plan: Layout) -> Callable[[Draft, str, UUID, Resolved, MutableMapping[tuple[str, str], int]], Row]:
    here = {"unset": UNSET, "refused": WITHHELD, "Nummer": Nummer, "Lokal": Lokal, "UTC": UTC, "utc": _utc,
            "blake2b": blake2b, "encode": msgspec.json.Encoder().encode}  # fmt: skip
    exec("\n".join(_lines(plan)), here)
    written: Callable[[Draft, str, UUID, Resolved, MutableMapping[tuple[str, str], int]], Row] = here["row"]  # type: ignore[assignment]
    return written


def _lines(plan: Layout) -> Iterator[str]:
    domain = "".join(f"_{name}, " for name in plan.domain)
    stem = "|".join(f"{{'' if _{name} is None else _{name}}}" for name in plan.keys)
    yield "def row(draft, record, objekt, found, facts):"
    yield "  withheld = None"
    for name in plan.domain:
        yield f"  _{name} = draft.{name}"
        yield f"  if _{name} is unset: _{name} = None"
        yield f"  elif _{name} is refused: _{name}, withheld = None, [*(withheld or ()), {name!r}]"
    for name in plan.pointing:
        yield f"  if type(_{name}) is Nummer or type(_{name}) is Lokal: _{name} = found[_{name}]"
    yield f'  fact = f"{stem}|"'
    for name in _INSTANTS:
        yield f"  _{name} = draft.{name}"
    for name in (*_INSTANTS, *plan.instants):
        yield f"  if _{name} is not None and _{name}.tzinfo is not UTC: _{name} = utc(_{name}, {name!r})"
    yield "  if _virkning_fra is not None: fact += _virkning_fra.isoformat()"
    yield "  if _registreret_til is not None: fact += '|' + (_registreret.isoformat() if _registreret else '')"
    yield f"  count = facts[{plan.table!r}, fact] = facts.get(({plan.table!r}, fact), 0) + 1"
    yield "  if count > 1: fact += f'#{count}'"
    said = f"(objekt, _virkning_fra, _virkning_til, _registreret_til, draft.flag, withheld or (), ({domain}))"
    yield f"  digest = blake2b(encode({said}), digest_size={DIGEST_SIZE}).digest()"
    instants = ", ".join(f"_{name}" for name in _INSTANTS)
    yield f"  return (record, fact, digest, objekt, {instants}, withheld, draft.flag, {domain})"


def _utc(value: datetime, field: str) -> datetime:
    if value.tzinfo is None:
        raise RecordError(field, "is an instant without time zone")
    return value.astimezone(UTC)
