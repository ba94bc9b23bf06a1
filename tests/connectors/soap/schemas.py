"""The real schemas: libxml2 for validity, zeep for meaning. Neither shares a line with the connectors."""

import re
from functools import cache
from pathlib import Path
from typing import Any

import zeep
from lxml import etree

SF1470 = "sf1470-sagdokumentindeks/wsdl/SagDokumentIndeksService_6.wsdl"
SF1490 = "sf1490-ydelsesindeks/wsdl/YdelseIndeks.wsdl"
SF1520 = "sf1520-personbasedataextended/wsdl/token/PersonBaseDataExtendedService.wsdl"
XS = "http://www.w3.org/2001/XMLSchema"


@cache
def schema(contracts: Path, wsdl: str) -> etree.XMLSchema:
    """One schema that imports all of a service's."""
    if wsdl == SF1520:
        return _cpr(contracts)
    folder = (contracts / wsdl).parent
    imports = "".join(
        f'<xs:import namespace="{e.get("namespace")}" '
        f'schemaLocation="{(folder / str(e.get("schemaLocation"))).resolve().as_uri()}"/>'
        for e in etree.parse(str(contracts / wsdl)).iter(f"{{{XS}}}import")
        if e.get("schemaLocation")
    )
    return etree.XMLSchema(etree.fromstring(f'<xs:schema xmlns:xs="{XS}">{imports}</xs:schema>'))


def _cpr(contracts: Path) -> etree.XMLSchema:
    """The types file lacks an import (rammearkitektur 1.3): merged into the message file, in memory."""
    folder = contracts / "sf1520-personbasedataextended"
    message = etree.parse(str(folder / "PersonBaseDataExtendedServiceMsg.xsd")).getroot()
    types = etree.parse(str(folder / "xsd" / "PersonBaseDataExtendedServiceTypes.xsd")).getroot()
    for include in message.findall(f"{{{XS}}}include"):
        message.remove(include)
    for node in message.findall(f"{{{XS}}}import"):
        node.set("schemaLocation", (folder / str(node.get("schemaLocation"))).as_uri())
    for node in types:
        if isinstance(node.tag, str) and not node.tag.endswith(("}import", "}include")):
            message.append(node)
    return etree.XMLSchema(message)


@cache
def client(contracts: Path, wsdl: str) -> Any:
    """A plain zeep client of the real WSDL."""
    return zeep.Client(str(contracts / wsdl), settings=zeep.Settings(strict=True))


def meaning(contracts: Path, wsdl: str, element: etree._Element) -> Any:
    """What zeep makes of an element, by the real WSDL."""
    return client(contracts, wsdl).get_element(str(element.tag)).parse(element, client(contracts, wsdl).wsdl.types)


def sample(contracts: Path, name: str) -> etree._Element:
    """The element in Body of a sample message, its impossible CPR numbers replaced by possible invented ones."""
    raw = (contracts / "samples" / name).read_bytes()
    raw = re.sub(rb"(?<!\d)01[0-9]{7}(\d)(?!\d)", rb"021265678\1", raw)
    return next(e for e in etree.fromstring(raw) if str(e.tag).endswith("}Body"))[0]
