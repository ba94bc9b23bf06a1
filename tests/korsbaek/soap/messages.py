"""Requests as text, and a way to put them to an application without a socket."""

import io
from collections.abc import Iterable
from typing import Any

from lxml import etree

from korsbaek.systems.soap.names import clark, declarations
from korsbaek.systems.soap.service import Service

SOAP11 = "http://schemas.xmlsoap.org/soap/envelope/"
SOAP12 = "http://www.w3.org/2003/05/soap-envelope"
TRANSACTION = "7b4a2d51-2a43-4c0e-9d5a-6b9d0b6c3f11"
VIS = {
    "SoegSag": "egenskaber fremdrift sagsklasse sagsaktoer sagspart sagsrelation sagsgenstand journalpost"
    " journalpost-journalnote itsystem sikkerhedsprofil",
    "SoegDokument": "egenskaber fremdrift dokument klasse aktoer part itsystem sikkerhedsprofil",
    "SoegBevillingIndeks": "egenskaber egenskaberlokaludvidelse bevilgetydelse sag part aktoer-ejer aktoer-ansvarlig"
    " sikkerhedsprofil",
    "SoegOekonomiskEffektueringIndeks": "egenskaber aktoer oekonomiskeydelseeffektueringer itsystem",
}
"""Every Vis value of the search element's kind."""
_KIND = {
    "SoegSag": ("sdi", "sag", "SagVis"),
    "SoegDokument": ("sdi", "di", "DokumentVis"),
    "SoegSagsloeseDokumenter": ("sdi", "di", "DokumentVis"),
    "SoegBevillingIndeks": ("yi", "bi", "BevillingVis"),
    "SoegOekonomiskEffektueringIndeks": ("yi", "oef", "OekonomiskEffektueringVis"),
}
_ROOT = {"sdi": "FremsoegSagDokumentIndeksInput", "yi": "FremsoegYdelseIndeksInput"}


def soeg(name: str, relationer: str = "", *, attributter: str = "", tilstande: str = "", head: str = "") -> str:
    """A SoegInput; the arguments are XML inside its lists, and before them."""
    prefix, kind, _ = _KIND[name]
    return (
        f"<{prefix}:{name}>{head}<{kind}:AttributListe>{attributter}</{kind}:AttributListe>"
        f"<{kind}:TilstandListe>{tilstande}</{kind}:TilstandListe>"
        f"<{kind}:RelationListe>{relationer}</{kind}:RelationListe></{prefix}:{name}>"
    )


def relation(name: str, ident: str, role: str | None = None, extension: str = "") -> str:
    """An example of a relation."""
    kind = "URN" if ident.startswith("urn") else "UUID"
    rolle = f"<gd:Rolle><sd:UUIDIdentifikator>{role}</sd:UUIDIdentifikator></gd:Rolle>" if role else ""
    reference = f"<gd:ReferenceID><sd:{kind}Identifikator>{ident}</sd:{kind}Identifikator></gd:ReferenceID>"
    return f"<{name}>{rolle}{reference if ident else ''}{extension}</{name}>"


def paging(first: int, size: int) -> str:
    """FoersteResultatReference and MaksimalAntalKvantitet."""
    return (
        f"<sd:FoersteResultatReference>{first}</sd:FoersteResultatReference>"
        f"<sd:MaksimalAntalKvantitet>{size}</sd:MaksimalAntalKvantitet>"
    )


def since(moment: str) -> str:
    """SoegStsFraTidspunkt."""
    return f"<go:SoegStsFraTidspunkt><sd:TidsstempelDatoTid>{moment}</sd:TidsstempelDatoTid></go:SoegStsFraTidspunkt>"


def filters(vis: dict[str, str]) -> str:
    """A Filter asking for the Vis values of search elements."""
    out = ""
    for name, values in vis.items():
        prefix, _, element = _KIND[name]
        out += "".join(
            f"<{prefix}:{element}><{prefix}:Vis>{value}</{prefix}:Vis></{prefix}:{element}>" for value in values.split()
        )
    return out


def fremsoeg(prefix: str, udtryk: str, vis: dict[str, str] | None = None, before: str = "", after: str = "") -> str:
    """A fremsoeg request: `udtryk` inside SoegUdtryk, `before` it UUIDs, `after` the Filter a Sortering."""
    chosen = "" if vis is None else f"<{prefix}:Filter>{filters(vis)}</{prefix}:Filter>"
    spaces = declarations("sdi" if prefix == "sdi" else "yi", "sd", "gd", "go", "sag", "si", "di", "bi", "oef")
    return (
        f"<{prefix}:{_ROOT[prefix]}{spaces}>{before}<{prefix}:SoegUdtryk>{udtryk}</{prefix}:SoegUdtryk>"
        f"{chosen}{after}</{prefix}:{_ROOT[prefix]}>"
    )


def lookup(number: str, cvr: str | None = "11111111") -> str:
    """A PersonLookupRequest."""
    context = (
        f"<autctx:AuthorityContext><autctx:MunicipalityCVR>{cvr}</autctx:MunicipalityCVR></autctx:AuthorityContext>"
    )
    return (
        f"<p:PersonLookupRequest{declarations('p', 'autctx', 'pnr')}>{context if cvr else ''}"
        f"<pnr:PNR>{number}</pnr:PNR></p:PersonLookupRequest>"
    )


def envelope(body: str, soap: str = SOAP11, transaction: str | None = TRANSACTION) -> bytes:
    """A message around a body."""
    header = ""
    if transaction is not None:
        header = f"<h:TransactionUUID>{transaction}</h:TransactionUUID>"
        header = f"<s:Header><h:RequestHeader{declarations('h')}>{header}</h:RequestHeader></s:Header>"
    return f'<s:Envelope xmlns:s="{soap}">{header}<s:Body>{body}</s:Body></s:Envelope>'.encode()


def post(app: Service, message: bytes, media: str = "text/xml") -> tuple[str, str, etree._Element]:
    """Status, media type and the reply's Envelope."""
    head: list[Any] = []

    def start(status: str, headers: Iterable[tuple[str, str]]) -> None:
        head[:] = [status, dict(headers)]

    environ = {
        "REQUEST_METHOD": "POST",
        "PATH_INFO": app.paths[0],
        "CONTENT_TYPE": f"{media}; charset=utf-8",
        "CONTENT_LENGTH": str(len(message)),
        "wsgi.input": io.BytesIO(message),
    }
    content = b"".join(app(environ, start))
    return head[0], head[1]["Content-Type"].partition(";")[0], etree.fromstring(content)


def body(reply: etree._Element) -> etree._Element:
    """The element in the Body."""
    found = reply.find(f"{{{etree.QName(reply).namespace}}}Body")
    assert found is not None and len(found) == 1
    return found[0]


def ask(app: Service, request: str) -> etree._Element:
    """The body of the reply to a request's body, in the contract's usual envelope."""
    soap12 = app.wsdl == "YdelseIndeks"
    media = "application/soap+xml" if soap12 else "text/xml"
    return body(post(app, envelope(request, SOAP12 if soap12 else SOAP11), media)[2])


def status(answer: etree._Element) -> str | None:
    """StatusKode."""
    return answer.findtext(f".//{clark('sd:StatusKode')}")


def uuids(answer: etree._Element) -> list[str]:
    """The objects' UUIDs in the reply's order."""
    return [
        str(picture[0].findtext(clark("sd:UUIDIdentifikator")))
        for picture in answer
        if str(picture.tag).endswith("FiltreretOejebliksbillede")
    ]


def antal(answer: etree._Element) -> dict[str, int]:
    """Antal by Element."""
    found = [[child.text for child in node][:2] for node in answer if str(node.tag).endswith("}Antal")]
    return {str(name): int(number or 0) for name, number in found}
