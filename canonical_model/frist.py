"""Deadlines and tasks: what a Sag waits for, until when, and whose turn it is; a Sag has no field for it."""

from datetime import date

from canonical_model.fact import Fact


class Frist(Fact, table=True):
    """A deadline, reminder or task on a Sag, which is its `objekt`. Keyed by art and indeks (ADR 0090)."""

    art: str
    """frist (SagStatus/FristDato of Byg og Miljoe), erindring (SBSYS), opgave, forventet_svar."""
    indeks: str | None = None
    """The source's own key of it, where a Sag may have several."""
    titel: str | None = None
    beskrivelse: str | None = None
    fristdato: date | None = None
    """The last day in time, as a Danish calendar day; empty: without a day."""
    tilstand: str | None = None
    """open, paused (the time does not run), done or cancelled."""
    venter_paa: str | None = None
    """Whose turn it is: myndighed or ansoeger."""
    ansvarlig: str | None = None
    """Name of the caseworker or unit who answers for it."""
