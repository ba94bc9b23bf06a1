"""Bevilling, BevilgetYdelse and OekonomiskEffektuering (SF1490 v6)."""

from datetime import datetime
from decimal import Decimal
from uuid import UUID

from sqlmodel import Field

from canonical_model.fact import Fact, Instant


class Bevilling(Fact, table=True):
    """Egenskaber of a grant."""

    brugervendt_noegle: str | None = None
    startdato: str | None = None
    """As sent: the contract has these two as free text."""
    slutdato: str | None = None
    begrundelse: str | None = None
    foelsomhed: int | None = None


class BevilgetYdelse(Fact, table=True):
    """One benefit of a Bevilling, with its plan of payment; keyed by ydelse_id and plan_id."""

    ydelse_id: str
    plan_id: str | None = None
    navn: str | None = None
    ydelsesnavn: str | None = None
    startdato: datetime | None = Field(default=None, sa_type=Instant)
    slutdato: datetime | None = Field(default=None, sa_type=Instant)
    begrundelse: str | None = None
    tilbagebetalingspligtig: bool | None = None
    meddelelse: str | None = None
    kle: str | None = None
    klassetitel: str | None = None
    systemnavn: str | None = None
    systemuri: str | None = None
    plan_start: datetime | None = Field(default=None, sa_type=Instant)
    plan_slut: datetime | None = Field(default=None, sa_type=Instant)
    frekvens: str | None = None
    forud_bagud: str | None = None
    dispositionsdag: str | None = None
    beloeb: Decimal | None = None
    """Danish kroner."""
    manuelt_godkendes: bool | None = None
    status: str | None = None
    """The vendor's own state of the benefit, where it has one."""


class Bevillingspart(Fact, table=True):
    """Who a Bevilling is for (ydelsesmodtager, bevillingsmodtager)."""

    rolle: str
    indeks: str | None = None
    type: str | None = None
    part: UUID | None = None
    fuldt_navn: str | None = None
    brugervendt_noegle: str | None = None


class Bevillingsaktoer(Fact, table=True):
    """Who owns and answers for a Bevilling."""

    rolle: str
    indeks: str | None = None
    type: str | None = None
    reference: UUID | None = None
    urn: str | None = None
    brugervendt_noegle: str | None = None
    fuldt_navn: str | None = None
    cvr: str | None = None


class Bevillingssag(Fact, table=True):
    """The Sag that a Bevilling was decided in."""

    rolle: str
    indeks: str | None = None
    reference: UUID | None = None
    brugervendt_noegle: str | None = None
    fuldt_navn: str | None = None


class OekonomiskEffektuering(Fact, table=True):
    """One payment; amounts in Danish kroner."""

    brugervendt_noegle: str | None = None
    startdato: datetime | None = Field(default=None, sa_type=Instant)
    slutdato: datetime | None = Field(default=None, sa_type=Instant)
    bruttobeloeb: Decimal | None = None
    dispositionsdato: datetime | None = Field(default=None, sa_type=Instant)
    beloeb_efter_skat: Decimal | None = None
    beloeb_sendt: Decimal | None = None
    beloeb_udbetalt: Decimal | None = None
    udbetalingsafdeling: str | None = None
    sendt_tekst: str | None = None
    udbetalt_tekst: str | None = None


class Ydelseseffektuering(Fact, table=True):
    """Which BevilgetYdelse a payment pays (OekonomiskYdelseEffektueringRelation); `objekt` is the payment."""

    rolle: str
    indeks: str | None = None
    bevilling: UUID | None = None
    ydelse_id: str | None = None
    periode_start: datetime | None = Field(default=None, sa_type=Instant)
    periode_slut: datetime | None = Field(default=None, sa_type=Instant)
    beloeb: Decimal | None = None
    kle: str | None = None


class Effektueringspart(Fact, table=True):
    """Who is paid."""

    rolle: str
    indeks: str | None = None
    type: str | None = None
    part: UUID | None = None
    fuldt_navn: str | None = None
    brugervendt_noegle: str | None = None


class Effektueringsaktoer(Fact, table=True):
    """Who owns and who pays out a payment."""

    rolle: str
    indeks: str | None = None
    type: str | None = None
    reference: UUID | None = None
    urn: str | None = None
    brugervendt_noegle: str | None = None
    fuldt_navn: str | None = None
    cvr: str | None = None


class Effektueringsitsystem(Fact, table=True):
    """The IT-system that masters or sent a payment."""

    rolle: str
    reference: UUID | None = None
    urn: str | None = None
    systemnavn: str | None = None
    systemuri: str | None = None
