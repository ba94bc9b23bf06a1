"""The published schemas by the namespace of what stands in a Body, and a judge of every SOAP message that goes by.

Two contracts have no public schema (SF1491 and Byg og Miljoe): those are held against the project's own.
"""

import threading
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import requests
from lxml import etree

from korsbaek.systems.soap.service import schema as own
from tests.korsbaek.acadre.contract import schema as acadre
from tests.korsbaek.registers.real import ORGANISATION, XS, driver, sf1500
from tests.korsbaek.soap import real

Schema = Callable[[Path], etree.XMLSchema]
STS = "http://docs.oasis-open.org/ws-sx/ws-trust/200512"
SIGNATURE = "http://www.w3.org/2000/09/xmldsig#"
SAML = "urn:oasis:names:tc:SAML:2.0:assertion"
KEY_INFO = """<xs:schema xmlns:xs="{xs}" xmlns:ds="{ds}" targetNamespace="urn:oasis:names:tc:SAML:2.0:assertion">
<xs:import namespace="{ds}" schemaLocation="{at}"/>
<xs:complexType name="KeyInfoConfirmationDataType">
  <xs:sequence><xs:element ref="ds:KeyInfo" maxOccurs="unbounded"/></xs:sequence>
  <xs:attribute name="NotBefore" type="xs:dateTime"/><xs:attribute name="NotOnOrAfter" type="xs:dateTime"/>
  <xs:attribute name="Recipient" type="xs:anyURI"/><xs:attribute name="InResponseTo" type="xs:NCName"/>
  <xs:attribute name="Address" type="xs:string"/>
</xs:complexType></xs:schema>"""
HEADER = "http://kombit.dk/xml/schemas/RequestHeader/1/"
ENVELOPES = ("http://schemas.xmlsoap.org/soap/envelope/", "http://www.w3.org/2003/05/soap-envelope")
REGISTER = "http://stoettesystemerne.dk/{}/"
FAULT = "{http://serviceplatformen.dk/xml/schemas/ServiceplatformFault/1/}ServiceplatformFault"


def cvr(contracts: Path) -> etree.XMLSchema:
    """SF1530."""
    message = (contracts / "sf1530-cvr-online" / "OnlineServiceMsg.xsd").resolve()
    return driver(("http://rep.oio.dk/eogs/xml/2/", message))


def sts(contracts: Path) -> etree.XMLSchema:
    """WS-Trust 1.3 as the token service's WSDL has it: it leaves open what stands inside, and so whatever of that has a
    schema here is held against it. Of SAML 2.0 that is one type, said as the standard has it (core, 2.4.1.3)."""
    types = etree.parse(contracts / "sts" / "sts.wsdl").iter(f"{{{XS}}}schema")
    trust = etree.tostring(next(e for e in types if e.get("targetNamespace") == STS))
    signatures = _signatures(contracts).as_uri()

    class Beside(etree.Resolver):
        def resolve(self, url: str, ident: str, context: Any) -> Any:
            known = {"trust.xsd": trust, "saml.xsd": KEY_INFO.format(xs=XS, ds=SIGNATURE, at=signatures).encode()}
            found = known.get(url.rpartition("/")[2])
            return None if found is None else self.resolve_string(found, context)

    imports = {STS: "trust.xsd", SAML: "saml.xsd", SIGNATURE: signatures}
    lines = "".join(f'<xs:import namespace="{space}" schemaLocation="{at}"/>' for space, at in imports.items())
    parser = etree.XMLParser()
    parser.resolvers.add(Beside())
    return etree.XMLSchema(etree.fromstring(f'<xs:schema xmlns:xs="{XS}">{lines}</xs:schema>', parser))


def signature(contracts: Path) -> etree.XMLSchema:
    """XML Signature, as the published XSDs bring it along."""
    return etree.XMLSchema(etree.parse(_signatures(contracts)))


def _signatures(contracts: Path) -> Path:
    return (contracts / "sf1500-organisation-klassifikation" / "xsd" / "cached" / "xmldsig-core-schema.xsd").resolve()


def klasse_7(contracts: Path) -> etree.XMLSchema:
    """Klasse v7; the pattern of Sortering is no regular expression of XSD (rammearkitektur 1.3), so it is said again
    as one."""
    folder = (contracts / "klassifikation-klasse-7").resolve()
    shared = (folder / "SagDokObjekt.xsd").read_text(encoding="utf-8")
    assert shared.count(r"^(?:100|[1-9]\d?)$") == 1

    class Mended(etree.Resolver):
        def resolve(self, url: str, ident: str, context: Any) -> Any:
            if url.endswith("/SagDokObjekt.xsd"):
                return self.resolve_string(shared.replace(r"^(?:100|[1-9]\d?)$", r"100|[1-9]\d?"), context)
            return None

    parser = etree.XMLParser()
    parser.resolvers.add(Mended())
    return etree.XMLSchema(etree.parse(folder / "KlasseOperationer.xsd", parser))


KNOWN: tuple[tuple[str, str, Schema], ...] = (
    ("cpr", "http://serviceplatformen.dk/xml/wsdl/soap11/CPR/PersonBaseDataExtended/4/", real.cpr),
    ("sdi", "urn:oio:sts:sagdok:sagdokumentindeks:6", real.sdi),
    ("ydi", "urn:oio:sts:ydelse:ydelseindeks:6", real.ydi),
    ("organisation", REGISTER.format("organisation"), lambda c: sf1500(c, "organisation", *ORGANISATION)),
    ("klasse_7", REGISTER.format("klassifikation/klasse/7"), klasse_7),
    ("klassifikation", REGISTER.format("klassifikation"), lambda c: sf1500(c, "klassifikation", "klasse", "facet")),
    ("cvr", "http://rep.oio.dk/eogs/", cvr),
    ("acadre", "http://www.traen.com/", lambda c: acadre(c / "acadre-pws7")),
    ("sts", STS, sts),
    ("ydelseliste", "http://www.kombit.dk/int/2022/01/01/", lambda _: own("YdelseListeHent")),
    ("bygogmiljoe", "urn:korsbaek:bygogmiljoe:5", lambda _: own("BygOgMiljoe")),
)  # fmt: skip
"""Service, how the namespace of its messages begins, and its schema."""


@dataclass
class Judge:
    """Reads every envelope that any session of requests sends or receives; counts bodies, and keeps what is refused."""

    contracts: Path
    seen: Counter[tuple[str, str]] = field(default_factory=Counter)
    """How many bodies went by, by service and name."""
    refused: list[str] = field(default_factory=list)
    """What a schema said, and of what; never a value."""
    _schemas: dict[str, etree.XMLSchema] = field(default_factory=dict)
    _turn: threading.Lock = field(default_factory=threading.Lock)

    def sit(self, patch: pytest.MonkeyPatch) -> None:
        """From now on, until the patch ends."""
        plain = requests.adapters.HTTPAdapter.send

        def send(this: Any, request: requests.PreparedRequest, *args: Any, **how: Any) -> requests.Response:
            reply = plain(this, request, *args, **how)
            for message in (request.body, reply.content):
                self.hear(message.encode() if isinstance(message, str) else message or b"")
            return reply

        patch.setattr(requests.adapters.HTTPAdapter, "send", send)

    def hear(self, message: bytes) -> None:
        """One message; what is no envelope is somebody else's."""
        if not message.lstrip().startswith(b"<"):
            return
        envelope = etree.fromstring(message)
        if envelope.tag not in {f"{{{soap}}}Envelope" for soap in ENVELOPES}:
            return
        with self._turn:
            for part in envelope:
                for element in part:
                    self._judge(etree.QName(part).localname, element)

    def _judge(self, part: str, element: etree._Element) -> None:
        name = etree.QName(element)
        for signed in element.iter(f"{{{SIGNATURE}}}Signature"):
            self.seen["signature", part] += 1
            self._hold("signature", signed)
        if part == "Header":
            if name.namespace == HEADER:
                self._hold("sdi", element)
        elif name.namespace in ENVELOPES and name.localname == "Fault":
            self.seen["fault", element.findtext("faultcode") or element.findtext(".//{*}Value") or ""] += 1
            for detail in element.iter(FAULT):
                self._hold("fault", detail)
        else:
            service = next((s for s, begins, _ in KNOWN if str(name.namespace).startswith(begins)), "unknown")
            self.seen[service, name.localname] += 1
            self._hold(service, element)

    def _hold(self, service: str, element: etree._Element) -> None:
        if service not in self._schemas:
            makers = {s: make for s, _, make in KNOWN} | {"fault": real.fault, "signature": signature}
            if service not in makers:
                self.refused.append(f"no schema for {element.tag}")
                return
            self._schemas[service] = makers[service](self.contracts)
        schema = self._schemas[service]
        if not schema.validate(element):
            where = {str(e.path) for e in schema.error_log}
            self.refused.append(f"{service} {etree.QName(element).localname}: {sorted(where)[:3]}")
