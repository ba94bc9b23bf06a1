"""People as the CPR register knows them, and companies."""

from dataclasses import dataclass, field
from datetime import date

from korsbaek.model.shared import Fejl, Periode


@dataclass
class Navn:
    """A dated name; `adresseringsnavn` is what a letter says."""

    fra: date
    til: date | None
    fornavn: str
    mellemnavn: str
    efternavn: str

    @property
    def fuldt(self) -> str:
        """Fornavn Mellemnavn Efternavn."""
        return " ".join(part for part in (self.fornavn, self.mellemnavn, self.efternavn) if part)


@dataclass
class Adresse:
    """A dated address; `husnummer` as CPR writes it ("012A"), `etage` "", "ST", "1"..., `doer` "", "TV", "TH", "MF"."""

    fra: date
    til: date | None
    kommunekode: str
    vejkode: str
    vejnavn: str
    husnummer: str
    etage: str
    doer: str
    postnummer: str
    by: str

    @property
    def linje(self) -> str:
        """The street line as a letter has it: "Nørregade 12A, 1. tv"."""
        line = f"{self.vejnavn} {self.husnummer.lstrip('0')}"
        if not self.etage:
            return line
        floor = "st" if self.etage == "ST" else self.etage
        return f"{line}, {floor}. {self.doer.lower()}".rstrip()


@dataclass
class TidligereCpr:
    """A CPR number that the person had until `til`."""

    cpr: str
    fra: date
    til: date


@dataclass
class Relativ:
    """A relative: `cpr` when the person is in the CPR register, else only a name and a birthday."""

    cpr: str | None
    navn: str
    foedt: date | None = None


@dataclass
class Person:
    """A citizen as the CPR register knows them. `nr` is the town's own number and never on a wire."""

    nr: int
    cpr: str
    koen: str
    foedt: date
    navne: list[Navn]
    adresser: list[Adresse]
    status: int
    statusdato: date
    civilstand: str
    civilstandsdato: date
    tidligere: list[TidligereCpr] = field(default_factory=list)
    aegtefaelle: Relativ | None = None
    boern: list[Relativ] = field(default_factory=list)
    mor: Relativ | None = None
    far: Relativ | None = None
    foraeldremyndighed: list[tuple[str, str]] = field(default_factory=list)
    beskyttelser: list[Periode] = field(default_factory=list)
    telefon: str = ""
    email: str = ""
    digital_post: bool = True
    stilling: str = ""
    udrejst: Periode | None = None
    udrejseland: str = ""
    fejl: list[Fejl] = field(default_factory=list)

    @property
    def navn(self) -> Navn:
        """The current name."""
        return self.navne[-1]

    @property
    def adresse(self) -> Adresse | None:
        """The current address, None for the dead and the emigrated."""
        return self.adresser[-1] if self.adresser and self.adresser[-1].til is None else None

    @property
    def beskyttelse(self) -> Periode | None:
        """The running name-and-address protection."""
        return next((p for p in self.beskyttelser if p.til is None), None)


@dataclass
class Virksomhed:
    """A company that is a party (invented CVR)."""

    cvr: str
    navn: str
