"""Drafts of Dokument."""

from datetime import date
from typing import ClassVar

from msgspec import UNSET

from canonical_model.draft import Draft, Foelsomhed, Ref, Sent


class DokumentDraft(Draft, kw_only=True, frozen=True, omit_defaults=True):
    """Proposes a row of dokument."""

    table: ClassVar[str] = "dokument"
    keys: ClassVar[tuple[str, ...]] = ()

    brugervendt_noegle: Sent[str] = UNSET
    dokumentnummer: Sent[str] = UNSET
    titel: Sent[str] = UNSET
    titel_offentlig: Sent[str] = UNSET
    offentlighed_hjemmel: Sent[str] = UNSET
    beskrivelse: Sent[str] = UNSET
    brevdato: Sent[date] = UNSET
    version: Sent[int] = UNSET
    underversion: Sent[int] = UNSET
    kassationskode: Sent[str] = UNSET
    foelsomhed: Sent[Foelsomhed] = UNSET
    type: Sent[str] = UNSET
    filendelse: Sent[str] = UNSET


class DokumentfremdriftDraft(Draft, kw_only=True, frozen=True, omit_defaults=True):
    """Proposes a row of dokumentfremdrift."""

    table: ClassVar[str] = "dokumentfremdrift"
    keys: ClassVar[tuple[str, ...]] = ("status",)

    status: Sent[str] = UNSET


class DokumentpartDraft(Draft, kw_only=True, frozen=True, omit_defaults=True):
    """Proposes a row of dokumentpart."""

    table: ClassVar[str] = "dokumentpart"
    keys: ClassVar[tuple[str, ...]] = ("rolle", "indeks")

    rolle: str
    indeks: Sent[str] = UNSET
    type: Sent[str] = UNSET
    part: Sent[Ref] = UNSET
    fuldt_navn: Sent[str] = UNSET
    brugervendt_noegle: Sent[str] = UNSET


class DokumentaktoerDraft(Draft, kw_only=True, frozen=True, omit_defaults=True):
    """Proposes a row of dokumentaktoer."""

    table: ClassVar[str] = "dokumentaktoer"
    keys: ClassVar[tuple[str, ...]] = ("rolle", "indeks")

    rolle: str
    indeks: Sent[str] = UNSET
    type: Sent[str] = UNSET
    reference: Sent[Ref] = UNSET
    urn: Sent[str] = UNSET
    brugervendt_noegle: Sent[str] = UNSET
    fuldt_navn: Sent[str] = UNSET
    cvr: Sent[str] = UNSET


class DokumentklasseDraft(Draft, kw_only=True, frozen=True, omit_defaults=True):
    """Proposes a row of dokumentklasse."""

    table: ClassVar[str] = "dokumentklasse"
    keys: ClassVar[tuple[str, ...]] = ("rolle", "indeks")

    rolle: str
    indeks: Sent[str] = UNSET
    reference: Sent[Ref] = UNSET
    urn: Sent[str] = UNSET
    brugervendt_noegle: Sent[str] = UNSET
    klassetitel: Sent[str] = UNSET


class DokumentrelationDraft(Draft, kw_only=True, frozen=True, omit_defaults=True):
    """Proposes a row of dokumentrelation."""

    table: ClassVar[str] = "dokumentrelation"
    keys: ClassVar[tuple[str, ...]] = ("rolle", "indeks")

    rolle: str
    indeks: Sent[str] = UNSET
    reference: Sent[Ref] = UNSET
