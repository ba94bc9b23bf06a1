"""Acadre's public web services, PWS V7 (SOAP 1.1 and 1.2, NTLM): cases, documents, memos, contacts.

Known (the vendor's WSDLs and schemas, public in SyddjursAcadreIntegration; rammearkitektur 7.7): every operation,
element and type used here; SOAPAction below http://www.traen.com/2010/06/01/[schema/]; NTLM;
GetIdentityNumbersFromCases and GetCasesForIdentity by period; a search gives 100 rows at most; BUSAG cases have the
child's CPR number as their title; status A closed, B open; classification by the principle "KL Koder"; contacts by
GUID.

Inferred: that the cap holds for these two operations too, without any sign that rows are missing, oldest case first;
that their period is the case's CreationDate, both ends included; that identity numbers are ten digits without a dash
and only those of citizens; that GetCasesForIdentity gives cases in any party role; P for a case that waits; code
values of types, access and documents; faults without detail.

Not answered: everything that writes, searches by title, the content of files and memos, contacts' addresses.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from lxml import etree

from korsbaek.landscape.records import shelf
from korsbaek.systems.acadre.archive import Acadre
from korsbaek.systems.acadre.ntlm import Ntlm
from korsbaek.systems.acadre.place import DOMAIN, PLACE, USER
from korsbaek.systems.acadre.said import SPACES
from korsbaek.systems.soap.envelope import Fault, Form, Request, fault, parse, wrap
from korsbaek.town import Town

CAP = 100
"""Rows that any search gives at most."""


def app(town: Town, config: dict[str, Any]) -> Ntlm:
    """PWS over a town, behind NTLM. `config`: "auth" and "folder"; "cap" for another one."""
    held = Acadre(shelf(town, "acadre"), int(config.get("cap", CAP)))
    users = Path(config["folder"]) / "secrets" / "acadre.ntlm"
    return Ntlm(_Service(held), users, DOMAIN, USER, config["auth"]["password"])


class _Service:
    """Finds the operation by the element in the Body, as document style does."""

    def __init__(self, held: Acadre) -> None:
        names: dict[tuple[str, str], Callable[[etree._Element], str]] = {
            ("a", "GetIdentityNumbersFromCases"): held.identities,
            ("a", "GetCasesForIdentity"): held.of_identity,
            ("u", "CaseFileIdentifier"): held.case,
            ("t", "GUID"): held.contact,
            ("s", "GetUserListEmptyRequest"): held.users,
            ("s", "GetAdminUnitListEmptyRequest"): held.units,
        }
        self._operations = {f"{{{SPACES[prefix]}}}{name}": call for (prefix, name), call in names.items()}

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> list[bytes]:
        """WSGI."""
        status, media, body = self._serve(environ)
        start_response(status, [("Content-Type", f"{media}; charset=utf-8"), ("Content-Length", str(len(body)))])
        return [body]

    def _serve(self, environ: dict[str, Any]) -> tuple[str, str, bytes]:
        if str(environ.get("PATH_INFO") or "").rstrip("/").lower() != PLACE.path.lower():
            return "404 Not Found", "text/plain", b"no such service"
        if environ["REQUEST_METHOD"] != "POST":
            return "405 Method Not Allowed", "text/plain", b"POST a SOAP message"
        raw, form = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0)), Form()
        try:
            request = parse(raw, str(environ.get("CONTENT_TYPE") or ""))
            form = request.form
            return "200 OK", form.media, wrap(form, self._answer(request))
        except Fault as error:
            return "500 Internal Server Error", form.media, fault(form, error)

    def _answer(self, request: Request) -> str:
        call = self._operations.get(str(request.body.tag))
        if call is None:
            raise Fault("Client", "Server did not recognize the value of HTTP Header SOAPAction.")
        return call(request.body)
