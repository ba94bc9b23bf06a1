"""What every stored fact carries: what it is about, where it came from, and the three times (ADR 0002)."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, DateTime, LargeBinary, Text, types
from sqlalchemy.dialects.postgresql import ARRAY
from sqlmodel import Field, SQLModel


class Instant(types.TypeDecorator[datetime]):
    """An instant in UTC (timestamptz)."""

    impl = DateTime(timezone=True)
    cache_ok = True


class TextList(types.TypeDecorator[list[str]]):
    """A list of short texts (text[])."""

    impl = ARRAY(Text)
    cache_ok = True


class Fact(SQLModel):
    """One statement by one source about one object; never updated in place, only closed.

    The domain columns are added by each table. `kendt_til` empty: the hub holds it for true now.
    `registreret_til` empty: the source itself has not replaced it.
    """

    id: int | None = Field(default=None, primary_key=True, sa_type=BigInteger)
    objekt: UUID
    """The object that the fact is about (person, sag, dokument, bevilling, ...)."""
    source: str
    """Source instance, the file name in HELHED_CONFIG/sources."""
    stream: str
    key: str
    """Key of the record that said so, never a national number."""
    fact: str
    """Key of the fact within its record: the standard's key, virkning_fra, and registreret once replaced."""
    digest: bytes = Field(sa_type=LargeBinary)
    """16 bytes of blake2b over the draft without its registration times; equal digests are the same statement."""
    virkning_fra: datetime | None = Field(default=None, sa_type=Instant)
    """True from, inclusive; empty: not limited, or not said."""
    virkning_til: datetime | None = Field(default=None, sa_type=Instant)
    """True until, exclusive; empty: until further notice."""
    registreret: datetime | None = Field(default=None, sa_type=Instant)
    """When the source registered it (sd:Tidspunkt)."""
    registreret_til: datetime | None = Field(default=None, sa_type=Instant)
    """When the source replaced it, in histories that the source itself hands over."""
    sts_tidspunkt: datetime | None = Field(default=None, sa_type=Instant)
    """When the index received it (gd:StsTidspunkt)."""
    kendt_fra: datetime = Field(sa_type=Instant)
    """When the hub came to know it."""
    kendt_til: datetime | None = Field(default=None, sa_type=Instant)
    """When the hub learnt otherwise; empty: known now."""
    withheld: list[str] | None = Field(default=None, sa_type=TextList)
    """Names of fields that the source refused to hand out."""
    flag: str | None = None
    """Why the fact breaks the standard's guide, in English words; the fact is kept all the same."""


FACT_COLUMNS = tuple(Fact.model_fields)
"""The columns that are not domain columns."""
