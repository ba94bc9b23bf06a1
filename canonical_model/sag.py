"""Sag and what hangs on it (SF1470 v6, Sag.xsd and SagIndeks.xsd)."""

from datetime import datetime
from uuid import UUID

from sqlmodel import Field

from canonical_model.fact import Fact, Instant, TextList


class Sag(Fact, table=True):
    """Egenskaber of a Sag. `titel` is the real title, `titel_offentlig` the one that may be shown to anybody."""

    brugervendt_noegle: str | None = None
    sagsnummer: str | None = None
    titel: str | None = None
    titel_offentlig: str | None = None
    offentlighed_hjemmel: str | None = None
    beskrivelse: str | None = None
    hjemmel: str | None = None
    kassationskode: str | None = None
    afleveret: bool | None = None
    principiel: bool | None = None


class Sagindeks(Fact, table=True):
    """SagIndeksEgenskaber: what the index adds, the sensitivity first of all."""

    sagsstatus: str | None = None
    sagskategori: str | None = None
    foelsomhed: int | None = None
    lokation: str | None = None
    oprettet: datetime | None = Field(default=None, sa_type=Instant)


class Fremdrift(Fact, table=True):
    """A step of a Sag: Opstaaet, Oplyst, Afgjort, Afsluttet (v5 also Bestilt, Udfoert)."""

    status: str | None = None


class Sagspart(Fact, table=True):
    """A party of a Sag. Keyed by rolle and indeks."""

    rolle: str
    """primaer_part, sekundaer_part, ydelsesmodtager, or the role's UUID."""
    indeks: str | None = None
    type: str | None = None
    """person or virksomhed."""
    part: UUID | None = None
    fuldt_navn: str | None = None
    brugervendt_noegle: str | None = None


class Sagsaktoer(Fact, table=True):
    """Who owns, answers for or works on a Sag."""

    rolle: str
    """ejer, ansvarlig, primaer_behandler, andre_behandlere, udlaant_til, bopaelskommune, or the role's UUID."""
    indeks: str | None = None
    type: str | None = None
    """organisation, organisationenhed, bruger, organisationfunktion, interessefaellesskab, itsystem."""
    reference: UUID | None = None
    urn: str | None = None
    brugervendt_noegle: str | None = None
    fuldt_navn: str | None = None
    cvr: str | None = None


class Sagsklasse(Fact, table=True):
    """A classification of a Sag: KLE emne, handlingsfacet and others."""

    rolle: str
    """primaer_klasse, handlingsklasse, opgaveklasse, ydelsesklasse, ..., or the role's UUID."""
    indeks: str | None = None
    reference: UUID | None = None
    urn: str | None = None
    brugervendt_noegle: str | None = None
    """KLE number nn.nn.nn or facet."""
    klassetitel: str | None = None
    facettitel: str | None = None
    soegeord: list[str] | None = Field(default=None, sa_type=TextList)


class Sagsrelation(Fact, table=True):
    """A Sag's relation to another Sag."""

    rolle: str
    """oversag, praecedens, andre_sager, or the role's UUID."""
    indeks: str | None = None
    reference: UUID | None = None


class Sagsgenstand(Fact, table=True):
    """What a Sag is about, when that is a thing: a building, a vehicle."""

    rolle: str
    indeks: str | None = None
    type: str | None = None
    reference: UUID | None = None
    urn: str | None = None
    tekst: str | None = None


class Sagsitsystem(Fact, table=True):
    """The IT-system that masters or sent a Sag (SagsitsystemRelation)."""

    rolle: str
    """master or afsender."""
    reference: UUID | None = None
    urn: str | None = None
    systemnavn: str | None = None
    systemuri: str | None = None


class Sikkerhedsprofil(Fact, table=True):
    """A positive list that the reader must be on; several are ANDed. For Sag, Dokument and Bevilling."""

    rolle: str
    indeks: str | None = None
    reference: UUID | None = None
    urn: str | None = None


class Journalpost(Fact, table=True):
    """A document's place in a Sag."""

    rolle: str
    """tilakteret, vedlagt, or the role's UUID."""
    indeks: str | None = None
    dokument: UUID | None = None
    dokumenttitel: str | None = None
    """Overrides the document's own title in this Sag; the real one."""
    titel_offentlig: str | None = None
    offentlighed_hjemmel: str | None = None


class Journalnotat(Fact, table=True):
    """A note on a Sag; `objekt` is the Sag."""

    indeks: str | None = None
    titel: str | None = None
    notat: str | None = None
    """Plain text, or HTML as `format` says; never shown unescaped."""
    format: str | None = None
    skrevet: datetime | None = Field(default=None, sa_type=Instant)
    forfatter: str | None = None
