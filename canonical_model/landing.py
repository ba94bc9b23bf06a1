"""What came in by the doors: landed records, quarantine, work lists and the inbox. Closed to the view's role."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Index, LargeBinary, PrimaryKeyConstraint, text
from sqlmodel import Field, SQLModel

from canonical_model.fact import Instant, TextList


class Landed(SQLModel, table=True):
    """The latest version of a vendor's record. The body is encrypted and leaves after landed_days."""

    __table_args__ = (
        # With the digests of what was sent: a whole read asks for all of them, and for none of the bodies.
        PrimaryKeyConstraint("source", "stream", "key", name="landed_pkey", postgresql_include=["sent"]),
        Index("landed_unknown", "source", "stream", postgresql_where=text("unknown IS NOT NULL")),
        Index("landed_owner", "owner", postgresql_where=text("owner IS NOT NULL")),
        Index("landed_body", "source", "landed", postgresql_where=text("body IS NOT NULL")),
    )

    source: str = Field(primary_key=True)
    stream: str = Field(primary_key=True)
    key: str = Field(primary_key=True)
    owner: UUID | None = None
    """The person that a keyed record was asked for."""
    digest: bytes = Field(sa_type=LargeBinary)
    """16 bytes of blake2b over the record without its volatile fields, salted with the translation's version."""
    sent: bytes | None = Field(default=None, sa_type=LargeBinary)
    """16 bytes of keyed SHA-256 over the record as it was sent, when it last came; empty when it must be looked at
    again in whatever bytes it comes, being parked."""
    unknown: list[str] | None = Field(default=None, sa_type=TextList)
    """Names of the fields that the door dropped and did not know, when it last came."""
    body: bytes | None = Field(default=None, sa_type=LargeBinary)
    landed: datetime = Field(sa_type=Instant)
    said: bytes | None = Field(default=None, sa_type=LargeBinary)
    """8 bytes of the digest of each of its facts, table by table, behind what tells of which version that is true
    (sync.said); NULL where it is not known."""


class Quarantine(SQLModel, table=True):
    """A record that could not be translated: why, naming the field and never the value."""

    source: str = Field(primary_key=True)
    stream: str = Field(primary_key=True)
    key: str = Field(primary_key=True)
    field: str
    reason: str
    since: datetime = Field(sa_type=Instant)
    body: bytes = Field(sa_type=LargeBinary)
    """Encrypted."""
    owner: UUID | None = None


class Worklist(SQLModel, table=True):
    """Keys that a keyed or changed stream shall be asked for next: new persons, and objects named by messages."""

    source: str = Field(primary_key=True)
    stream: str = Field(primary_key=True)
    key: str = Field(primary_key=True)
    """A person's or object's UUID, or a key of the stream asked; never a national number."""
    since: datetime = Field(sa_type=Instant)
    cause: str


class Inbox(SQLModel, table=True):
    """A Beskedfordeler message, stored before it is acknowledged."""

    __table_args__ = (Index("inbox_parked", "received", postgresql_where=text("parked IS NOT NULL")),)

    besked_id: str = Field(primary_key=True)
    received: datetime = Field(sa_type=Instant)
    body: bytes = Field(sa_type=LargeBinary)
    """Encrypted."""
    handled: datetime | None = Field(default=None, sa_type=Instant)
    parked: str | None = None
    """Why it could not be handled, without personal data."""


class Refreshed(SQLModel, table=True):
    """What was read alone since the stream's latest night began: the night must not put its own older answer back."""

    source: str = Field(primary_key=True)
    stream: str = Field(primary_key=True)
    key: str = Field(primary_key=True)
    """Key of a changed stream's record, or what a keyed stream was asked for: a person, another stream's key."""
