"""Dokument and its relations (SF1470 v6, DokumentIndeks.xsd); metadata only, never the file."""

from datetime import date
from uuid import UUID

from canonical_model.fact import Fact


class Dokument(Fact, table=True):
    """Egenskaber of a Dokument."""

    brugervendt_noegle: str | None = None
    dokumentnummer: str | None = None
    titel: str | None = None
    titel_offentlig: str | None = None
    offentlighed_hjemmel: str | None = None
    beskrivelse: str | None = None
    brevdato: date | None = None
    version: int | None = None
    underversion: int | None = None
    kassationskode: str | None = None
    foelsomhed: int | None = None
    type: str | None = None
    """indgaaende, udgaaende, internt_notat, eksternt_notat, faktura, rapport, dagsorden, plan, andet, brev."""
    filendelse: str | None = None


class Dokumentfremdrift(Fact, table=True):
    """Modtaget, Fordelt, Underudarbejdelse, Underreview, Publiceret, Endeligt, Afleveret."""

    status: str | None = None


class Dokumentpart(Fact, table=True):
    """A party of a Dokument (parter, kopiparter)."""

    rolle: str
    indeks: str | None = None
    type: str | None = None
    part: UUID | None = None
    fuldt_navn: str | None = None
    brugervendt_noegle: str | None = None


class Dokumentaktoer(Fact, table=True):
    """Who owns, answers for or works on a Dokument."""

    rolle: str
    indeks: str | None = None
    type: str | None = None
    reference: UUID | None = None
    urn: str | None = None
    brugervendt_noegle: str | None = None
    fuldt_navn: str | None = None
    cvr: str | None = None


class Dokumentklasse(Fact, table=True):
    """A classification of a Dokument."""

    rolle: str
    indeks: str | None = None
    reference: UUID | None = None
    urn: str | None = None
    brugervendt_noegle: str | None = None
    klassetitel: str | None = None


class Dokumentrelation(Fact, table=True):
    """A Dokument's relation to another (bilag, besvarelser, ...)."""

    rolle: str
    indeks: str | None = None
    reference: UUID | None = None
