"""Drafts of Bevilling, BevilgetYdelse and OekonomiskEffektuering."""

from datetime import datetime
from decimal import Decimal
from typing import ClassVar

from msgspec import UNSET

from canonical_model.draft import Draft, Foelsomhed, Ref, Sent


class BevillingDraft(Draft, kw_only=True, frozen=True, omit_defaults=True):
    """Proposes a row of bevilling."""

    table: ClassVar[str] = "bevilling"
    keys: ClassVar[tuple[str, ...]] = ()

    brugervendt_noegle: Sent[str] = UNSET
    startdato: Sent[str] = UNSET
    slutdato: Sent[str] = UNSET
    begrundelse: Sent[str] = UNSET
    foelsomhed: Sent[Foelsomhed] = UNSET


class BevilgetYdelseDraft(Draft, kw_only=True, frozen=True, omit_defaults=True):
    """Proposes a row of bevilgetydelse."""

    table: ClassVar[str] = "bevilgetydelse"
    keys: ClassVar[tuple[str, ...]] = ("ydelse_id", "plan_id")

    ydelse_id: str
    plan_id: Sent[str] = UNSET
    navn: Sent[str] = UNSET
    ydelsesnavn: Sent[str] = UNSET
    startdato: Sent[datetime] = UNSET
    slutdato: Sent[datetime] = UNSET
    begrundelse: Sent[str] = UNSET
    tilbagebetalingspligtig: Sent[bool] = UNSET
    meddelelse: Sent[str] = UNSET
    kle: Sent[str] = UNSET
    klassetitel: Sent[str] = UNSET
    systemnavn: Sent[str] = UNSET
    systemuri: Sent[str] = UNSET
    plan_start: Sent[datetime] = UNSET
    plan_slut: Sent[datetime] = UNSET
    frekvens: Sent[str] = UNSET
    forud_bagud: Sent[str] = UNSET
    dispositionsdag: Sent[str] = UNSET
    beloeb: Sent[Decimal] = UNSET
    manuelt_godkendes: Sent[bool] = UNSET
    status: Sent[str] = UNSET


class BevillingspartDraft(Draft, kw_only=True, frozen=True, omit_defaults=True):
    """Proposes a row of bevillingspart."""

    table: ClassVar[str] = "bevillingspart"
    keys: ClassVar[tuple[str, ...]] = ("rolle", "indeks")

    rolle: str
    indeks: Sent[str] = UNSET
    type: Sent[str] = UNSET
    part: Sent[Ref] = UNSET
    fuldt_navn: Sent[str] = UNSET
    brugervendt_noegle: Sent[str] = UNSET


class BevillingsaktoerDraft(Draft, kw_only=True, frozen=True, omit_defaults=True):
    """Proposes a row of bevillingsaktoer."""

    table: ClassVar[str] = "bevillingsaktoer"
    keys: ClassVar[tuple[str, ...]] = ("rolle", "indeks")

    rolle: str
    indeks: Sent[str] = UNSET
    type: Sent[str] = UNSET
    reference: Sent[Ref] = UNSET
    urn: Sent[str] = UNSET
    brugervendt_noegle: Sent[str] = UNSET
    fuldt_navn: Sent[str] = UNSET
    cvr: Sent[str] = UNSET


class BevillingssagDraft(Draft, kw_only=True, frozen=True, omit_defaults=True):
    """Proposes a row of bevillingssag."""

    table: ClassVar[str] = "bevillingssag"
    keys: ClassVar[tuple[str, ...]] = ("rolle", "indeks")

    rolle: str
    indeks: Sent[str] = UNSET
    reference: Sent[Ref] = UNSET
    brugervendt_noegle: Sent[str] = UNSET
    fuldt_navn: Sent[str] = UNSET


class OekonomiskEffektueringDraft(Draft, kw_only=True, frozen=True, omit_defaults=True):
    """Proposes a row of oekonomiskeffektuering."""

    table: ClassVar[str] = "oekonomiskeffektuering"
    keys: ClassVar[tuple[str, ...]] = ()

    brugervendt_noegle: Sent[str] = UNSET
    startdato: Sent[datetime] = UNSET
    slutdato: Sent[datetime] = UNSET
    bruttobeloeb: Sent[Decimal] = UNSET
    dispositionsdato: Sent[datetime] = UNSET
    beloeb_efter_skat: Sent[Decimal] = UNSET
    beloeb_sendt: Sent[Decimal] = UNSET
    beloeb_udbetalt: Sent[Decimal] = UNSET
    udbetalingsafdeling: Sent[str] = UNSET
    sendt_tekst: Sent[str] = UNSET
    udbetalt_tekst: Sent[str] = UNSET


class YdelseseffektueringDraft(Draft, kw_only=True, frozen=True, omit_defaults=True):
    """Proposes a row of ydelseseffektuering."""

    table: ClassVar[str] = "ydelseseffektuering"
    keys: ClassVar[tuple[str, ...]] = ("rolle", "indeks", "bevilling", "ydelse_id")

    rolle: str
    indeks: Sent[str] = UNSET
    bevilling: Sent[Ref] = UNSET
    ydelse_id: Sent[str] = UNSET
    periode_start: Sent[datetime] = UNSET
    periode_slut: Sent[datetime] = UNSET
    beloeb: Sent[Decimal] = UNSET
    kle: Sent[str] = UNSET


class EffektueringspartDraft(Draft, kw_only=True, frozen=True, omit_defaults=True):
    """Proposes a row of effektueringspart."""

    table: ClassVar[str] = "effektueringspart"
    keys: ClassVar[tuple[str, ...]] = ("rolle", "indeks")

    rolle: str
    indeks: Sent[str] = UNSET
    type: Sent[str] = UNSET
    part: Sent[Ref] = UNSET
    fuldt_navn: Sent[str] = UNSET
    brugervendt_noegle: Sent[str] = UNSET


class EffektueringsaktoerDraft(Draft, kw_only=True, frozen=True, omit_defaults=True):
    """Proposes a row of effektueringsaktoer."""

    table: ClassVar[str] = "effektueringsaktoer"
    keys: ClassVar[tuple[str, ...]] = ("rolle", "indeks")

    rolle: str
    indeks: Sent[str] = UNSET
    type: Sent[str] = UNSET
    reference: Sent[Ref] = UNSET
    urn: Sent[str] = UNSET
    brugervendt_noegle: Sent[str] = UNSET
    fuldt_navn: Sent[str] = UNSET
    cvr: Sent[str] = UNSET


class EffektueringsitsystemDraft(Draft, kw_only=True, frozen=True, omit_defaults=True):
    """Proposes a row of effektueringsitsystem."""

    table: ClassVar[str] = "effektueringsitsystem"
    keys: ClassVar[tuple[str, ...]] = ("rolle",)

    rolle: str
    reference: Sent[Ref] = UNSET
    urn: Sent[str] = UNSET
    systemnavn: Sent[str] = UNSET
    systemuri: Sent[str] = UNSET
