"""The parts that views are made of: who, cases, documents, money, events, relations."""

from datetime import date, datetime
from decimal import Decimal
from typing import Literal
from uuid import UUID

from pydantic import BaseModel

from caseworker.provenance import Felt

FOELSOMHED = {1: "Ikke fortrolig", 2: "Fortrolig", 3: "Følsom", 4: "VIP"}
HANDLINGER = {
    "search": "fundet i en søgning", "open": "åbnet", "timeline": "tidslinje åbnet", "sag": "sag åbnet",
    "relation": "vist sammen med en anden", "address": "adresse vist", "anmodning": "bedt hentet igen",
}  # fmt: skip
TRIN = ("Modtaget", "Oplyses", "Afgjort", "Afsluttet")

Art = Literal["sag", "ydelse", "dok", "notat", "data"]


class Hvem(BaseModel):
    """Who the citizen is. A protected address is never here."""

    uuid: UUID
    navn: Felt
    tidligere_navne: list[str] = []
    cpr: str | None = None
    tidligere_cpr: list[str] = []
    foedselsdato: date | None = None
    alder: int | None = None
    civilstand: Felt
    statsborgerskab: str | None = None
    status: str | None = None
    """Words for a CPR status that a caseworker must know of; empty for an ordinary resident."""
    doed: bool = False
    doedsdato: date | None = None
    beskyttet: bool = False
    beskyttet_til: date | None = None
    adresse: Felt | None = None
    telefon: Felt
    email: Felt
    digital_post: Felt = Felt()
    """Whether letters reach the citizen digitally, in words; empty when no source says."""
    tilbageholdt: list[str] = []
    """Fields that a source refused to hand out."""


class Trin(BaseModel):
    """A step of a case."""

    status: str
    trin: int
    fra: datetime | None = None


class Sagskort(BaseModel):
    """A case in one line, merged over the sources that know it."""

    uuid: UUID
    titel: Felt
    sagsnummer: str | None = None
    kle: str | None = None
    kle_titel: str | None = None
    kle_udgaaet: bool = False
    """The number is retired."""
    kle_nu: str | None = None
    """The number that took a retired one's place."""
    foelsomhed: int
    aaben: bool = True
    trin: int = 0
    forloeb: list[Trin] = []
    afsluttet: date | None = None
    ansvarlig: Felt
    ansvarlig_telefon: str | None = None
    behandler: Felt
    behandler_telefon: str | None = None
    fagsystem: Felt = Felt()
    """The system that masters the case, as the one says who tells of it: an index names the one it has it from."""
    kilder: list[str] = []
    deep_link: str | None = None

    @property
    def gennem_indeks(self) -> str | None:
        """Where a case comes from that only an index tells of: "DUBU gennem Sags- og Dokumentindekset"."""
        said = self.fagsystem
        known = said.vaerdi and said.kilde and len(self.kilder) == 1
        return f"{said.vaerdi} gennem {said.kilde.kilde_navn}" if known and said.kilde else None

    @property
    def foelsomhed_tekst(self) -> str:
        """The sensitivity in Danish."""
        return FOELSOMHED.get(self.foelsomhed, "VIP")


class Notat(BaseModel):
    """A note on a case, as plain text."""

    sag: UUID
    titel: str | None = None
    tekst: str | None = None
    skrevet: datetime | None = None
    forfatter: str | None = None
    kilde: str


class Frist(BaseModel):
    """A deadline or task on a case."""

    sag: UUID
    titel: str
    tekst: str | None = None
    dato: date | None = None
    aaben: bool = True
    i_bero: bool = False
    """The time does not run."""
    overskredet: bool = False
    venter_paa: str | None = None
    """myndighed or ansoeger."""
    ansvarlig: str | None = None
    kilder: list[str] = []

    @property
    def tilstand_tekst(self) -> str:
        """How it stands, in Danish."""
        if not self.aaben:
            return "Afsluttet"
        if self.i_bero:
            return "Sat i bero"
        waits = "Venter på ansøger" if self.venter_paa == "ansoeger" else "Åben"
        return f"{waits}, overskredet" if self.overskredet else waits


class Dokumentkort(BaseModel):
    """A document's metadata; the file stays in its system."""

    uuid: UUID
    titel: Felt
    dato: date | None = None
    type: str | None = None
    filendelse: str | None = None
    sag: UUID | None = None
    sagsnummer: str | None = None
    kle: str | None = None
    kilder: list[str] = []


class Ydelse(BaseModel):
    """A granted benefit; two systems' words on the same one are one line."""

    bevilling: UUID
    ydelse_id: str
    navn: str
    fra: datetime | None = None
    til: datetime | None = None
    beloeb: Decimal | None = None
    frekvens: str | None = None
    status: str | None = None
    loebende: bool = True
    kle: str | None = None
    sag: UUID | None = None
    kilder: list[str] = []


class Udbetaling(BaseModel):
    """A payment, past or planned, in Danish kroner."""

    uuid: UUID
    navn: str
    dato: datetime | None = None
    beloeb: Decimal | None = None
    kommende: bool = False
    kle: str | None = None
    kilder: list[str] = []


class Haendelse(BaseModel):
    """Something that happened, in any system."""

    tid: datetime
    art: Art
    tekst: str
    kilde: str
    kle: str | None = None
    objekt: UUID | None = None


class Relation(BaseModel):
    """Somebody of the family; never with an address."""

    relation: str
    navn: str | None = None
    person: UUID | None = None
    """Set when the hub knows the person; opening it is a new lookup with its own purpose."""
    alder: int | None = None
    beskyttet: bool = False
    kilde: str


class Kontakt(BaseModel):
    """Whom to call about the citizen."""

    navn: str
    enhed: str | None = None
    telefon: str | None = None
    rolle: str


class Afvigelse(BaseModel):
    """Sources that disagree: what is shown, what lost, and by which rule."""

    felt: str
    vist: str
    vist_kilde: str
    anden: str
    anden_kilde: str
    regel: str


class Opslagslinje(BaseModel):
    """Somebody looked."""

    tid: datetime
    navn: str
    enhed: str
    handling: str
    formaal: str

    @property
    def handling_tekst(self) -> str:
        """What was done, in Danish: found is told apart from opened."""
        return HANDLINGER.get(self.handling, "vist")


class Skjult(BaseModel):
    """How many objects the caseworker's role does not show; objects of level 4 are never counted."""

    sager: int = 0
    dokumenter: int = 0
    bevillinger: int = 0
    effektueringer: int = 0
    krav: int = 0

    @property
    def ialt(self) -> int:
        """All of them."""
        return self.sager + self.dokumenter + self.bevillinger + self.effektueringer + self.krav
