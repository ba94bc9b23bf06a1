"""What the registers say of a property: the land that it is made of, and the addresses that lead to it."""

from canonical_model.fact import Fact


class Ejendom(Fact, table=True):
    """A parcel or an address of a property, which is its `objekt`. Keyed by art and indeks (ADR 0102)."""

    art: str
    """jordstykke (Matriklen) or adresse (Danmarks Adresseregister)."""
    indeks: str | None = None
    """The register's own key of the parcel or the address."""
    bfe_nummer: str | None = None
    """Bestemt fast ejendom, without leading zeros."""
    matrikelnummer: str | None = None
    ejerlavskode: str | None = None
    ejerlavsnavn: str | None = None
    areal: int | None = None
    """Registered area in square metres."""
    vejnavn: str | None = None
    husnummer: str | None = None
    """As people write it: 12A."""
    postnummer: str | None = None
    postdistrikt: str | None = None
