"""Invented values by a field's name, type and format: the same seed gives the same record."""

import re
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

from korsbaek.numbers import CprNumbers, company_number
from korsbaek.vocabulary.names import EFTERNAVNE, KVINDER, MAEND

DAY = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
"""Everything happened in the two years before."""
KLE = ("27.36.04", "27.24.05", "02.34.02", "32.18.04", "23.05.08", "05.14.08")
TITLER = (
    "Ansøgning om hjælp i hjemmet", "Byggetilladelse til carport", "Råden over vejareal", "Plads i dagtilbud",
    "Ændring af bopæl", "Støtte til fritid", "Dispensation fra lokalplan", "Tilsyn med bådplads",
)  # fmt: skip
VEJE = ("Algade", "Havnevej", "Solbakken", "Kirkestræde", "Skolevej")


def text(name: str, kind: str, rng: Random, enum: Sequence[Any] = ()) -> Any:
    """A value of a field; `kind`: uuid, date, date-time, integer, number, boolean, or anything for a text."""
    if enum:
        return rng.choice(list(enum))
    if kind in PLAIN:
        return PLAIN[kind](rng)
    for pattern, make in BY_NAME:
        if re.search(pattern, name, re.I):
            return make(rng)
    return f"{name} {rng.randrange(100, 1000)}"


def _cpr(rng: Random) -> str:
    born = date(1940, 1, 2) + timedelta(days=rng.randrange(29000))
    while (born.month, born.day) == (1, 1):
        born += timedelta(days=1)
    return CprNumbers(rng).issue(born, rng.choice("KM"))


def _navn(rng: Random) -> str:
    return f"{rng.choice(KVINDER + MAEND)} {rng.choice(EFTERNAVNE)}"


def _instant(rng: Random) -> datetime:
    return DAY - timedelta(minutes=rng.randrange(60, 2 * 365 * 24 * 60))


PLAIN: dict[str, Any] = {
    "uuid": lambda rng: str(UUID(int=rng.getrandbits(128), version=4)),
    "date": lambda rng: _instant(rng).date().isoformat(),
    "date-time": lambda rng: _instant(rng).isoformat().replace("+00:00", "Z"),
    "integer": lambda rng: rng.randrange(1000, 99999),
    "number": lambda rng: rng.randrange(100, 500000) / 100,
    "boolean": lambda rng: rng.random() < 0.5,
    "email": lambda rng: f"post{rng.randrange(1000)}@korsbaek.invalid",
}
BY_NAME: tuple[tuple[str, Any], ...] = (
    (r"cpr", _cpr),
    (r"cvr", company_number),
    (r"kle", lambda rng: rng.choice(KLE)),
    (r"titel|title|overskrift|subject|emne", lambda rng: rng.choice(TITLER)),
    (r"nummer|number", lambda rng: f"{rng.randrange(20, 27)}-{rng.randrange(10000, 99999)}"),
    (r"fornavn|firstname", lambda rng: rng.choice(KVINDER + MAEND)),
    (r"efternavn|lastname", lambda rng: rng.choice(EFTERNAVNE)),
    (r"navn|name", _navn),
    (r"adresse|address|vej", lambda rng: f"{rng.choice(VEJE)} {rng.randrange(1, 99)}"),
    (r"telefon|phone|mobil", lambda rng: f"99{rng.randrange(10**6):06d}"),
    (r"mail", lambda rng: f"post{rng.randrange(1000)}@korsbaek.invalid"),
    (r"uuid$|identity$", PLAIN["uuid"]),
    (r"id$", lambda rng: str(rng.randrange(10**4, 10**5))),
    (r"dato$|date$", PLAIN["date"]),
)

__all__ = ["text"]
