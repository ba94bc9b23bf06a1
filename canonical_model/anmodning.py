"""Anmodning: what the view asks sync to do (decision 16)."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, Index, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel

from canonical_model.fact import Instant


class Anmodning(SQLModel, table=True):
    """One request, made by the view and executed by a worker beside `helhed listen`; open until `afsluttet`."""

    __table_args__ = (
        Index("anmodning_noegle", "bruger", "noegle", unique=True),
        Index("anmodning_open", "slags", "objekt", unique=True, postgresql_where=text("afsluttet IS NULL")),
        Index("anmodning_objekt", "objekt", "oprettet"),
    )

    id: int | None = Field(default=None, primary_key=True, sa_type=BigInteger)
    uid: UUID = Field(unique=True)
    """What it is called outside."""
    slags: str
    """hent_igen."""
    objekt: UUID
    """The person."""
    bruger: UUID
    """Who asked."""
    formaal: str
    """Why."""
    noegle: str
    """The asker's own key: the same one twice is one request."""
    oprettet: datetime = Field(sa_type=Instant)
    tilstand: str = Field(default="waiting", sa_column_kwargs={"server_default": text("'waiting'")})
    """waiting, running; then succeeded, partial or failed."""
    forsoeg: int = Field(default=0, sa_column_kwargs={"server_default": text("0")})
    """How often a worker has begun on it."""
    begyndt: datetime | None = Field(default=None, sa_type=Instant)
    svar: dict[str, Any] = Field(sa_type=JSONB, sa_column_kwargs={"server_default": text("'{}'")})
    """Source to what came of it there, filled in as each system answers; counts and words, no personal data."""
    afsluttet: datetime | None = Field(default=None, sa_type=Instant)
