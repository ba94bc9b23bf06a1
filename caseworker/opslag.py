"""The lookup log as the view writes it: committed before the answer leaves. No log, no data."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from typing import Literal
from uuid import UUID, uuid4

import psycopg
from sqlalchemy.exc import SQLAlchemyError

from canonical_model.store import StoreError
from caseworker.omtale import RELATION, Omtale
from caseworker.principal import Principal
from caseworker.reading import write, writing
from caseworker.seal import seal, verify
from helhed.private import mask
from helhed.settings import now

__all__ = ["FORMAAL", "LogDown", "Logged", "formaal_tekst", "log", "seal", "verify"]

FORMAAL = {
    "egen_sag": "Behandling af en sag, jeg arbejder på",
    "henvendelse": "Ny henvendelse fra borgeren",
    "tilsyn": "Tilsyn og kvalitetskontrol",
    "fejlsoegning": "Fejlsøgning i data",
}
"""The purposes that may be chosen, by code; the citizen may read them later."""

Kanal = Literal["web", "api", "cli"]


_OF_ALL = (
    "svar", "tid", "bruger", "brugernavn", "enhed", "objekter", "formaal", "kanal", "resultat", "kriterium", "hidden",
)  # fmt: skip
_OF_ONE = ("uid", "handling", "person", "sager")


class LogDown(Exception):
    """The lookup could not be logged, so nothing may be shown."""


@dataclass(frozen=True)
class Logged:
    """Proof that a lookup stands in the log; an answer cannot be rendered without one."""

    uid: UUID
    """The answer's id: `svar` of all its rows, and the uid of the first."""
    tid: datetime
    formaal: str
    _made_by_log: object = field(repr=False)

    def __post_init__(self) -> None:
        """Only `log` makes one."""
        if self._made_by_log is not _TOKEN:
            raise TypeError("Logged is made by opslag.log")


_TOKEN = object()


def formaal_tekst(given: str) -> str:
    """A purpose by its code, or the caseworker's own words (at most 100 characters, numbers masked).

    Raises ValueError when there is none.
    """
    text = FORMAAL.get(given.strip(), given.strip())
    if len(text) < 3:
        raise ValueError("a purpose is needed")
    return mask(text)[:100]


def log(
    principal: Principal,
    handling: str,
    formaal: str,
    kanal: Kanal,
    *,
    person: UUID | None = None,
    resultat: Literal["shown", "refused"] = "shown",
    kriterium: str | None = None,
    objekter: int = 0,
    hidden: int = 0,
    sager: Iterable[UUID] = (),
    omtalte: Iterable[Omtale] = (),
) -> Logged:
    """Write a row for each person shown, one at least, in one transaction. Raises LogDown: then nothing may be shown.

    `person` and `sager` are for the answer about one person or none, `omtalte` for an answer about several.
    """
    shown = list(omtalte) or [Omtale(person, tuple(sager))]
    svar, tid = uuid4(), now()
    answer: dict[str, object] = {
        "svar": svar,
        "tid": tid,
        "bruger": principal.uuid,
        "brugernavn": principal.navn,
        "enhed": principal.enhed,
        "objekter": objekter,
        "formaal": formaal,
        "kanal": kanal,
        "resultat": resultat,
        "kriterium": kriterium,
        "hidden": hidden,
    }
    for number, one in enumerate(shown):
        answer |= {
            f"uid_{number}": uuid4() if number else svar,
            f"handling_{number}": RELATION if one.beside else handling,
            f"person_{number}": one.person,
            f"sager_{number}": [str(s) for s in one.sager] or None,
        }
    try:
        with writing() as connection:
            write(connection, _lines(len(shown)), answer)
    except (SQLAlchemyError, psycopg.Error, StoreError):
        raise LogDown("the lookup log cannot be written") from None
    return Logged(svar, tid, formaal, _TOKEN)


@lru_cache(maxsize=500)
def _lines(many: int) -> str:
    """The statement that writes so many rows of one answer."""
    common = ", ".join(f":{name}" for name in _OF_ALL)
    values = (", ".join(f":{name}_{number}" for name in _OF_ONE) for number in range(many))
    rows = ", ".join(f"({common}, {own})" for own in values)
    return f"insert into opslag ({', '.join(_OF_ALL + _OF_ONE)}) values {rows}"
