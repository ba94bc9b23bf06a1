"""What a connector may propose: values that tell absent, empty and withheld apart, and references to objects."""

from datetime import date, datetime
from enum import Enum, IntEnum
from typing import ClassVar, Literal, TypeAlias, TypeVar
from uuid import UUID

import msgspec
from msgspec import UNSET, UnsetType


class Withheld(Enum):
    """The source holds a value and refuses to hand it out."""

    WITHHELD = "\x00withheld"


WITHHELD = Withheld.WITHHELD

T = TypeVar("T")
Sent: TypeAlias = T | None | UnsetType | Withheld
"""A value; None where the source sent it empty; UNSET where it sent nothing; WITHHELD where it refused."""


class Nummer(msgspec.Struct, frozen=True, tag="nummer"):
    """An object known by a national number (rammearkitektur 4.2). Becomes a UUID through Identitet."""

    art: Literal["cpr", "personid", "borgerid", "cvr", "pnr"]
    nummer: str


class Lokal(msgspec.Struct, frozen=True, tag="lokal"):
    """An object without a UUID in the standard, known by its source's own key; given a random UUID."""

    art: Literal[
        "person",
        "virksomhed",
        "sag",
        "dokument",
        "journalnotat",
        "bevilling",
        "effektuering",
        "krav",
        "enhed",
        "bruger",
        "ejendom",
    ]
    key: str
    """The source's own key. Must not be or contain a national number."""


Ref: TypeAlias = UUID | Nummer | Lokal


class Foelsomhed(IntEnum):
    """The ladder of SF1470/SF1490 (FoelsomhedType): level n sees objects of level n and below."""

    IKKE_FORTROLIGE_DATA = 1
    FORTROLIGE_PERSONOPLYSNINGER = 2
    FOELSOMME_PERSONOPLYSNINGER = 3
    VIP_SAGER = 4


class Draft(msgspec.Struct, kw_only=True, frozen=True, omit_defaults=True):
    """One fact as a source states it. Subclasses name their table's domain columns, one to one."""

    table: ClassVar[str] = ""
    """Name of the table that the fact goes to."""
    keys: ClassVar[tuple[str, ...]] = ()
    """The fields that tell this fact from the record's others of its kind, as the standard keys it."""

    objekt: Ref
    virkning_fra: datetime | None = None
    virkning_til: datetime | None = None
    registreret: datetime | None = None
    registreret_til: datetime | None = None
    sts_tidspunkt: datetime | None = None
    flag: str | None = None


__all__ = ["UNSET", "WITHHELD", "Draft", "Foelsomhed", "Lokal", "Nummer", "Ref", "Sent", "Withheld", "date", "datetime"]
