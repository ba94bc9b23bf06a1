"""Drafts of OrganisationEnhed, Bruger and Klasse."""

from typing import ClassVar

from msgspec import UNSET

from canonical_model.draft import Draft, Ref, Sent


class OrganisationEnhedDraft(Draft, kw_only=True, frozen=True, omit_defaults=True):
    """Proposes a row of organisationenhed."""

    table: ClassVar[str] = "organisationenhed"
    keys: ClassVar[tuple[str, ...]] = ()

    brugervendt_noegle: Sent[str] = UNSET
    navn: Sent[str] = UNSET
    overordnet: Sent[Ref] = UNSET
    telefon: Sent[str] = UNSET
    leder: Sent[Ref] = UNSET


class BrugerDraft(Draft, kw_only=True, frozen=True, omit_defaults=True):
    """Proposes a row of bruger."""

    table: ClassVar[str] = "bruger"
    keys: ClassVar[tuple[str, ...]] = ()

    brugervendt_noegle: Sent[str] = UNSET
    navn: Sent[str] = UNSET
    enhed: Sent[Ref] = UNSET
    telefon: Sent[str] = UNSET


class KlasseDraft(Draft, kw_only=True, frozen=True, omit_defaults=True):
    """Proposes a row of klasse."""

    table: ClassVar[str] = "klasse"
    keys: ClassVar[tuple[str, ...]] = ()

    brugervendt_noegle: Sent[str] = UNSET
    titel: Sent[str] = UNSET
    facet: Sent[str] = UNSET
    overordnet: Sent[Ref] = UNSET
    afloest_af: Sent[Ref] = UNSET
    bevaring: Sent[str] = UNSET
    slettefrist: Sent[str] = UNSET
