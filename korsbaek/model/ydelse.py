"""Grants and payments."""

from dataclasses import dataclass, field
from datetime import date, datetime

from korsbaek.model.shared import Aktoer, Fejl, Part


@dataclass
class Plan:
    """An OekonomiskEffektueringsplan; `beloeb` is text as BeloebType ("1234.50")."""

    id: str
    start: date
    slut: date | None
    frekvens: str
    forud_bagud: str
    dispositionsdag: str
    beloeb: str


@dataclass
class BevilgetYdelse:
    """A benefit granted within a Bevilling."""

    id: str
    navn: str
    ydelse: str
    kle: str
    kle_titel: str
    start: date
    slut: date | None
    begrundelse: str
    tilbagebetalingspligtig: bool | None
    planer: list[Plan]


@dataclass
class Bevilling:
    """A grant in Ydelsesindeks; `startdato`/`slutdato` are free text in the contract (an ISO date when well-formed)."""

    uuid: str
    nr: int
    noegle: str
    startdato: str
    slutdato: str
    begrundelse: str
    foelsomhed: str
    sag: str | None
    sagsnummer: str | None
    parter: list[Part]
    aktoerer: list[Aktoer]
    ydelser: list[BevilgetYdelse]
    virkning_fra: datetime
    tidspunkt: datetime
    sts: datetime
    bruger: str
    systemnavn: str = "KMD Aktiv"
    fejl: list[Fejl] = field(default_factory=list)


@dataclass
class Effektuering:
    """A payment, past (`udbetalt` set) or planned; its party's rolle is effektueringsmodtager.

    Amounts are text (BeloebType).
    """

    uuid: str
    nr: int
    noegle: str
    bevilling: str
    ydelse: str
    kle: str
    start: date
    slut: date
    brutto: str
    efter_skat: str
    sendt: str | None
    udbetalt: str | None
    dispositionsdato: date
    afdeling: str
    parter: list[Part]
    aktoerer: list[Aktoer]
    virkning_fra: datetime
    tidspunkt: datetime
    sts: datetime
    bruger: str
    systemnavn: str = "KMD Aktiv"
    fejl: list[Fejl] = field(default_factory=list)
