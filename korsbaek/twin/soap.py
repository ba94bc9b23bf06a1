"""A twin of a WSDL contract (document/literal): each operation answers as its schema says, lists by their paging."""

import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from random import Random
from typing import Any

from lxml import etree
from zeep import Client, Settings

from korsbaek.hostile.exchange import Reply, plain
from korsbaek.hostile.records import BILLEDE, local
from korsbaek.twin import values
from korsbaek.twin.rest import _place

XS = "{http://www.w3.org/2001/XMLSchema}"
ENVELOPES = ("http://schemas.xmlsoap.org/soap/envelope/", "http://www.w3.org/2003/05/soap-envelope")
SKIP = re.compile(r"fra$|skip|offset|start|foerste|first", re.I)
LIMIT = re.compile(r"antal|limit|max|size|top", re.I)
TOTAL = re.compile(r"total|antal|ialt|count", re.I)
KINDS = {"dateTime": "date-time", "date": "date", "int": "integer", "integer": "integer", "long": "integer",
         "decimal": "number", "double": "number", "boolean": "boolean"}  # fmt: skip


class SoapTwin:
    """The service. Raises ValueError when the file is no WSDL."""

    def __init__(self, wsdl: Path, seed: int, records: int) -> None:
        """`records`: how many a list holds."""
        try:
            document = Client(str(wsdl), settings=Settings(strict=False)).wsdl  # type: ignore[no-untyped-call]
        except Exception as error:
            raise ValueError(f"{wsdl.name}: not a WSDL that can be read: {type(error).__name__}") from None
        self.bytes, self._seed, self._records = wsdl.read_bytes(), seed, records
        self._facets = dict(_facets(etree.fromstring(self.bytes)))
        self._operations: dict[str, Any] = {}
        for binding in document.bindings.values():
            for operation in binding._operations.values():
                body = operation.input.body
                if body is not None and operation.output is not None:
                    self._operations[body.qname.localname] = (body, operation.output.body)
        if not self._operations:
            raise ValueError(f"{wsdl.name}: the WSDL binds no operation")
        self.share = 0.0
        """How much of everything is gone."""

    def app(self, environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        """The sound answer; records end in the name by which the faults know them."""
        reply = self._answer(environ)
        start(reply.status, reply.headers)
        return [reply.body]

    def _answer(self, environ: dict[str, Any]) -> Reply:
        if environ["REQUEST_METHOD"] == "GET":
            return plain(200, self.bytes, "text/xml; charset=utf-8")
        try:
            envelope = etree.fromstring(environ["wsgi.input"].read())
            body = next(e for e in envelope if local(e) == "Body")[0]
        except (etree.XMLSyntaxError, StopIteration, IndexError):
            return plain(400)
        if local(body) not in self._operations:
            return self._envelope(envelope, _fault(envelope), 500)
        return self._envelope(envelope, self._said(self._operations[local(body)][1], body), 200)

    def _said(self, output: Any, request: etree._Element) -> etree._Element:
        answer = etree.Element(output.qname.text)
        parts = output.type.elements
        listed = next((e for _, e in parts if e.accepts_multiple), None)
        where = f"{self._seed}/{output.qname.localname}"
        whole = [self._element(listed, Random(f"{where}/{n}")) for n in range(self._records)] if listed else []
        whole = [e for e in whole if _place(str(e[0].text) if len(e) else "") >= self.share]
        given = {local(e): int(e.text) for e in request.iter() if e.text and e.text.strip().isdigit()}
        skip = next((v for n, v in given.items() if SKIP.search(n)), 0)
        limit = next((v for n, v in given.items() if LIMIT.search(n) and not SKIP.search(n)), len(whole))
        for _, element in parts:
            if element is listed:
                for record in whole[skip : skip + limit]:
                    record.tag = f"{record.tag}{BILLEDE}"
                    answer.append(record)
            elif listed is not None and TOTAL.search(element.name) and _kind(element) == "integer":
                etree.SubElement(answer, element.qname.text).text = str(len(whole))
            else:
                answer.append(self._element(element, Random(f"{where}/{element.name}")))
        return answer

    def _element(self, element: Any, rng: Random) -> etree._Element:
        made = etree.Element(element.qname.text)
        inner = getattr(element.type, "elements", None)
        if inner:
            for _, child in inner:
                if child.min_occurs or rng.random() < 0.7:
                    made.append(self._element(child, rng))
            return made
        enum, uuid = self._facets.get(element.name, ((), False))
        value = values.text(element.name, "uuid" if uuid else _kind(element), rng, enum)
        made.text = str(value).lower() if isinstance(value, bool) else str(value)
        return made

    def _envelope(self, asked: etree._Element, answer: etree._Element, status: int) -> Reply:
        space = etree.QName(asked).namespace or ENVELOPES[0]
        envelope = etree.Element(f"{{{space}}}Envelope", nsmap={"soap": space})
        etree.SubElement(envelope, f"{{{space}}}Body").append(answer)
        media = "application/soap+xml" if space == ENVELOPES[1] else "text/xml"
        return plain(
            status, etree.tostring(envelope, xml_declaration=True, encoding="UTF-8"), f"{media}; charset=utf-8"
        )


def named(body: bytes) -> bytes:
    """A reply whose records have the contract's own names again."""
    return body.replace(BILLEDE.encode(), b"")


def _fault(envelope: etree._Element) -> etree._Element:
    space = etree.QName(envelope).namespace
    fault = etree.Element(f"{{{space}}}Fault")
    code = etree.SubElement(fault, "faultcode")
    code.text = f"{envelope.prefix}:Client"
    etree.SubElement(fault, "faultstring").text = "no such operation"
    return fault


def _kind(element: Any) -> str:
    for kind in type(element.type).__mro__:
        name = str(getattr(getattr(kind, "_default_qname", None), "localname", ""))
        if name in KINDS:
            return KINDS[name]
    return "string"


def _facets(root: etree._Element) -> Iterator[tuple[str, tuple[tuple[str, ...], bool]]]:
    """Element to its enumeration, and whether its pattern is that of a UUID."""
    types = {t.get("name"): t for t in root.iter(f"{XS}simpleType") if t.get("name")}
    for element in root.iter(f"{XS}element"):
        kind = element.find(f"{XS}simpleType")
        if kind is None:
            kind = types.get(str(element.get("type") or "").rpartition(":")[2])
        if kind is not None and element.get("name"):
            enum = tuple(str(e.get("value")) for e in kind.iter(f"{XS}enumeration"))
            patterns = [str(p.get("value")) for p in kind.iter(f"{XS}pattern")]
            yield str(element.get("name")), (enum, any("{8}" in p and "{12}" in p for p in patterns))


__all__ = ["SoapTwin", "named"]
