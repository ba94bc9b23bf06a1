"""Personopslag: one narrow row a person for search, written by consolidation; and the rules that choose values."""

from datetime import date, datetime
from uuid import UUID

from sqlmodel import Field, SQLModel

from canonical_model.fact import Instant


class Personopslag(SQLModel, table=True):
    """The winning name and address of a person, ready for search and sorting."""

    person: UUID = Field(primary_key=True)
    navn: str | None = None
    navn_sort: str = ""
    """Danish order: lower case, with ae, oe, aa mapped after z."""
    navn_ord: str = ""
    """All names, former ones too, lower case, accents and Danish letters folded, for word-prefix search."""
    adresse: str | None = None
    adresse_ord: str = ""
    foedselsdato: date | None = None
    beskyttet: bool = False
    """Name and address protection in force, by any source."""
    doed: bool = False
    konflikt: bool = False
    """Sources disagree on name, address or civil status."""
    opdateret: datetime = Field(sa_type=Instant)


class Praecedens(SQLModel, table=True):
    """Which source wins for a field from a day on; the lowest rank wins. `as known on` uses that day's rules."""

    felt: str = Field(primary_key=True)
    """navn, adresse, civilstand, kontakt, sag, ..."""
    source: str = Field(primary_key=True)
    kendt_fra: datetime = Field(primary_key=True, sa_type=Instant)
    kendt_til: datetime | None = Field(default=None, sa_type=Instant)
    rang: int


class Vandmaerke(SQLModel, table=True):
    """How far consolidation has come, in the hub's own time."""

    navn: str = Field(primary_key=True)
    tid: datetime = Field(sa_type=Instant)
