"""OrganisationEnhed, Bruger and Klasse: who works, where, and by which classification."""

from uuid import UUID

from canonical_model.fact import Fact


class OrganisationEnhed(Fact, table=True):
    """A unit of the municipality."""

    brugervendt_noegle: str | None = None
    navn: str | None = None
    overordnet: UUID | None = None
    telefon: str | None = None


class Bruger(Fact, table=True):
    """An employee as a user of a system."""

    brugervendt_noegle: str | None = None
    navn: str | None = None
    enhed: UUID | None = None
    telefon: str | None = None


class Klasse(Fact, table=True):
    """A class of a classification (KLE emne, handlingsfacet)."""

    brugervendt_noegle: str | None = None
    titel: str | None = None
    facet: str | None = None
    overordnet: UUID | None = None
