"""CVR (SF1530 Online): the companies that are a party to a case, one a call."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from lxml import etree

from canonical_model.draft import UNSET, Draft, Nummer, Sent
from canonical_model.drafts import VirksomhedDraft
from connectors import soap_xml
from connectors.contract import Access, Connector, Record, keyed
from connectors.cvr.sheet import VIRKSOMHED
from connectors.errors import ContractError
from connectors.identifiers import cvr
from connectors.serviceaftale import invocation
from connectors.soap import SoapApi
from connectors.soap_node import TOM, Node

INGEN = "10000000"
"""A number that no company has (its check digit is wrong), to knock with."""
VEJ = ("StreetName", "StreetBuildingIdentifier", "FloorIdentifier", "SuiteIdentifier")
BY = ("PostCodeIdentifier", "DistrictName")


class Online:
    """The service, asked on behalf of one municipality."""

    def __init__(self, access: Access) -> None:
        self.api = SoapApi(access, Path(__file__).with_name("online.wsdl"), "1.1")
        self._context = invocation(access, self.api.where)

    def virksomhed(self, number: str) -> Sequence[Record]:
        """All that CVR says of one company, as one record; nothing when CVR does not know the number."""
        asked = {"LegalUnitIdentifier": number, "level": 1}
        reply = self.api.ask("getLegalUnit", **self._context, GetLegalUnitRequest=asked)
        answer = next((e for e in reply if soap_xml.local(str(e.tag)) == "GetLegalUnitResponse"), None)
        if answer is None:
            raise ContractError(f"{self.api.where}: the reply is no GetLegalUnitResponse; has the contract changed?")
        for name in answer.iter("{*}LegalUnitName"):
            # When a name began is said in an attribute; it is held beside the name, as if it were an element.
            etree.SubElement(name, "validFromDate").text = name.get("validFromDate")
        held, unknown = soap_xml.sift(answer, VIRKSOMHED)
        unit = Node(held).one("LegalUnit")
        if unit is None and not len(answer):
            return ()
        told = unit.value("LegalUnitIdentifier") if unit is not None else None
        if told is not None and told != number and told.isdigit():
            raise ContractError(f"{self.api.where}: the reply is about another company than the one asked for")
        return (Record("virksomhed", soap_xml.body(held), unknown),)

    def knock(self) -> None:
        """Asks for nobody. Anything but a refusal or a broken contract means that the door opens."""
        self.virksomhed(INGEN)


def translate(answer: soap_xml.Held) -> Iterable[Draft]:
    """A company from the day of its name, until it ceased."""
    unit = Node(answer).need_one("LegalUnit")
    name, liv = unit.one("LegalUnitName") or TOM, unit.one("Lifecycle") or TOM
    if not name.value("name"):
        raise unit.error("LegalUnitName/name", "missing")
    begun = name.instant("validFromDate") or None
    ended = liv.instant("CessationDate") or None
    aktivitet = (unit.one("ActivityInformation") or TOM).one("MainActivity") or TOM
    kontakt = unit.one("ContactInformation") or TOM
    yield VirksomhedDraft(
        objekt=Nummer("cvr", cvr(unit.value("LegalUnitIdentifier"), "LegalUnit/LegalUnitIdentifier")),
        virkning_fra=begun,
        virkning_til=max(begun, ended) if begun and ended else ended,
        navn=name.text("name"),
        virksomhedsform=(unit.one("BusinessFormat") or TOM).text("BusinessFormatCode"),
        branche=aktivitet.text("ActivityDescription") or aktivitet.text("ActivityCode"),
        adresse=_adresse(unit.one("AddressOfficial") or TOM),
        telefon=(kontakt.one("Telephone") or TOM).text("TelephoneNumberIdentifier"),
        email=(kontakt.one("Email") or TOM).text("EmailAddressIdentifier"),
        reklamebeskyttet=unit.flag("AdvertisingProtectionIndicator"),
    )


def _adresse(holder: Node) -> Sent[str]:
    """The official address in one line; none that is protected."""
    if holder.flag("AddressProtectionIndicator") is True:
        return UNSET
    post = holder.one("AddressPostalExtended")
    if post is None:
        return holder.text("AddressLineText")
    lines = (" ".join(v for name in names if (v := post.value(name))) for names in (VEJ, BY))
    return ", ".join(line for line in lines if line) or UNSET


CONNECTOR: Connector[Online] = Connector(
    name="cvr",
    system="CVR (SF1530 Online)",
    open=Online,
    check=Online.knock,
    streams=(
        keyed("virksomheder", "cvr", Online.virksomhed, soap_xml.parse, translate),
    ),
)  # fmt: skip
