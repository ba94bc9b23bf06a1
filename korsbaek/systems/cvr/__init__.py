"""CVR Online through Serviceplatformen, SF1530 (SOAP 1.1): getLegalUnit, one company a call, over mutual TLS.

Known from the WSDL and XSDs: elements, that an InvocationContext stands in the body, that LegalUnit is optional in the
reply, that no fault is declared. Inferred: that a number which CVR does not know is answered with an empty reply, that
anything but the agreed service in the context is refused as ServiceAgreementNotFound, and that level only says how much
of what hangs on the unit comes along (here: nothing, whatever it is).
"""

from typing import Any

from korsbaek.landscape.records import shelf
from korsbaek.systems.cvr.wire import response
from korsbaek.systems.soap.envelope import SOAP11, Fault, Request
from korsbaek.systems.soap.names import clark
from korsbaek.systems.soap.node import el
from korsbaek.systems.soap.service import Service
from korsbaek.town import Town

PATH = "/service/CVR/Online/2"
SERVICE = "c0daecde-e278-43b7-84fd-477bfeeea027"
"""The service's own UUID (service.properties)."""


def app(town: Town, config: dict[str, Any]) -> Service:
    """The WSGI application. `config`: "url", and "guard"."""
    records, guard = shelf(town, "cvr"), config.get("guard")

    def lookup(request: Request) -> str:
        asked = request.body.findtext(f"{clark('ictx:InvocationContext')}/{clark('ictx:ServiceUUID')}")
        if guard is None and (asked or "").lower() != SERVICE:
            error = el("f:Error", ("f:ErrorCode", "ServiceAgreementNotFound"), ("f:ErrorText", "No service agreement"))
            raise Fault("Server", "No service agreement", el("f:ServiceplatformFault", el("f:ErrorList", error)))
        number = request.body.findtext(f"{clark('cvw:GetLegalUnitRequest')}/{clark('cvs:LegalUnitIdentifier')}")
        return response(records.one("virksomhed", (number or "").strip()))

    operations = {"cvm:GetLegalUnitRequest": lookup}
    return Service("CvrOnline", str(config["url"]), (PATH,), (SOAP11,), operations, _refuse, guard)


def _refuse(request: Request) -> str:
    raise Fault("Client", "the request breaks the schema of getLegalUnit")
