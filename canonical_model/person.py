"""Person and Virksomhed: who the case is about."""

from datetime import date, datetime
from uuid import UUID

from sqlmodel import Field, SQLModel

from canonical_model.fact import Fact, Instant


class Identitet(SQLModel, table=True):
    """A national number and the person or company it belongs to; the only place where such numbers are keys."""

    id: int | None = Field(default=None, primary_key=True)
    art: str
    """cpr, personid, borgerid, cvr, pnr."""
    nummer: str
    objekt: UUID = Field(index=True)
    virkning_fra: datetime | None = Field(default=None, sa_type=Instant)
    virkning_til: datetime | None = Field(default=None, sa_type=Instant)
    kendt_fra: datetime = Field(sa_type=Instant)
    kendt_til: datetime | None = Field(default=None, sa_type=Instant)
    source: str | None = None
    """The source that first named the number, or that said it was replaced."""


class Objekt(SQLModel, table=True):
    """The random UUID of an object that has none in the standard, kept with what it was given for."""

    source: str = Field(primary_key=True)
    art: str = Field(primary_key=True)
    key: str = Field(primary_key=True)
    objekt: UUID


class Person(Fact, table=True):
    """Civil registration facts of a person (SF1520 persondata)."""

    foedselsdato: date | None = None
    foedselsdato_usikker: bool | None = None
    koen: str | None = None
    """K or M, as registered; says something of the number, not of how to address anyone."""
    status: int | None = None
    """CPR status: 1,3,5,7 bopael; 20; 30; 50; 60; 70 forsvundet; 80 udrejst; 90 doed."""
    statusdato: datetime | None = Field(default=None, sa_type=Instant)
    civilstand: str | None = None
    """U,G,F,E,P,O,L,D."""
    civilstandsdato: datetime | None = Field(default=None, sa_type=Instant)
    statsborgerskab: str | None = None
    stilling: str | None = None
    tilmeldt_digitalpost: bool | None = None


class Navn(Fact, table=True):
    """A name of a person or company, true in its virkning."""

    fornavn: str | None = None
    mellemnavn: str | None = None
    efternavn: str | None = None
    adresseringsnavn: str | None = None
    """The whole name as one text."""


class Adresse(Fact, table=True):
    """Where a person lives or can be reached by post."""

    art: str
    """bopael, kontakt, udland."""
    kommunekode: str | None = None
    vejkode: str | None = None
    vejnavn: str | None = None
    husnummer: str | None = None
    etage: str | None = None
    sidedoer: str | None = None
    bynavn: str | None = None
    postnummer: str | None = None
    postdistrikt: str | None = None
    conavn: str | None = None
    lokalitet: str | None = None
    landekode: str | None = None
    tekst: str | None = None
    """The whole address as one text."""


class Kontaktoplysning(Fact, table=True):
    """A telephone number or e-mail address."""

    art: str
    """telefon, mobil, email."""
    vaerdi: str | None = None


class Beskyttelse(Fact, table=True):
    """Protection in CPR (CPR-loven par. 28), true in its virkning; in force from any source counts."""

    art: str
    """navn_og_adresse, vejviser, markedsfoering."""


class Personrelation(Fact, table=True):
    """Who somebody is to somebody (SF1520 relationer)."""

    relationstype: str
    """aegtefaelle, barn, mor, far, foraeldremyndighed, vaerge."""
    reference: UUID | None = None
    """The other person; empty when only name and birth date are known."""
    navn: str | None = None
    foedselsdato: date | None = None
    kode: str | None = None
    """The vendor's own code (foraeldremyndighedtype, umyndiggorelseRelationType)."""


class Virksomhed(Fact, table=True):
    """A company as a party; one that has ceased has virkning_til."""

    navn: str | None = None
    virksomhedsform: str | None = None
    """Code of its legal form (CVR)."""
    branche: str | None = None
    """Main activity in words, else its code."""
    adresse: str | None = None
    """The official address in one line."""
    telefon: str | None = None
    email: str | None = None
    reklamebeskyttet: bool | None = None
