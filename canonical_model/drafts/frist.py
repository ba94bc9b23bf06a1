"""Draft of a deadline or task."""

from datetime import date
from typing import ClassVar

from msgspec import UNSET

from canonical_model.draft import Draft, Sent


class FristDraft(Draft, kw_only=True, frozen=True, omit_defaults=True):
    """Proposes a row of frist; `objekt` is the Sag."""

    table: ClassVar[str] = "frist"
    keys: ClassVar[tuple[str, ...]] = ("art", "indeks")

    art: str
    indeks: Sent[str] = UNSET
    titel: Sent[str] = UNSET
    beskrivelse: Sent[str] = UNSET
    fristdato: Sent[date] = UNSET
    tilstand: Sent[str] = UNSET
    venter_paa: Sent[str] = UNSET
    ansvarlig: Sent[str] = UNSET
