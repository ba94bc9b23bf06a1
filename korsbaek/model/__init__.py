"""What is true in the town: its people, and what hangs on them in every system.

The model is vendor-neutral; each system's module says it in its own contract. Half-open periods; `til` None is
"still so". Instants are aware UTC. A `Fejl` is a fault that one system has in one record: the system's module puts
`vaerdi` at the wire path `felt` (None: leaves the field out) instead of what the truth gives.
"""

from korsbaek.model.nexus import Forloeb, Indsats, Nexusborger
from korsbaek.model.person import Adresse, Navn, Person, Relativ, TidligereCpr, Virksomhed
from korsbaek.model.sag import (
    Bruger,
    Dokument,
    Enhed,
    Genstand,
    Journalnotat,
    Journalpost,
    Relation,
    Sag,
    Sagsregistrering,
)
from korsbaek.model.shared import Aktoer, Fejl, Fremdrift, Part, Periode
from korsbaek.model.ydelse import BevilgetYdelse, Bevilling, Effektuering, Plan

__all__ = [
    "Adresse",
    "Aktoer",
    "BevilgetYdelse",
    "Bevilling",
    "Bruger",
    "Dokument",
    "Effektuering",
    "Enhed",
    "Fejl",
    "Forloeb",
    "Fremdrift",
    "Genstand",
    "Indsats",
    "Journalnotat",
    "Journalpost",
    "Navn",
    "Nexusborger",
    "Part",
    "Periode",
    "Person",
    "Plan",
    "Relation",
    "Relativ",
    "Sag",
    "Sagsregistrering",
    "TidligereCpr",
    "Virksomhed",
]
