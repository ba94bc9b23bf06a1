"""What SBSYS states."""

from collections.abc import Iterator

from korsbaek.model import Dokument, Sag, Sagsregistrering
from korsbaek.reminders import erindringer
from korsbaek.town import Town

_BAD = "select stream, key from fejl where system = 'sbsys' and mended is null and tolereret is null"


def facts(town: Town) -> Iterator[str]:
    """A case as it is now, with its notes and reminders; the documents on cases."""
    bad = set(town.rows(_BAD))
    for sag in town.each(Sag, "sbsys is not null"):
        if ("sager", str(sag.sbsys)) not in bad:
            yield from _case(sag.nu)
        yield from ("journalnotat" for note in sag.nu.notater if ("journalarknotater", str(note.id)) not in bad)
        yield from ("frist" for _ in erindringer(sag))
    for dokument in town.each(Dokument, "sbsys = 1"):
        if ("dokumenter", str(dokument.id)) not in bad:
            yield from ("dokument", "journalpost", "dokumentaktoer")


def _case(now: Sagsregistrering) -> Iterator[str]:
    """SBSYS knows who is a party and who answers at present, when the case began, and since when it is where it is."""
    yield from ("sag", "sagindeks", "sagsklasse", "sagsklasse", "fremdrift")
    yield from ("sagspart" for part in now.parter if part.til is None)
    present = {actor.rolle for actor in now.aktoerer if actor.til is None and actor.uuid}
    yield from ("sagsaktoer" for _ in present & {"primaer_behandler", "ansvarlig"})
    if now.status != "Opstaaet" and now.fremdrift[-1].fra > now.fremdrift[0].fra:
        yield "fremdrift"
