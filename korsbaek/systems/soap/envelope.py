"""Envelopes: SOAP 1.1, SOAP 1.2, and the hybrid of KOMBIT's own sample (a 1.1 envelope sent as application/soap+xml).

The reply takes the form of the request, and carries its RequestHeader back.
"""

from dataclasses import dataclass

from lxml import etree

from korsbaek.systems.soap.names import NAMESPACES, clark
from korsbaek.systems.soap.node import Node, render

SOAP11 = "http://schemas.xmlsoap.org/soap/envelope/"
SOAP12 = "http://www.w3.org/2003/05/soap-envelope"
CODES = {
    "wsse": "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd",
    "wsu": "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd",
    "wst": "http://docs.oasis-open.org/ws-sx/ws-trust/200512",
    "wsa": "http://www.w3.org/2005/08/addressing",
}
"""Prefixes of subcodes."""


class Fault(Exception):
    """A SOAP Fault: `code` Client or Server (Sender or Receiver in 1.2), a text, and the contract's detail if any.

    `subcode` is a code of security or addressing ("wsse:FailedCheck"); in SOAP 1.1 it takes the code's place.
    """

    def __init__(self, code: str, text: str, detail: Node | None = None, subcode: str | None = None) -> None:
        """`text` must not quote the request: it ends up in the caller's logs."""
        super().__init__(text)
        self.code = code
        self.text = text
        self.detail = detail
        self.subcode = subcode


@dataclass(frozen=True)
class Form:
    """How to answer: the envelope's namespace and the media type."""

    namespace: str = SOAP11
    media: str = "text/xml"


@dataclass(frozen=True)
class Request:
    """A parsed request: its form, its TransactionUUID, the one element in its Body, and the whole envelope."""

    form: Form
    transaction: str | None
    body: etree._Element
    envelope: etree._Element


def parse(raw: bytes, content_type: str) -> Request:
    """A request from its bytes; `Fault` when it is no SOAP message. Document types are refused."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(raw, parser)
    except etree.XMLSyntaxError:
        raise Fault("Client", "the request is not well-formed XML") from None
    if root.getroottree().docinfo.internalDTD is not None:
        raise Fault("Client", "a document type is not allowed")
    name = etree.QName(root)
    if name.localname != "Envelope" or name.namespace not in (SOAP11, SOAP12):
        raise Fault("VersionMismatch", "not a SOAP 1.1 or 1.2 envelope")
    media = "application/soap+xml" if "soap+xml" in content_type or name.namespace == SOAP12 else "text/xml"
    body = root.find(f"{{{name.namespace}}}Body")
    if body is None or len(body) != 1:
        raise Fault("Client", "the Body must hold one element")
    header = root.find(f"{{{name.namespace}}}Header/{clark('h:RequestHeader')}/{clark('h:TransactionUUID')}")
    transaction = None if header is None else (header.text or "")
    return Request(Form(name.namespace, media), transaction, body[0], root)


def wrap(form: Form, body: str, transaction: str | None = None) -> bytes:
    """A reply's bytes around a body that is already written."""
    header = ""
    if transaction is not None:
        node: Node = ("h:RequestHeader", [("h:TransactionUUID", transaction)])
        written = render([node]).replace("<h:RequestHeader>", f'<h:RequestHeader xmlns:h="{NAMESPACES["h"]}">', 1)
        header = f"<soap:Header>{written}</soap:Header>"
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<soap:Envelope xmlns:soap="{form.namespace}">'
        f"{header}<soap:Body>{body}</soap:Body></soap:Envelope>"
    ).encode()


def fault(form: Form, error: Fault) -> bytes:
    """A Fault's bytes in the request's form; its HTTP status is 500."""
    detail = ""
    if error.detail is not None:
        prefix = error.detail[0].partition(":")[0]
        name = error.detail[0]
        written = render([error.detail])
        detail = written.replace(f"<{name}>", f'<{name} xmlns:{prefix}="{NAMESPACES[prefix]}">', 1)
    text = render([("t", error.text)])[3:-4]
    if form.namespace == SOAP12:
        code = {"Client": "Sender", "Server": "Receiver"}.get(error.code, error.code)
        sub = f"<soap:Subcode><soap:Value>{error.subcode}</soap:Value></soap:Subcode>" if error.subcode else ""
        inner = f"<soap:Code><soap:Value>soap:{code}</soap:Value>{sub}</soap:Code>"
        inner += '<soap:Reason><soap:Text xml:lang="en">'
        inner += f"{text}</soap:Text></soap:Reason>" + (f"<soap:Detail>{detail}</soap:Detail>" if detail else "")
    else:
        inner = f"<faultcode>{error.subcode or 'soap:' + error.code}</faultcode><faultstring>{text}</faultstring>"
        inner += f"<detail>{detail}</detail>" if detail else ""
    prefix = (error.subcode or "").partition(":")[0]
    declared = f' xmlns:{prefix}="{CODES[prefix]}"' if prefix else ""
    return wrap(form, f"<soap:Fault{declared}>{inner}</soap:Fault>")
