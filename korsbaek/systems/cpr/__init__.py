"""CPR through Serviceplatformen, SF1520 PersonLookup v4: SOAP 1.1, one person a call, over mutual TLS."""

from typing import Any

from korsbaek.systems.cpr.person import response
from korsbaek.systems.soap.envelope import SOAP11, Fault, Request
from korsbaek.systems.soap.names import clark, declarations
from korsbaek.systems.soap.node import el, render
from korsbaek.systems.soap.service import Service
from korsbaek.town import CVR, Town

PATH = "/service/CPR/PersonBaseDataExtended/4"


def app(town: Town, config: dict[str, Any]) -> Service:
    """The WSGI application. `config`: "url", and "guard"."""

    def lookup(request: Request) -> str:
        cvr = request.body.findtext(f"{clark('autctx:AuthorityContext')}/{clark('autctx:MunicipalityCVR')}")
        if cvr != CVR:
            raise _fault("ServiceAgreementNotFound", "No service agreement for this authority")
        number = (request.body.findtext(clark("pnr:PNR")) or "").strip()
        person = town.person(number)
        if person is None:
            raise _fault("PNR_NOT_FOUND", "PNR not found")
        name, children = response(person, number, town.day)
        return f"<{name}{declarations('p')}>{render(children)}</{name}>"

    operations = {"p:PersonLookupRequest": lookup}
    return Service(
        "PersonBaseDataExtended", str(config["url"]), (PATH,), (SOAP11,), operations, _refuse, config.get("guard")
    )


def _refuse(request: Request) -> str:
    raise Fault("Client", "the request breaks the schema of PersonLookup")


def _fault(code: str, text: str) -> Fault:
    error = el("f:Error", ("f:ErrorCode", code), ("f:ErrorText", text))
    return Fault("Server", text, el("f:ServiceplatformFault", el("f:ErrorList", error)))
