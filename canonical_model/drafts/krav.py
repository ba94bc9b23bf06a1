"""Draft of a claim."""

from datetime import date
from decimal import Decimal
from typing import ClassVar

from msgspec import UNSET

from canonical_model.draft import Draft, Ref, Sent


class KravDraft(Draft, kw_only=True, frozen=True, omit_defaults=True):
    """Proposes a row of krav."""

    table: ClassVar[str] = "krav"
    keys: ClassVar[tuple[str, ...]] = ()

    part: Sent[Ref] = UNSET
    fuldt_navn: Sent[str] = UNSET
    brugervendt_noegle: Sent[str] = UNSET
    art: Sent[str] = UNSET
    titel: Sent[str] = UNSET
    beloeb: Sent[Decimal] = UNSET
    restbeloeb: Sent[Decimal] = UNSET
    stiftelsesdato: Sent[date] = UNSET
    forfaldsdato: Sent[date] = UNSET
    tilstand: Sent[str] = UNSET
    kle: Sent[str] = UNSET
