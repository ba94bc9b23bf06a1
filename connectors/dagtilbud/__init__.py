"""Pladsanvisning: applications for day care and SFO with the day of an answer, and the children's places."""

from collections.abc import Callable, Iterator
from typing import Any

from canonical_model import drafts
from canonical_model.draft import UNSET, Draft, Nummer
from connectors.bevilget import bevilget
from connectors.contract import Ask, Connector, Page, listed
from connectors.errors import RecordError
from connectors.fields import Fields
from connectors.minimise import Sheet, parse
from connectors.rest import RestApi
from connectors.rest_pages import knock, windows

# Anything that these two do not name is reported as a change at the vendor.
ANSOEGNING = Sheet.of(
    "id nummer tilbud oensketInstitution oensketFra modtaget status afgjort forventetSvar bemaerkning"
    " barn(cpr navn) ansoeger(cpr navn)"
)
PLADS = Sheet.of("id ansoegning tilbud institution fra til barn(cpr navn)", "timerPrUge")
KLE = "28.06.04"
"""KLE of all of them: places in day care and SFO."""
TILBUD = {"dagpleje": "dagpleje", "vuggestue": "vuggestue", "boernehave": "børnehave", "sfo": "SFO"}
STATUS = {
    "modtaget": ("Opstaaet", "open"), "underBehandling": ("Oplyst", "open"), "tilbudGivet": ("Afgjort", "done"),
    "accepteret": ("Afsluttet", "done"), "afslaaet": ("Afsluttet", "done"), "trukket": ("Afsluttet", "cancelled"),
}  # fmt: skip
"""An application's status: how far its Sag is, and how the wait for an answer stands."""


def _reader(name: str, sheet: Sheet) -> Callable[[RestApi, Ask], Iterator[Page]]:
    def read(api: RestApi, ask: Ask) -> Iterator[Page]:
        """Every record of the list; the contract has no way to ask for what changed."""
        return windows(api, f"v1/{name}", name, "id", sheet, skip="spring", limit="antal", count="antalIAlt")

    return read


def ansoegning(raw: Any) -> Iterator[Draft]:
    """An application: a Sag with the child and whoever applied, and the day on which an answer is expected."""
    found = Fields(raw)
    objekt = found.need_uuid("id")
    trin, frist = found.need_code("status", STATUS)
    nummer, tilbud = found.need_text("nummer"), found.need_code("tilbud", TILBUD)
    titel = f"Ansøgning om plads i {tilbud}: {found.need_text('oensketInstitution')}"
    yield drafts.SagDraft(objekt=objekt, sagsnummer=nummer, titel=titel, beskrivelse=found.text("bemaerkning"))
    yield drafts.SagsklasseDraft(objekt=objekt, rolle="primaer_klasse", brugervendt_noegle=KLE)
    modtaget, afgjort = found.need_instant("modtaget"), found.instant("afgjort")
    yield drafts.FremdriftDraft(objekt=objekt, status="Opstaaet", virkning_fra=modtaget)
    if trin == "Oplyst":
        yield drafts.FremdriftDraft(objekt=objekt, status=trin, flag="Pladsanvisning does not say since when")
    elif trin != "Opstaaet":
        if afgjort is None:
            raise RecordError("afgjort", "missing for a decided application")
        yield drafts.FremdriftDraft(objekt=objekt, status=trin, virkning_fra=afgjort)
    for rolle, name in (("primaer_part", "barn"), ("sekundaer_part", "ansoeger")):
        person = found.need_one(name)
        part, navn = Nummer("cpr", person.need_cpr("cpr")), person.text("navn")
        yield drafts.SagspartDraft(objekt=objekt, rolle=rolle, type="person", part=part, fuldt_navn=navn)
    svar = found.dato("forventetSvar")
    if svar is not UNSET and svar is not None:
        yield drafts.FristDraft(
            objekt=objekt, art="forventet_svar", titel="Forventet svar på ansøgningen", fristdato=svar,
            tilstand=frist, venter_paa="myndighed",
        )  # fmt: skip


def plads(raw: Any) -> Iterator[Draft]:
    """A child's place: a Bevilling, decided in the application that it came of."""
    found = Fields(raw)
    objekt = found.need_uuid("id")
    fra, til = found.need_instant("fra"), found.instant("til")
    navn = f"Plads i {found.need_code('tilbud', TILBUD)}: {found.need_text('institution')}"
    barn = found.need_one("barn")
    yield from bevilget(
        objekt, str(objekt), navn, Nummer("cpr", barn.need_cpr("cpr")), fra, til, fuldt_navn=barn.text("navn"),
        kle=KLE, systemnavn="Pladsanvisning",
    )  # fmt: skip
    if found.has("ansoegning"):
        sag = found.need_uuid("ansoegning")
        yield drafts.BevillingssagDraft(objekt=objekt, rolle="tilknyttet", reference=sag)


CONNECTOR = Connector(
    name="dagtilbud",
    system="Pladsanvisning",
    open=RestApi.with_token,
    check=knock("v1/ansoegninger", {"spring": 0, "antal": 1}),
    streams=(
        listed("ansoegninger", _reader("ansoegninger", ANSOEGNING), parse, ansoegning),
        listed("pladser", _reader("pladser", PLADS), parse, plads),
    ),
)
