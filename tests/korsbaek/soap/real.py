"""The published schemas as lxml takes them, with the one mend that libxml2 needs, made in memory."""

from pathlib import Path

from lxml import etree

XS = "{http://www.w3.org/2001/XMLSchema}"


def _driver(*imports: tuple[str, Path]) -> etree.XMLSchema:
    lines = "".join(f'<xs:import namespace="{ns}" schemaLocation="{path.as_uri()}"/>' for ns, path in imports)
    return etree.XMLSchema(etree.fromstring(f'<xs:schema xmlns:xs="{XS[1:-1]}">{lines}</xs:schema>'))


def sdi(contracts: Path) -> etree.XMLSchema:
    """SF1470 v6 and the RequestHeader."""
    xsd = (contracts / "sf1470-sagdokumentindeks" / "wsdl" / "xsd").resolve()
    return _driver(
        (
            "urn:oio:sts:sagdok:sagdokumentindeks:6",
            xsd / "6.0.STS-0" / "SagDokumentIndeksOperationer.xsd",
        ),
        ("http://kombit.dk/xml/schemas/RequestHeader/1/", xsd / "common" / "RequestHeader.xsd"),
    )


def ydi(contracts: Path) -> etree.XMLSchema:
    """SF1490 v6 and the RequestHeader."""
    xsd = (contracts / "sf1490-ydelsesindeks" / "xsd").resolve()
    return _driver(
        ("urn:oio:sts:ydelse:ydelseindeks:6", xsd / "6.0.STS-0" / "YdelseIndeksOperationer.xsd"),
        ("http://kombit.dk/xml/schemas/RequestHeader/1/", xsd / "common" / "RequestHeader.xsd"),
    )


def cpr(contracts: Path) -> etree.XMLSchema:
    """SF1520 v4. Its types file uses cpr:PNRType without importing it, so both documents are read as one."""
    folder = (contracts / "sf1520-personbasedataextended").resolve()
    root = etree.parse(folder / "PersonBaseDataExtendedServiceMsg.xsd").getroot()
    for included in root.findall(f"{XS}include"):
        root.remove(included)
    for imported in root.findall(f"{XS}import"):
        imported.set("schemaLocation", (folder / str(imported.get("schemaLocation"))).as_uri())
    types = etree.parse(folder / "xsd" / "PersonBaseDataExtendedServiceTypes.xsd").getroot()
    root.extend([child for child in types if isinstance(child.tag, str)])
    return etree.XMLSchema(etree.fromstring(etree.tostring(root)))


def fault(contracts: Path) -> etree.XMLSchema:
    """ServiceplatformFault."""
    return etree.XMLSchema(
        etree.parse(contracts / "sf1520-personbasedataextended" / "sp" / "ServiceplatformFault_1.xsd")
    )


SCHEMAS = {"sdi": sdi, "ydi": ydi, "cpr": cpr}
