"""Kilde: the register of connected systems, mirrored from HELHED_CONFIG; and how each of them is doing."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, false
from sqlmodel import Field, SQLModel

from canonical_model.fact import Instant, TextList


class Kilde(SQLModel, table=True):
    """One source instance: who answers for it, by what right it is read, and how its gaps are filled."""

    __table_args__ = (CheckConstraint("btrim(systemejer) <> '' and btrim(kontakt) <> ''", name="kilde_har_ejer"),)

    id: str = Field(primary_key=True)
    connector: str
    navn: str
    myndighed: str
    """CVR number of the municipality; stands in for a missing Ejer."""
    systemejer: str
    """The person who answers for the system, and how to reach that person."""
    kontakt: str
    kontakt_mail: str | None = None
    """Where incidents are told; empty: to whoever is on duty for the hub."""
    leverandoer: str
    formaal: str
    hjemmel: str
    kle: list[str] = Field(sa_type=TextList)
    """KLE areas; together they stand in for a missing Primaer klasse: who reads must be allowed all of them."""
    foelsomhed: int
    """1 to 4; stands in for a missing Foelsomhed."""
    opbevaring_maaneder: int
    friskhed_timer: int
    """Freshness target in hours."""
    tidsplan: str
    """Cron expression in Danish time."""
    deep_link: str | None = None
    """URL template with {sagsnummer} and {key}."""
    aktiv: bool = True


class StreamState(SQLModel, table=True):
    """How far one stream has been read; the receipt of every answer quotes it."""

    __tablename__ = "stream_state"

    source: str = Field(primary_key=True)
    stream: str = Field(primary_key=True)
    shape: str
    """listed, changed or keyed."""
    by_person: bool = Field(default=False, sa_column_kwargs={"server_default": false()})
    """It is asked about each person, so that it says something only of those it was asked about (`Asked`)."""
    cursor: str | None = None
    """Where the last committed chunk ended."""
    judged: str | None = None
    """The cursor when the guard had last judged what was gone and found nothing to hold; the next read begins there.
    "": at the beginning, since a whole read has not come so far."""
    complete_as_of: datetime | None = Field(default=None, sa_type=Instant)
    """Everything that the source held at this instant is in the store."""
    last_attempt: datetime | None = Field(default=None, sa_type=Instant)
    failing_since: datetime | None = Field(default=None, sa_type=Instant)
    error: str | None = None
    """One line without personal data; empty when the last attempt succeeded."""


class Asked(SQLModel, table=True):
    """When a keyed stream was last asked about a person, and whether it held anything."""

    source: str = Field(primary_key=True)
    stream: str = Field(primary_key=True)
    objekt: UUID = Field(primary_key=True)
    asked: datetime = Field(sa_type=Instant)
    found: bool


class Run(SQLModel, table=True):
    """One attempt to bring one source up to date."""

    id: int | None = Field(default=None, primary_key=True, sa_type=BigInteger)
    source: str = Field(index=True)
    started: datetime = Field(sa_type=Instant)
    ended: datetime | None = Field(default=None, sa_type=Instant)
    state: str
    """running, succeeded, partial or failed."""
    cause: str
    """night, manual, person, message, anmodning, ..."""
    error: str | None = None
    """The first reason, in one line without personal data; also of a run that never reached a stream."""


class RunStream(SQLModel, table=True):
    """What one run did to one stream, in records."""

    __tablename__ = "run_stream"

    run: int = Field(primary_key=True, sa_type=BigInteger)
    stream: str = Field(primary_key=True)
    state: str
    """succeeded, partial, failed, held (deletions stopped by the guard)."""
    read: int = 0
    unchanged: int = 0
    changed: int = 0
    new: int = 0
    gone: int = 0
    quarantined: int = 0
    held: int = 0
    """Records that would have been deleted, had the guard not stopped it."""
    unknown_fields: list[str] | None = Field(default=None, sa_type=TextList)
    error: str | None = None
    """Kind and one line, without personal data."""
