"""What every kind of record in the town shares: faults, periods, parties, actors, states."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass
class Fejl:
    """A malformed field of one record as one stream shows it; `slags` is the kind's name in the ledger."""

    system: str
    stream: str
    slags: str
    felt: str
    vaerdi: str | None = None


@dataclass
class Periode:
    """From a day, to a day (exclusive) or still."""

    fra: date
    til: date | None = None


@dataclass
class Part:
    """A party: `rolle` primaer|sekundaer|ydelsesmodtager, `art` cpr|cvr|personid|navn, `nummer` "" when art is navn."""

    rolle: str
    art: str
    nummer: str
    navn: str
    fra: datetime
    til: datetime | None = None
    indeks: str | None = None


@dataclass
class Aktoer:
    """Who handles: `rolle` ejer|ansvarlig|primaer_behandler|andre_behandlere|udbetalende_enhed.

    `type` Organisation|OrganisationEnhed|Bruger. `uuid` or, for the owner, only the CVR (URN).
    `aktoertypekode` is the one in the Virkning: ItSystem, or older Organisation.
    """

    rolle: str
    type: str
    uuid: str | None
    noegle: str
    navn: str
    cvr: str
    fra: datetime
    til: datetime | None = None
    indeks: str | None = None
    aktoertypekode: str = "ItSystem"


@dataclass
class Fremdrift:
    """A state of a Sag (Opstaaet|Oplyst|Afgjort|Afsluttet) or a Dokument (Modtaget|Underudarbejdelse|Endeligt|...)."""

    status: str
    fra: datetime
    til: datetime | None = None
