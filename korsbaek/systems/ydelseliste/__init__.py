"""YdelseListeHent, SF1491: the benefits of one citizen across KY, KSD and Udbetaling Danmark; SOAP 1.2.

Known (rammearkitektur 3.3: a public Python client of a municipality; no WSDL is public): path, entityID, namespace,
the two actions; HovedOplysninger in the body; the criteria PartCPRNummer, PartCVRNummer, PartPNummer, PartURN, SagUUID,
BevilgetYdelseKriterie; PartRolle, RettighedListe with one empty group, ResultatFilter; the names of every field of a
BevilgetYdelse and of an OEkonomiskEffektuering and how they nest.

Inferred: the order of elements; what is optional; the parts of Ejer and MasterSystemInstans; dates as xs:date; an empty
list for a citizen without benefits; ResultatStart counted from 0; 100 a page at most; errors as SvarReaktion/Fejl.

Left out, since no client of ours asks so: Sortering, companies as parties.
"""

from typing import Any

from korsbaek.landscape.records import shelf
from korsbaek.systems.soap.envelope import SOAP12, Request
from korsbaek.systems.soap.names import declarations
from korsbaek.systems.soap.node import Node, el, find, read, render, text
from korsbaek.systems.soap.service import Service
from korsbaek.systems.ydelseliste.place import PATH
from korsbaek.systems.ydelseliste.wire import effektuering, ydelse
from korsbaek.town import Town

MOST = 100
"""Objects a page at most."""


def app(town: Town, config: dict[str, Any]) -> Service:
    """The WSGI application."""
    own = shelf(town, "ydelseliste")

    def bevillinger(request: Request) -> str:
        asked = read(request.body)
        cpr = text(find(asked, "y:PartCPRNummer")) or ""
        found = [*own.of("ydelse", cpr), *own.of("ydelse_skjult", cpr)]
        shown = [ydelse(body) for body in _page(asked, found)]
        return _output("BevillingHent_O", town, asked, el("y:BevilgetYdelseListe", *shown))

    def effektueringer(request: Request) -> str:
        asked = read(request.body)
        uuid = text(find(asked, "y:BevilgetYdelseKriterie", "y:BevillingUUID"))
        ident = text(find(asked, "y:BevilgetYdelseKriterie", "y:BevilgetYdelseID"))
        grant = own.one("ydelse", f"{uuid}/{ident}") or own.one("ydelse_skjult", f"{uuid}/{ident}") or {}
        cpr = str(grant.get("cpr", ""))
        all_of = [*own.of("effektuering", cpr), *own.of("effektuering_skjult", cpr)]
        found = [body for body in all_of if (body["bevilling"], body["ydelse"]) == (uuid, ident) and _in(asked, body)]
        shown = [effektuering(body) for body in _page(asked, found)]
        return _output("EffektueringHent_O", town, asked, el("y:OEkonomiskEffektueringListe", *shown))

    def refuse(request: Request) -> str:
        name = str(request.body.tag).rpartition("}")[2].removesuffix("_I")
        said = el("kx:Fejl", ("kx:FejlId", "41"), ("kx:FejlTekst", "Input overholder ikke skemaet"))
        return _output(f"{name}_O", town, read(request.body), None, el("kx:SvarReaktion", said))

    operations = {"y:BevillingHent_I": bevillinger, "y:EffektueringHent_I": effektueringer}
    url = str(config["url"])
    return Service("YdelseListeHent", url, (PATH,), (SOAP12,), operations, refuse, config.get("guard"))


def _in(asked: Node, body: dict[str, Any]) -> bool:
    """Within the days of disposition that were asked for."""
    fra = text(find(asked, "y:OekonomiskEffektueringDispositionsDatoFra")) or ""
    til = text(find(asked, "y:OekonomiskEffektueringDispositionsDatoTil")) or "9999"
    return fra[:10] <= str(body["dispositionsdato"]) <= til[:10]


def _page(asked: Node, found: list[dict[str, Any]]) -> list[dict[str, Any]]:
    most = int(text(find(asked, "y:ResultatFilter", "y:ResultatAntalMaks")) or MOST)
    start = int(text(find(asked, "y:ResultatFilter", "y:ResultatStart")) or 0)
    return found[start : start + min(most, MOST)]


def _output(name: str, town: Town, asked: Node, listed: Node | None, *reactions: Node) -> str:
    transaction = text(find(asked, "kx:HovedOplysninger", "kx:TransaktionsId")) or "ukendt"
    tid = f"{town.day.isoformat()}T12:00:00Z"
    svar = el("kx:HovedOplysningerSvar", ("kx:TransaktionsId", transaction), ("kx:TransaktionsTid", tid), *reactions)
    return f"<y:{name}{declarations('y', 'kx')}>{render([svar, *([listed] if listed else [])])}</y:{name}>"
