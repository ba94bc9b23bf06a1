"""What has to be erased, and what has been: counts only, so that the receipt outlives the data."""

from datetime import datetime

from sqlalchemy import BigInteger
from sqlmodel import Field, SQLModel

from canonical_model.fact import Instant


class Gone(SQLModel, table=True):
    """A record that its source no longer holds: closed at once, and physically erased erase_after_days later."""

    source: str = Field(primary_key=True)
    stream: str = Field(primary_key=True)
    key: str = Field(primary_key=True)
    since: datetime = Field(index=True, sa_type=Instant)


class Erasure(SQLModel, table=True):
    """The receipt of one erasure: how many rows left one place for one source. Never whose."""

    started: datetime = Field(primary_key=True, sa_type=Instant)
    source: str = Field(primary_key=True)
    """Empty for what belongs to no source: persons, search, messages."""
    place: str = Field(primary_key=True)
    """A table."""
    reason: str = Field(primary_key=True)
    """gone, replaced, aged or unknown (a person nobody knows any more)."""
    erased: int = Field(sa_type=BigInteger)
