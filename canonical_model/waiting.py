"""What waits for a person: deletions that the guard holds back, who approved them, and fields that changed."""

from datetime import datetime

from sqlalchemy import BigInteger, Index, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel

from canonical_model.fact import Instant, TextList


class HeldDeletion(SQLModel, table=True):
    """Deletions of one stream that wait for an approval; the row goes when they are made or the source is mended."""

    __tablename__ = "held_deletion"

    source: str = Field(primary_key=True)
    stream: str = Field(primary_key=True)
    since: datetime = Field(sa_type=Instant)
    """When the guard first stopped them."""
    held: int
    """Records that the source no longer held at its latest complete read."""
    of: int
    """Records that the hub held of those asked about."""
    ceiling: int
    """How many might have gone without anybody's approval."""
    run: int = Field(sa_type=BigInteger)
    """The latest run that was stopped."""
    kinds: dict[str, int] = Field(sa_type=JSONB)
    """Objects that the held records speak of, by table."""
    citizens: int
    """Persons that they concern."""


class DeletionApproval(SQLModel, table=True):
    """A person's approval of a held deletion: a ceiling, used once."""

    __tablename__ = "deletion_approval"
    __table_args__ = (
        Index("deletion_approval_open", "source", "stream", unique=True, postgresql_where=text("used IS NULL")),
    )

    id: int | None = Field(default=None, primary_key=True, sa_type=BigInteger)
    source: str
    stream: str
    at_most: int
    """Not one record more."""
    hvem: str
    """Who approved it, as that person was named."""
    tid: datetime = Field(sa_type=Instant)
    used: datetime | None = Field(default=None, sa_type=Instant)
    """When a run acted on it, or it fell away; empty while it waits for the next complete read."""
    run: int | None = Field(default=None, sa_type=BigInteger)
    deleted: int | None = None
    """Records deleted by it; 0 when there were more than it allows, or none any more."""


class Drift(SQLModel, table=True):
    """A field of a stream that is not as it was: open while `closed` is empty. Names of fields only, never values."""

    __table_args__ = (
        Index("drift_open", "source", "stream", "field", "kind", unique=True, postgresql_where=text("closed IS NULL")),
    )

    id: int | None = Field(default=None, primary_key=True, sa_type=BigInteger)
    source: str
    stream: str
    field: str
    """Dotted path."""
    kind: str
    """unknown, missing, renamed or retyped."""
    became: str | None = None
    """The probable new name of a renamed field; 'text -> number' of a retyped one."""
    since: datetime = Field(sa_type=Instant)
    last_seen: datetime = Field(sa_type=Instant)
    """The latest run that still found it so."""
    records: int
    """Records that came so, since then."""
    closed: datetime | None = Field(default=None, sa_type=Instant)


class FieldSeen(SQLModel, table=True):
    """How a field of a stream usually comes, learnt from a sample of its records."""

    __tablename__ = "field_seen"

    source: str = Field(primary_key=True)
    stream: str = Field(primary_key=True)
    field: str = Field(primary_key=True)
    version: int
    """Of the stream's translation: another one learns anew."""
    seen: int = Field(sa_type=BigInteger)
    """Sampled records that had it with a value."""
    of: int = Field(sa_type=BigInteger)
    """Sampled records that had what it stands in."""
    types: list[str] = Field(sa_type=TextList)
    """text, number, flag, object, list; of XML the lexical class."""
    absent: int = Field(default=0, sa_type=BigInteger)
    """Sampled records without it since it was last there."""
    absent_since: datetime | None = Field(default=None, sa_type=Instant)
