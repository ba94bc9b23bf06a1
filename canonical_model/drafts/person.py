"""Drafts of Person and Virksomhed."""

from datetime import date, datetime
from typing import ClassVar

from msgspec import UNSET

from canonical_model.draft import Draft, Ref, Sent


class PersonDraft(Draft, kw_only=True, frozen=True, omit_defaults=True):
    """Proposes a row of person."""

    table: ClassVar[str] = "person"
    keys: ClassVar[tuple[str, ...]] = ()

    foedselsdato: Sent[date] = UNSET
    foedselsdato_usikker: Sent[bool] = UNSET
    koen: Sent[str] = UNSET
    status: Sent[int] = UNSET
    statusdato: Sent[datetime] = UNSET
    civilstand: Sent[str] = UNSET
    civilstandsdato: Sent[datetime] = UNSET
    statsborgerskab: Sent[str] = UNSET
    stilling: Sent[str] = UNSET
    tilmeldt_digitalpost: Sent[bool] = UNSET


class NavnDraft(Draft, kw_only=True, frozen=True, omit_defaults=True):
    """Proposes a row of navn."""

    table: ClassVar[str] = "navn"
    keys: ClassVar[tuple[str, ...]] = ()

    fornavn: Sent[str] = UNSET
    mellemnavn: Sent[str] = UNSET
    efternavn: Sent[str] = UNSET
    adresseringsnavn: Sent[str] = UNSET


class AdresseDraft(Draft, kw_only=True, frozen=True, omit_defaults=True):
    """Proposes a row of adresse."""

    table: ClassVar[str] = "adresse"
    keys: ClassVar[tuple[str, ...]] = ("art",)

    art: str
    kommunekode: Sent[str] = UNSET
    vejkode: Sent[str] = UNSET
    vejnavn: Sent[str] = UNSET
    husnummer: Sent[str] = UNSET
    etage: Sent[str] = UNSET
    sidedoer: Sent[str] = UNSET
    bynavn: Sent[str] = UNSET
    postnummer: Sent[str] = UNSET
    postdistrikt: Sent[str] = UNSET
    conavn: Sent[str] = UNSET
    lokalitet: Sent[str] = UNSET
    landekode: Sent[str] = UNSET
    tekst: Sent[str] = UNSET


class KontaktoplysningDraft(Draft, kw_only=True, frozen=True, omit_defaults=True):
    """Proposes a row of kontaktoplysning."""

    table: ClassVar[str] = "kontaktoplysning"
    keys: ClassVar[tuple[str, ...]] = ("art",)

    art: str
    vaerdi: Sent[str] = UNSET


class BeskyttelseDraft(Draft, kw_only=True, frozen=True, omit_defaults=True):
    """Proposes a row of beskyttelse."""

    table: ClassVar[str] = "beskyttelse"
    keys: ClassVar[tuple[str, ...]] = ("art",)

    art: str


class PersonrelationDraft(Draft, kw_only=True, frozen=True, omit_defaults=True):
    """Proposes a row of personrelation."""

    table: ClassVar[str] = "personrelation"
    keys: ClassVar[tuple[str, ...]] = ("relationstype", "reference", "navn")

    relationstype: str
    reference: Sent[Ref] = UNSET
    navn: Sent[str] = UNSET
    foedselsdato: Sent[date] = UNSET
    kode: Sent[str] = UNSET


class VirksomhedDraft(Draft, kw_only=True, frozen=True, omit_defaults=True):
    """Proposes a row of virksomhed."""

    table: ClassVar[str] = "virksomhed"
    keys: ClassVar[tuple[str, ...]] = ()

    navn: Sent[str] = UNSET
    virksomhedsform: Sent[str] = UNSET
    branche: Sent[str] = UNSET
    adresse: Sent[str] = UNSET
    telefon: Sent[str] = UNSET
    email: Sent[str] = UNSET
    reklamebeskyttet: Sent[bool] = UNSET


class IdentitetDraft(Draft, kw_only=True, frozen=True, omit_defaults=True):
    """Says that `objekt` also has another national number: a replaced CPR number (SF1520 gaeldendePersonnummer)."""

    table: ClassVar[str] = "identitet"
    keys: ClassVar[tuple[str, ...]] = ("art", "nummer")

    art: str
    nummer: str
