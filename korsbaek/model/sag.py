"""Cases, their Registreringer, documents and notes, and who handles them."""

from dataclasses import dataclass, field
from datetime import date, datetime

from korsbaek.model.shared import Aktoer, Fejl, Fremdrift, Part


@dataclass
class Enhed:
    """An organisational unit (UUID as in FK Organisation)."""

    uuid: str
    id: int
    noegle: str
    navn: str
    overordnet: str | None
    telefon: str


@dataclass
class Bruger:
    """A caseworker."""

    uuid: str
    id: int
    logon: str
    navn: str
    enhed: str
    telefon: str
    email: str


@dataclass
class Genstand:
    """What a Sag is about when not a person: `rolle` byggeri|ejendomsskat, `urn` e.g. urn:oio:ejendom:bfe-nr:..."""

    rolle: str
    urn: str
    tekst: str
    indeks: str | None = None


@dataclass
class Relation:
    """From a Sag to another: `rolle` oversag|andre_sager."""

    rolle: str
    sag: str
    indeks: str | None = None


@dataclass
class Journalpost:
    """A document on a Sag: `rolle` tilakteret|vedlagt; `titel` overrides the document's own in this Sag."""

    rolle: str
    indeks: str
    dokument: str
    titel: str | None
    fra: datetime


@dataclass
class Journalnotat:
    """A note on a Sag; `id` is SBSYS's number, `tekst` plain text with line feeds (SBSYS shows it as HTML)."""

    uuid: str
    id: int
    indeks: str
    titel: str
    tekst: str
    skrevet: datetime
    forfatter: str
    forfatter_navn: str
    fejl: list[Fejl] = field(default_factory=list)


@dataclass
class Sagsregistrering:
    """One whole Registrering of a Sag: what the sender said at `tidspunkt` and the index received at `sts`."""

    tidspunkt: datetime
    sts: datetime
    bruger: str
    sagsnummer: str
    titel: str
    titel_offentlig: str | None
    undtaget_hjemmel: str | None
    beskrivelse: str
    hjemmel: str
    kassationskode: str
    kle: str
    kle_titel: str
    handlingsfacet: str
    foelsomhed: str
    sagsstatus: str
    sagskategori: str
    virkning_fra: datetime
    oprettet: datetime
    fremdrift: list[Fremdrift]
    parter: list[Part]
    aktoerer: list[Aktoer]
    genstande: list[Genstand] = field(default_factory=list)
    relationer: list[Relation] = field(default_factory=list)
    journalposter: list[Journalpost] = field(default_factory=list)
    notater: list[Journalnotat] = field(default_factory=list)
    sikkerhedsprofiler: list[str] = field(default_factory=list)
    afleveret: bool | None = None
    principiel: bool | None = None
    lokation: str = ""

    @property
    def status(self) -> str:
        """The newest Fremdrift."""
        return self.fremdrift[-1].status if self.fremdrift else ""


@dataclass
class Sag:
    """A case: the same UUID in the index and in its master system (SBSYS SagIdentity).

    `master` SBSYS|KMD Nexus|KMD Momentum. `indeks`: pushed to SF1470. `sbsys`: SBSYS's Id, None when not there.
    `nexus`: the forloeb id when it came from Nexus. `registreringer` oldest first.
    """

    uuid: str
    nr: int
    master: str
    registreringer: list[Sagsregistrering]
    indeks: bool = True
    sbsys: int | None = None
    nexus: int | None = None
    fejl: list[Fejl] = field(default_factory=list)

    @property
    def nu(self) -> Sagsregistrering:
        """The newest Registrering; its `sts` is also SBSYS's SenestAendret."""
        return self.registreringer[-1]


@dataclass
class Dokument:
    """A document: same UUID in the index (SF1470) and SBSYS (DokumentIdentity); `id` SBSYS's number, `fil` file UUID.

    `type` is the SF1470 document type, `retning` indgaaende|udgaaende|internt. Metadata only.
    """

    uuid: str
    id: int
    sag: str
    nummer: str
    titel: str
    titel_offentlig: str | None
    undtaget_hjemmel: str | None
    beskrivelse: str
    type: str
    retning: str
    brevdato: date
    foelsomhed: str
    kle: str
    kle_titel: str
    filendelse: str
    fil: str
    kassationskode: str
    tidspunkt: datetime
    sts: datetime
    bruger: str
    fremdrift: list[Fremdrift]
    parter: list[Part]
    aktoerer: list[Aktoer]
    version: int = 1
    indeks: bool = True
    sbsys: bool = False
    fejl: list[Fejl] = field(default_factory=list)

    @property
    def status(self) -> str:
        """The newest Fremdrift."""
        return self.fremdrift[-1].status
