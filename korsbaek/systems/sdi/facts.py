"""What the index of cases and documents states."""

from collections.abc import Iterator

from korsbaek.model import Dokument, Sag
from korsbaek.town import Town

_SOUND = (
    "indeks = 1 and uuid not in (select key from fejl where system = 'sdi' and mended is null and tolereret is null)"
)


def facts(town: Town) -> Iterator[str]:
    """As the last Registrering has it: each object, its steps and relations; a case's master and sender."""
    for sag in town.each(Sag, _SOUND):
        now = sag.nu
        yield from ("sag", "sagindeks", "sagsitsystem", "sagsitsystem")
        yield from ("fremdrift" for _ in now.fremdrift)
        yield from ("sagsaktoer" for _ in now.aktoerer)
        yield from ("sagsklasse" for number in (now.kle, now.handlingsfacet) if number)
        yield from ("sagspart" for _ in now.parter)
        yield from ("sagsrelation" for _ in now.relationer)
        yield from ("sagsgenstand" for _ in now.genstande)
        yield from ("journalpost" for _ in now.journalposter)
        yield from ("journalnotat" for _ in now.notater)
        yield from ("sikkerhedsprofil" for _ in now.sikkerhedsprofiler)
    for dokument in town.each(Dokument, _SOUND):
        yield "dokument"
        yield from ("dokumentfremdrift" for _ in dokument.fremdrift)
        yield from ("dokumentaktoer" for _ in dokument.aktoerer)
        yield from ("dokumentpart" for _ in dokument.parter)
        if dokument.kle:
            yield "dokumentklasse"
