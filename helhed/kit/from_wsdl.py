"""A WSDL (document/literal, in one file) as what a connector could be: operations that list elements are streams."""

import re
from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from connectors.errors import ContractError
from connectors.soap_xml import local
from connectors.soap_xml import read as document
from helhed.kit.found import Found, Stream
from helhed.kit.from_openapi import LIMIT, TOTAL

WSDL = "{http://schemas.xmlsoap.org/wsdl/}"
XS = "{http://www.w3.org/2001/XMLSchema}"
SKIP = re.compile(r"^fra$|skip|offset|foerste|first|start", re.I)
KINDS = {"dateTime": "date-time", "date": "date", "int": "integer", "integer": "integer", "long": "integer"}
DEEPEST = 4
"""Elements within elements that are looked into."""


class _Schema:
    def __init__(self, root: etree._Element) -> None:
        self.elements = {str(e.get("name")): e for s in root.iter(f"{XS}schema") for e in s.findall(f"{XS}element")}
        kinds = ("complexType", "simpleType")
        self.types = {str(t.get("name")): t for k in kinds for t in root.iter(f"{XS}{k}") if t.get("name")}

    def children(self, element: etree._Element) -> list[etree._Element]:
        """The elements inside one; none for a value."""
        inner = element.find(f"{XS}complexType")
        inner = self.types.get(_bare(element.get("type"))) if inner is None else inner
        if inner is None or inner.tag != f"{XS}complexType":
            return []
        found = [e for e in inner.iter(f"{XS}element") if next(a for a in e.iterancestors(f"{XS}complexType")) is inner]
        return [self.elements.get(_bare(e.get("ref")), e) if e.get("ref") else e for e in found]

    def kind(self, element: etree._Element) -> str:
        """text, uuid, date, date-time, integer."""
        simple = element.find(f"{XS}simpleType")
        simple = self.types.get(_bare(element.get("type"))) if simple is None else simple
        if simple is not None:
            patterns = [str(p.get("value")) for p in simple.iter(f"{XS}pattern")]
            return "uuid" if any("{8}" in p and "{12}" in p for p in patterns) else "text"
        return KINDS.get(_bare(element.get("type")), "text")

    def fields(self, element: etree._Element, path: str = "", need: bool = True) -> Iterator[tuple[str, str, bool]]:
        """Dotted path, kind, and whether it is always there."""
        for child in self.children(element):
            here = f"{path}.{child.get('name')}" if path else str(child.get("name"))
            sure = need and child.get("minOccurs") != "0"
            if self.children(child) and here.count(".") < DEEPEST:
                yield from self.fields(child, here, sure)
            else:
                yield here, self.kind(child), sure


def read(path: Path) -> Found:
    """The file's operations; ValueError, one line, when it is no WSDL or lists nothing."""
    try:
        root = document(path.read_bytes(), path.name)
    except (OSError, ContractError) as error:
        raise ValueError(f"{path.name}: not a WSDL: {type(error).__name__}") from None
    if root.tag != f"{WSDL}definitions":
        raise ValueError(f"{path.name}: not a WSDL 1.1: its root is {local(str(root.tag))}")
    schema = _Schema(root)
    parts = {str(m.get("name")): _bare(p.get("element")) for m in root.iter(f"{WSDL}message") for p in m}
    found = Found(soap=True, title=str(root.get("name") or path.stem), streams=[])
    for port in root.findall(f"{WSDL}portType"):
        for operation in port.findall(f"{WSDL}operation"):
            stream = _stream(operation, schema, parts)
            if stream is None:
                found.passed_over.append(str(operation.get("name")))
            else:
                found.streams.append(stream)
    if not found.streams:
        raise ValueError(f"{path.name}: no operation whose reply lists elements; are its schemas in the file itself?")
    return found


def own(path: Path) -> bytes:
    """The file as it stands beside a connector: its binding has the name that connectors.soap looks for."""
    text = path.read_text(encoding="utf-8")
    bound = re.search(r'<(?:\w+:)?binding\s[^>]*?name="([^"]+)"', text)
    return (re.sub(rf"\b{re.escape(bound[1])}\b", "Soap11", text) if bound else text).encode()


def _stream(operation: etree._Element, schema: _Schema, parts: dict[str, str]) -> Stream | None:
    ends = {local(str(e.tag)): schema.elements.get(parts.get(_bare(e.get("message")), "")) for e in operation}
    asked, answer = ends.get("input"), ends.get("output")
    if asked is None or answer is None:
        return None
    said = schema.children(answer)
    listed = next((e for e in said if e.get("maxOccurs", "1") != "1"), None)
    params = [str(e.get("name")) for e in schema.children(asked)]
    told = list(schema.fields(listed)) if listed is not None else []
    if listed is None or not told:
        return None
    fields = {name: kind for name, kind, _ in told}
    key = next((f for f in fields if "." not in f and f.lower().endswith(("id", "uuid"))), next(iter(fields)))
    return Stream(
        name=str(listed.get("name")).lower(), where=str(operation.get("name")), key=key, uuid=fields[key] == "uuid",
        fields=fields, need={n for n, _, sure in told if sure}, element=str(listed.get("name")),
        total=next((str(e.get("name")) for e in said if TOTAL.search(str(e.get("name"))) and e is not listed), ""),
        skip=next((p for p in params if SKIP.search(p)), ""), limit=next((p for p in params if LIMIT.search(p)), ""),
    )  # fmt: skip


def _bare(name: str | None) -> str:
    return (name or "").rpartition(":")[2]


__all__ = ["own", "read"]
