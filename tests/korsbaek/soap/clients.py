"""Plain zeep clients from the published WSDLs, bound to the town's servers with its client certificate."""

from pathlib import Path
from typing import Any
from uuid import uuid4

import requests
import zeep
from zeep.transports import Transport

WSDLS = {
    "cpr": "sf1520-personbasedataextended/wsdl/token/PersonBaseDataExtendedService.wsdl",
    "sdi": "sf1470-sagdokumentindeks/wsdl/SagDokumentIndeksService_6.wsdl",
    "sdi12": "sf1470-sagdokumentindeks/wsdl/SagDokumentIndeksService_6_soap12.wsdl",
    "ydi": "sf1490-ydelsesindeks/wsdl/YdelseIndeks.wsdl",
}
SD, GD = "urn:oio:sagdok:3.0.0", "urn:oio:sts:generelledefinitioner:6"
SAG, DI = "urn:oio:sts:sagdok:sag:6", "urn:oio:sts:sagdok:dokumentindeks:6"
BI, OEF = "urn:oio:sts:ydelse:bevillingindeks:6", "urn:oio:sts:ydelse:oekonomiskeffektueringindeks:6"
SDI, YI = "urn:oio:sts:sagdok:sagdokumentindeks:6", "urn:oio:sts:ydelse:ydelseindeks:6"


class Hybrid(zeep.Plugin):
    """KOMBIT's sample: a SOAP 1.1 envelope sent as application/soap+xml."""

    def egress(self, envelope: Any, http_headers: Any, operation: Any, binding_options: Any) -> Any:
        http_headers["Content-Type"] = "application/soap+xml; charset=utf-8"
        return envelope, http_headers


def client(wsdl: str, pki: Path, plugins: list[Any] | None = None) -> Any:
    """A client of a WSDL file or address."""
    session = requests.Session()
    session.trust_env = False  # a REQUESTS_CA_BUNDLE would win over `verify`
    session.cert = (str(pki / "client.crt"), str(pki / "client.key"))
    session.verify = str(pki / "ca.crt")
    return zeep.Client(wsdl, transport=Transport(session=session), plugins=plugins)  # type: ignore[no-untyped-call]


def bound(wsdl: str, pki: Path, url: str, plugins: list[Any] | None = None) -> tuple[Any, Any]:
    """The client and its service at a URL."""
    made = client(wsdl, pki, plugins)
    return made, made.create_service(next(iter(made.wsdl.bindings)), url)


def header() -> dict[str, Any]:
    """A RequestHeader with a new TransactionUUID."""
    return {"header": {"TransactionUUID": str(uuid4())}}


def soeg(made: Any, ns: str, relationer: dict[str, Any] | None = None, **head: Any) -> Any:
    """A SoegInput of a namespace."""
    lists = {name: made.get_type(f"{{{ns}}}{name}Type")() for name in ("AttributListe", "TilstandListe")}
    relation = made.get_type(f"{{{ns}}}RelationListeType")(**(relationer or {}))
    return made.get_type(f"{{{ns}}}SoegInputType")(**head, **lists, RelationListe=relation)


def udtryk(made: Any, ns: str, operation: str | None = None, **searches: list[Any]) -> Any:
    """A SoegUdtryk."""
    return made.get_type(f"{{{ns}}}SoegUdtrykType")(operation=operation, _value_1=[{k: v} for k, v in searches.items()])


def vis(made: Any, ns: str, kind: str, **elements: str) -> Any:
    """A Filter of `kind` (SagDokumentIndeks or YdelseIndeks)."""
    chosen = [{name: [{"Vis": value}]} for name, values in elements.items() for value in values.split()]
    return made.get_type(f"{{{ns}}}FremsoegFilter{kind}InputType")(_value_1=chosen)
