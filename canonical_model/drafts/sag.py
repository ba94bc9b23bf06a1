"""Drafts of Sag and what hangs on it."""

from datetime import datetime
from typing import ClassVar

from msgspec import UNSET

from canonical_model.draft import Draft, Foelsomhed, Ref, Sent


class SagDraft(Draft, kw_only=True, frozen=True, omit_defaults=True):
    """Proposes a row of sag."""

    table: ClassVar[str] = "sag"
    keys: ClassVar[tuple[str, ...]] = ()

    brugervendt_noegle: Sent[str] = UNSET
    sagsnummer: Sent[str] = UNSET
    titel: Sent[str] = UNSET
    titel_offentlig: Sent[str] = UNSET
    offentlighed_hjemmel: Sent[str] = UNSET
    beskrivelse: Sent[str] = UNSET
    hjemmel: Sent[str] = UNSET
    kassationskode: Sent[str] = UNSET
    afleveret: Sent[bool] = UNSET
    principiel: Sent[bool] = UNSET


class SagindeksDraft(Draft, kw_only=True, frozen=True, omit_defaults=True):
    """Proposes a row of sagindeks."""

    table: ClassVar[str] = "sagindeks"
    keys: ClassVar[tuple[str, ...]] = ()

    sagsstatus: Sent[str] = UNSET
    sagskategori: Sent[str] = UNSET
    foelsomhed: Sent[Foelsomhed] = UNSET
    lokation: Sent[str] = UNSET
    oprettet: Sent[datetime] = UNSET


class FremdriftDraft(Draft, kw_only=True, frozen=True, omit_defaults=True):
    """Proposes a row of fremdrift."""

    table: ClassVar[str] = "fremdrift"
    keys: ClassVar[tuple[str, ...]] = ("status",)

    status: Sent[str] = UNSET


class SagspartDraft(Draft, kw_only=True, frozen=True, omit_defaults=True):
    """Proposes a row of sagspart."""

    table: ClassVar[str] = "sagspart"
    keys: ClassVar[tuple[str, ...]] = ("rolle", "indeks")

    rolle: str
    indeks: Sent[str] = UNSET
    type: Sent[str] = UNSET
    part: Sent[Ref] = UNSET
    fuldt_navn: Sent[str] = UNSET
    brugervendt_noegle: Sent[str] = UNSET


class SagsaktoerDraft(Draft, kw_only=True, frozen=True, omit_defaults=True):
    """Proposes a row of sagsaktoer."""

    table: ClassVar[str] = "sagsaktoer"
    keys: ClassVar[tuple[str, ...]] = ("rolle", "indeks")

    rolle: str
    indeks: Sent[str] = UNSET
    type: Sent[str] = UNSET
    reference: Sent[Ref] = UNSET
    urn: Sent[str] = UNSET
    brugervendt_noegle: Sent[str] = UNSET
    fuldt_navn: Sent[str] = UNSET
    cvr: Sent[str] = UNSET


class SagsklasseDraft(Draft, kw_only=True, frozen=True, omit_defaults=True):
    """Proposes a row of sagsklasse."""

    table: ClassVar[str] = "sagsklasse"
    keys: ClassVar[tuple[str, ...]] = ("rolle", "indeks")

    rolle: str
    indeks: Sent[str] = UNSET
    reference: Sent[Ref] = UNSET
    urn: Sent[str] = UNSET
    brugervendt_noegle: Sent[str] = UNSET
    klassetitel: Sent[str] = UNSET
    facettitel: Sent[str] = UNSET
    soegeord: Sent[list[str]] = UNSET


class SagsrelationDraft(Draft, kw_only=True, frozen=True, omit_defaults=True):
    """Proposes a row of sagsrelation."""

    table: ClassVar[str] = "sagsrelation"
    keys: ClassVar[tuple[str, ...]] = ("rolle", "indeks")

    rolle: str
    indeks: Sent[str] = UNSET
    reference: Sent[Ref] = UNSET


class SagsgenstandDraft(Draft, kw_only=True, frozen=True, omit_defaults=True):
    """Proposes a row of sagsgenstand."""

    table: ClassVar[str] = "sagsgenstand"
    keys: ClassVar[tuple[str, ...]] = ("rolle", "indeks")

    rolle: str
    indeks: Sent[str] = UNSET
    type: Sent[str] = UNSET
    reference: Sent[Ref] = UNSET
    urn: Sent[str] = UNSET
    tekst: Sent[str] = UNSET


class SagsitsystemDraft(Draft, kw_only=True, frozen=True, omit_defaults=True):
    """Proposes a row of sagsitsystem."""

    table: ClassVar[str] = "sagsitsystem"
    keys: ClassVar[tuple[str, ...]] = ("rolle",)

    rolle: str
    reference: Sent[Ref] = UNSET
    urn: Sent[str] = UNSET
    systemnavn: Sent[str] = UNSET
    systemuri: Sent[str] = UNSET


class SikkerhedsprofilDraft(Draft, kw_only=True, frozen=True, omit_defaults=True):
    """Proposes a row of sikkerhedsprofil."""

    table: ClassVar[str] = "sikkerhedsprofil"
    keys: ClassVar[tuple[str, ...]] = ("rolle", "indeks")

    rolle: str
    indeks: Sent[str] = UNSET
    reference: Sent[Ref] = UNSET
    urn: Sent[str] = UNSET


class JournalpostDraft(Draft, kw_only=True, frozen=True, omit_defaults=True):
    """Proposes a row of journalpost."""

    table: ClassVar[str] = "journalpost"
    keys: ClassVar[tuple[str, ...]] = ("rolle", "indeks")

    rolle: str
    indeks: Sent[str] = UNSET
    dokument: Sent[Ref] = UNSET
    dokumenttitel: Sent[str] = UNSET
    titel_offentlig: Sent[str] = UNSET
    offentlighed_hjemmel: Sent[str] = UNSET


class JournalnotatDraft(Draft, kw_only=True, frozen=True, omit_defaults=True):
    """Proposes a row of journalnotat."""

    table: ClassVar[str] = "journalnotat"
    keys: ClassVar[tuple[str, ...]] = ("indeks",)

    indeks: Sent[str] = UNSET
    titel: Sent[str] = UNSET
    notat: Sent[str] = UNSET
    format: Sent[str] = UNSET
    skrevet: Sent[datetime] = UNSET
    forfatter: Sent[str] = UNSET
