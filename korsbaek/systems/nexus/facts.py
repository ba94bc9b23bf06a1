"""What Nexus states of the citizens whom the other systems name."""

from collections.abc import Iterator

from korsbaek.model import Nexusborger
from korsbaek.town import Town

_BAD = "select owner, key from fejl where system = 'nexus' and mended is null and tolereret is null"


def facts(town: Town) -> Iterator[str]:
    """The citizen and, unless protected, how to reach them; a forloeb is a case, an indsats a grant in it."""
    bad = set(town.rows(_BAD))
    for borger in town.each(Nexusborger, "cpr in (select cpr from population)"):
        if (borger.cpr, "patient") not in bad:
            yield "navn"
            if borger.adresse:
                yield "adresse"
                yield from ("beskyttelse" for _ in range(borger.beskyttet))
            yield from ("kontaktoplysning" for way in (borger.telefon, borger.email) if way and not borger.beskyttet)
        for forloeb in borger.forloeb:
            if (borger.cpr, f"forloeb/{forloeb.id}") not in bad:
                yield from ("sag", "fremdrift", "sagspart")
        for indsats in borger.indsatser:
            if (borger.cpr, f"indsats/{indsats.id}") not in bad:
                yield from ("bevilling", "bevilgetydelse", "bevillingspart", "bevillingssag")
