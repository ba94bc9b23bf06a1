"""What Nexus holds of a citizen."""

from dataclasses import dataclass, field
from datetime import date, datetime

from korsbaek.model.person import Adresse, Navn
from korsbaek.model.shared import Fejl


@dataclass
class Forloeb:
    """A Nexus pathway; `sag` is its Sag in the index. `status` ACTIVE|CLOSED."""

    id: int
    navn: str
    status: str
    start: date
    slut: date | None
    sag: str
    aendret: datetime
    fejl: list[Fejl] = field(default_factory=list)


@dataclass
class Indsats:
    """A Nexus grant; `tilstand` Ansoegt|Bevilget|Bestilt|Aendret|Afsluttet|Annulleret|... as the workflow names it."""

    id: int
    forloeb: int
    navn: str
    tilstand: str
    kle: str
    paragraf: str
    leverandoer: str
    beskrivelse: str
    start: date
    slut: date | None
    aendret: datetime
    fejl: list[Fejl] = field(default_factory=list)


@dataclass
class Nexusborger:
    """A patient in Nexus with Nexus's own, sometimes older, idea of name, address, phone and civil status."""

    id: int
    cpr: str
    navn: Navn
    adresse: Adresse | None
    telefon: str
    email: str
    civilstand: str
    beskyttet: bool
    oprettet: datetime
    aendret: datetime
    forloeb: list[Forloeb]
    indsatser: list[Indsats]
    fejl: list[Fejl] = field(default_factory=list)
