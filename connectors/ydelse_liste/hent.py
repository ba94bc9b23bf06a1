"""Asking YdelseListeHent (SF1491) about one citizen: the grants, then each grant's payments."""

import re
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

from lxml import etree

from connectors import soap_xml
from connectors.contract import Access, Record
from connectors.errors import ContractError, RecordError
from connectors.paging import Slice, by_offset
from connectors.soap import SoapApi
from connectors.soap_node import Node
from connectors.ydelse_liste import sheet
from helhed.settings import now

PAGE = 100
"""The most that one answer holds (option page_size)."""
WINDOW = timedelta(days=92)
"""How far back a municipality may look at Udbetaling Danmark's payments: three months (UDK-loven § 8, stk. 1)."""
UDK = "Udbetaling Danmark"
"""What the system of Udbetaling Danmark is called; options.udk replaces it."""


class YdelseListe:
    """The service at `access`; SOAP 1.2."""

    def __init__(self, access: Access) -> None:
        self.api = SoapApi(access, Path(__file__).with_name("hent.wsdl"), "1.2")
        self.size = min(PAGE, int(access.options.get("page_size") or PAGE))
        self.udk = str(access.options.get("udk") or UDK)

    def hent(self, operation: str, element: str, **asked: Any) -> tuple[list[etree._Element], date]:
        """All objects of a reply, page by page, and the service's own day."""
        days: list[date] = []

        def fetch(skip: int, size: int) -> Slice:
            tid = now().astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
            reply = self.api.ask(
                operation,
                HovedOplysninger={"TransaktionsId": str(uuid4()), "TransaktionsTid": tid},
                **asked,
                RettighedListe={"BevillingDataAfgrGruppe": [{}]},
                ResultatFilter={"ResultatAntalMaks": size, "ResultatStart": skip},
            )
            days.append(self._day(reply, operation))
            found = [e for liste in list(reply)[1:] for e in liste if soap_xml.local(str(e.tag)) == element]
            return Slice([etree.tostring(e, with_tail=False) for e in found])

        pages = list(by_offset(fetch, self.size, f"{self.api.where} {operation}"))
        return [soap_xml.tree(item) for page in pages for item in page], days[0]

    def _day(self, reply: etree._Element, operation: str) -> date:
        svar = reply[0] if len(reply) else None
        if soap_xml.local(str(reply.tag)) != f"{operation}_O" or svar is None:
            raise ContractError(f"{self.api.where}: the reply is no {operation}_O with HovedOplysningerSvar")
        for fejl in svar.iter("{*}FejlId"):
            kode = fejl.text if fejl.text and re.fullmatch(r"\w{1,20}", fejl.text) else "?"
            raise ContractError(f"{self.api.where}: {operation} was answered with Fejl {kode}; see the service's guide")
        try:
            tid = Node(soap_xml.held(svar)).instant("TransaktionsTid")
        except RecordError:
            tid = None
        if not isinstance(tid, datetime):
            raise ContractError(f"{self.api.where}: the reply does not say TransaktionsTid")
        return tid.date()


def read_ydelser(api: YdelseListe, cpr: str) -> Sequence[Record]:
    """The citizen's grants and payments. Of Udbetaling Danmark: what was paid in the latest three months, and the
    grants that it was paid for."""
    grants, today = api.hent(
        "BevillingHent", "BevilgetYdelse",
        PartCPRNummer=cpr, PartRolle="Bevillingsmodtager", MedtagEffektueringer=False,
    )  # fmt: skip
    found: dict[str, Record] = {}
    for grant in grants:
        node = Node(soap_xml.held(grant))
        bevilling = node.at("BevillingStruktur")
        uuid, ident = bevilling.value("BevillingUUID"), node.value("BevilgetYdelseID")
        if not uuid or not ident:
            raise ContractError(f"{api.api.where}: a BevilgetYdelse without BevillingUUID and BevilgetYdelseID")
        udk = bevilling.at("MasterSystemInstans").value("ItSystemInstansNavn") == api.udk
        paid = _payments(api, uuid, ident, today, udk)
        if paid or not udk:
            key = f"bevilling/{uuid}/{ident}"
            found[key] = _record(key, grant, "bevilling", sheet.YDELSE_UDK if udk else sheet.YDELSE)
        found |= {record.key: record for record in paid}
    return list(found.values())


def _payments(api: YdelseListe, uuid: str, ident: str, today: date, udk: bool) -> list[Record]:
    asked: dict[str, Any] = {"BevilgetYdelseKriterie": {"BevillingUUID": uuid, "BevilgetYdelseID": ident}}
    if udk:
        asked["OekonomiskEffektueringDispositionsDatoFra"] = today - WINDOW
        asked["OekonomiskEffektueringDispositionsDatoTil"] = today
    payments, _ = api.hent("EffektueringHent", "OEkonomiskEffektuering", **asked)
    records = []
    for payment in payments:
        struktur = Node(soap_xml.held(payment)).at("OekonomiskEffektueringStruktur")
        key, paid = struktur.value("UUID"), struktur.value("Dispositionsdato") or ""
        if not key:
            raise ContractError(f"{api.api.where}: an OekonomiskEffektuering without UUID")
        if udk and not (today - WINDOW).isoformat() <= paid[:10] <= today.isoformat():
            continue
        kept = sheet.EFFEKTUERING_UDK if udk else sheet.EFFEKTUERING
        records.append(_record(f"effektuering/{key}", payment, "effektuering", kept))
    return records


def _record(key: str, element: etree._Element, art: str, kept: soap_xml.Sheet) -> Record:
    """What the sheet keeps, and which of the two kinds it is (`art`)."""
    held, unknown = soap_xml.sift(element, kept)
    return Record(key, soap_xml.body(held | {"art": art}), unknown)
