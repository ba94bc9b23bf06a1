"""Opslag: who looked at whom, when and why."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, Index, LargeBinary, text
from sqlmodel import Field, SQLModel

from canonical_model.fact import Instant, TextList


class Opslag(SQLModel, table=True):
    """One person looked up, committed before the answer leaves (no log, no data). Append-only.

    An answer that shows several persons has a row for each; an answer about nobody has one.
    """

    __table_args__ = (Index("opslag_person_tid", "person", "tid"),)

    id: int | None = Field(default=None, primary_key=True, sa_type=BigInteger)
    uid: UUID = Field(unique=True)
    tid: datetime = Field(sa_type=Instant)
    """By the hub's clock."""
    bruger: UUID
    brugernavn: str
    enhed: str
    handling: str
    """search (a hit), open, timeline, sag, relation (shown beside), address, anmodning, kilder, login, refused."""
    person: UUID | None = None
    objekter: int = 0
    """How many objects the answer showed."""
    formaal: str
    kanal: str
    """web, api or cli."""
    resultat: str
    """shown or refused."""
    kriterium: str | None = None
    """Kind of search (cpr, navn, adresse, sagsnummer); never what was typed."""
    hidden: int = 0
    sager: list[str] | None = Field(default=None, sa_type=TextList)
    svar: UUID | None = None
    """The id that the answer carries: the uid of its first row, the same in all of its rows."""
    skrevet: datetime | None = Field(
        default=None, sa_type=Instant, sa_column_kwargs={"server_default": text("clock_timestamp()")}
    )
    """When the database wrote the row, by its own clock; like `id`, nobody who looks up can choose it."""


class Opslagsblok(SQLModel, table=True):
    """A closed block of Opslag rows, chained to the one before by its hash."""

    id: int | None = Field(default=None, primary_key=True, sa_type=BigInteger)
    fra: int = Field(sa_type=BigInteger)
    til: int = Field(sa_type=BigInteger)
    lukket: datetime = Field(sa_type=Instant)
    forrige: bytes = Field(sa_type=LargeBinary)
    digest: bytes = Field(sa_type=LargeBinary)
