"""What a citizen or company owes the municipality; the Rammearkitektur has no object for it."""

from datetime import date
from decimal import Decimal
from uuid import UUID

from canonical_model.fact import Fact


class Krav(Fact, table=True):
    """A claim of the municipality on a person or company, which is its `part` (ADR 0095)."""

    part: UUID | None = None
    """Who owes it."""
    fuldt_navn: str | None = None
    """The debtor's name as the source writes it."""
    brugervendt_noegle: str | None = None
    """The claim's own number."""
    art: str | None = None
    """What it is for, in the source's words: Dagtilbud, Tilbagebetaling, ..."""
    titel: str | None = None
    beloeb: Decimal | None = None
    """Danish kroner, as it was charged."""
    restbeloeb: Decimal | None = None
    """Danish kroner that are still owed."""
    stiftelsesdato: date | None = None
    """The Danish day on which it was charged."""
    forfaldsdato: date | None = None
    """The last Danish day on which it is paid in time."""
    tilstand: str | None = None
    """open, reminded, instalments, collection (handed over to Gaeldsstyrelsen), settled or cancelled."""
    kle: str | None = None
