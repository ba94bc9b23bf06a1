"""Drafts of Ejendom."""

from typing import ClassVar

from msgspec import UNSET

from canonical_model.draft import Draft, Sent


class EjendomDraft(Draft, kw_only=True, frozen=True, omit_defaults=True):
    """Proposes a row of ejendom; `objekt` is the property."""

    table: ClassVar[str] = "ejendom"
    keys: ClassVar[tuple[str, ...]] = ("art", "indeks")

    art: str
    indeks: Sent[str] = UNSET
    bfe_nummer: Sent[str] = UNSET
    matrikelnummer: Sent[str] = UNSET
    ejerlavskode: Sent[str] = UNSET
    ejerlavsnavn: Sent[str] = UNSET
    areal: Sent[int] = UNSET
    vejnavn: Sent[str] = UNSET
    husnummer: Sent[str] = UNSET
    postnummer: Sent[str] = UNSET
    postdistrikt: Sent[str] = UNSET
