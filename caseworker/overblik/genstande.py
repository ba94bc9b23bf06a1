"""What a case is about, when that is a thing and not a person."""

from uuid import UUID

from caseworker.overblik.sager import Sagsdata
from caseworker.overblik.views import Genstand
from caseworker.protection import SKJULT, Mask

ART = {"ejendom": "Ejendom", "matrikel": "Matrikel", "adresse": "Adresse", "bygning": "Bygning"}


def build(data: Sagsdata, sag: UUID, mask: Mask) -> list[Genstand]:
    """Each thing once, in words; a thing that is only known by a UUID as that.

    With a protected party none is told: a plot of land is found by its number as a house is by its street.
    """
    seen: dict[tuple[str, str], Genstand] = {}
    for row in data.now("sagsgenstand", sag):
        words = SKJULT if mask.active else row["tekst"] or row["urn"] or str(row["reference"] or "")
        if words:
            thing = Genstand(art=ART.get(row["type"], "Genstand"), tekst=words, kilde=row["source"])
            seen.setdefault((thing.art, thing.tekst), thing)
    return list(seen.values())
