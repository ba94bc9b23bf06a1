"""Byg og Miljoe's services for authorities: messages by HighWatermark, and applications (SOAP 1.2, mutual TLS).

Known (Umut93/eDoc_BOM-integrationen, a municipality's client; rammearkitektur 7.11): the services
BeskedfordelerV2.svc and SagsbehandlingV5.svc, WSHttpBinding with a client certificate; HentBeskeder with MyndighedCvr
and HighWatermark (a Guid), which without a watermark gives the latest and no messages; Besked and its three kinds
with their fields; LaesAnsoegningOversigt with its five parameters, giving ids; LaesAnsoegning, and the names and
nesting of everything that the client reads of an IndsendelseType; InitiativPligt Myndighed, Ansoeger, Ingen; status
codes Modtaget and Bero; KLE in KlasseRefListe.

Inferred: namespaces, SOAPActions and the order of elements (no WSDL is public: korsbaek/wsdl/BygOgMiljoe.xsd is
ours); BFEnummer beside the municipal property number; that all messages after a watermark come at once, oldest first;
that a period of the overview is IndsendelseDatoTid; the other status codes; that Identifikation is a CPR or CVR
number.

Left out: LaesSagStatus (the application tells the status), documents' content, everything that answers.
"""

from datetime import datetime
from typing import Any

from lxml import etree

from korsbaek.landscape.records import shelf
from korsbaek.systems.bygogmiljoe.addressing import Addressed
from korsbaek.systems.bygogmiljoe.place import BESKEDFORDELER, SAGSBEHANDLING
from korsbaek.systems.bygogmiljoe.said import application, message, response
from korsbaek.systems.bygogmiljoe.watermark import guid, instant
from korsbaek.systems.soap.envelope import SOAP12, Fault, Request
from korsbaek.systems.soap.names import clark
from korsbaek.systems.soap.node import el, leaf
from korsbaek.systems.soap.service import Service
from korsbaek.town import CVR, Town


def app(town: Town, config: dict[str, Any]) -> Service:
    """The services over a town."""
    held = shelf(town, "bygogmiljoe")

    def messages(request: Request) -> str:
        if _text(request.body, "request", "MyndighedCvr") != CVR:
            raise Fault("Client", "The authority is not the certificate's.")
        mark = _text(request.body, "request", "HighWatermark")
        newest = max((c for (c,) in _changes(town)), default="")
        found = held.each("ansoegninger", "changed > ? order by changed, seq", (instant(mark),)) if mark else []
        said = "".join(message(body) for body in found)
        return response("HentBeskeder", f"<bom:Beskeder>{said}</bom:Beskeder>" + _mark(newest))

    def overview(request: Request) -> str:
        first, last = (_instant(_text(request.body, name)) for name in ("fraDatoTid", "tilDatoTid"))
        if _text(request.body, "myndighedCvr") != CVR:
            raise Fault("Client", "The authority is not the certificate's.")
        rows = held.rows("ansoegninger")
        ids = [leaf("bom:string", key) for key, body in rows if first <= _instant(body["oprettet"]) <= last]
        return response("LaesAnsoegningOversigt", el("r", *ids))

    def one(request: Request) -> str:
        key = _text(request.body, "indsendelseID").lower()
        body = held.one("ansoegninger", key)
        if body is None:
            raise Fault("Client", "The application does not exist.")
        return response("LaesAnsoegning", application(key, body))

    def refuse(request: Request) -> str:
        raise Fault("Client", "The formatter threw an exception while trying to deserialize the message.")

    operations = {"bom:HentBeskeder": messages, "bom:LaesAnsoegningOversigt": overview, "bom:LaesAnsoegning": one}
    paths = (BESKEDFORDELER, SAGSBEHANDLING)
    return Service("BygOgMiljoe", str(config["url"]), paths, (SOAP12,), operations, refuse, Addressed())


def _changes(town: Town) -> list[tuple[Any, ...]]:
    return town.rows("select max(changed) from record where system = 'bygogmiljoe' having count(*) > 0")


def _mark(changed: str) -> str:
    return f"<bom:HighWatermark>{guid(changed)}</bom:HighWatermark>" if changed else ""


def _text(body: etree._Element, *path: str) -> str:
    found: etree._Element | None = body
    for name in path:
        found = None if found is None else found.find(clark(f"bom:{name}"))
    return "" if found is None else (found.text or "").strip()


def _instant(text: str) -> datetime:
    found = datetime.fromisoformat(text)
    return found if found.tzinfo else found.astimezone()
