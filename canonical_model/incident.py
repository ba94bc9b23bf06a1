"""Incident: one broken thing, who answers for it, and whom it affects; open until the thing is mended."""

from datetime import datetime

from sqlalchemy import BigInteger, Index, text
from sqlmodel import Field, SQLModel

from canonical_model.fact import Instant, TextList


class Incident(SQLModel, table=True):
    """At most one open row a kind, source and stream. A thing that breaks again gets a row of its own."""

    __table_args__ = (
        Index("incident_aktuel", "kind", "source", "stream", unique=True, postgresql_where=text("closed IS NULL")),
        Index("incident_untold", "id", postgresql_where=text("untold")),
    )

    id: int | None = Field(default=None, primary_key=True, sa_type=BigInteger)
    kind: str
    """connector, freshness, certificate, quarantine, deletions, drift or messages."""
    source: str
    """The source's id; empty for what concerns the hub as a whole (messages)."""
    stream: str
    """Empty when the source as a whole is meant."""
    reason: str
    """connector: access, contract, transient, settings or unexpected; certificate: expires, expired or unreadable."""
    level: int
    """How urgent, from 1; a rise is told again. Certificates: 1, 2, 3 within 90, 30, 7 days; 4 no longer usable."""
    since: datetime = Field(sa_type=Instant)
    """Since when the thing is broken, as far as is known."""
    opened: datetime = Field(sa_type=Instant)
    closed: datetime | None = Field(default=None, sa_type=Instant)
    line: str
    """What is wrong, in one line without personal data."""
    tekst: str
    """The same for people, in Danish."""
    navn: str
    """What caseworkers call the system."""
    systemejer: str
    kontakt: str
    kontakt_mail: str | None = None
    """Where the incident is told; empty when nobody's address is known."""
    leverandoer: str
    enheder: list[str] = Field(sa_type=TextList)
    """Units of the municipality whose caseworkers work with what the source brings."""
    kle: list[str] = Field(sa_type=TextList)
    """KLE areas of what the source brings."""
    borgere: int
    """Persons with a current fact from the source: so many citizens' pages show less than they should."""
    told: datetime | None = Field(default=None, sa_type=Instant)
    """When the owner was last told; empty: not yet."""
    told_level: int = 0
    """The level that was told; 0: nothing was."""
    told_closed: bool = False
    untold: bool = True
    """There is something that the owner has not been told."""
