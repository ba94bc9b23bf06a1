"""OrganisationEnhed, Bruger and Klasse: who works, where, and by which classification."""

from uuid import UUID

from canonical_model.fact import Fact


class OrganisationEnhed(Fact, table=True):
    """A unit of the municipality."""

    brugervendt_noegle: str | None = None
    navn: str | None = None
    overordnet: UUID | None = None
    telefon: str | None = None
    leder: UUID | None = None
    """The Bruger who leads it."""


class Bruger(Fact, table=True):
    """An employee as a user of a system."""

    brugervendt_noegle: str | None = None
    navn: str | None = None
    enhed: UUID | None = None
    telefon: str | None = None


class Klasse(Fact, table=True):
    """A class of a classification: KLE emne, handlingsfacet, role or type of a relation (ADR 0086).

    Retired classes stay, with virkning_til.
    """

    brugervendt_noegle: str | None = None
    """KLE number or facet code; of a role or type, its own key."""
    titel: str | None = None
    facet: str | None = None
    """Key of the facet that it belongs to."""
    overordnet: UUID | None = None
    afloest_af: UUID | None = None
    """The class that took its place when it was retired or moved."""
    bevaring: str | None = None
    """What the archive rules say of its cases: B (kept), K (may be destroyed), or the words of KLE."""
    slettefrist: str | None = None
    """How long after its end a case may be kept for data protection's sake, as ISO 8601 duration (P5Y)."""
