"""CVR (SF1530 Online): the companies that are a party to a case, one a call."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from canonical_model import drafts
from canonical_model.draft import UNSET, Draft, Nummer, Sent
from connectors.adresselinje import adresselinje
from connectors.contract import Connector, Record, keyed
from connectors.errors import ContractError
from connectors.identifiers import cvr
from connectors.nobody import NO_COMPANY, knock
from connectors.serviceaftale import Service
from connectors.soap_node import Node
from connectors.soap_sheet import kept, left_out, together
from connectors.soap_xml import Held, Sheet, attribute_beside, body, child, parse, sift

VEJ = "StreetName StreetBuildingIdentifier FloorIdentifier SuiteIdentifier"
BY = "PostCodeIdentifier DistrictName"
VIRKSOMHED: Sheet = {"LegalUnit": together(
    kept(f"""
        LegalUnitIdentifier LegalUnitName(name validFromDate) BusinessFormat(BusinessFormatCode)
        Lifecycle(StartDate CessationDate) ActivityInformation(MainActivity(ActivityCode ActivityDescription))
        ContactInformation(Telephone(TelephoneNumberIdentifier) Email(EmailAddressIdentifier))
        AdvertisingProtectionIndicator AddressOfficial(AddressLineText AddressProtectionIndicator
            AddressPostalExtended({VEJ} {BY} DistrictSubdivisionIdentifier))
    """),
    left_out("not needed to know who a party is and how to reach it", """
        BusinessFormat(DataSupplierIdentifier MunicipalCommunity) ExporterIndicator ImporterIndicator
        ActivityInformation(ActivityResponsibilityCode SecondaryActivities) EmploymentYear EmploymentQuarter
        ContactInformation(Fax ForeignTelephone ForeignFax) CreditorInformationCollection ObligationCollection
        AddressPostal AddressPOBox AddressOfficial(AddressAccess CountryIdentificationCode
            AddressPostalExtended(MailDeliverySublocationIdentifier StreetNameForAddressingName CareOfName RegionCode
                PostOfficeBoxIdentifier CountryIdentificationCode StreetBuildingIdentifierTo))
        ProductionUnitAffiliationCollection
    """),
    left_out("owners and their CPR numbers are no matter of a case", "ParticipantCollection"),
)}  # fmt: skip
"""What is taken in of a LegalUnit, and what is left out why (SF1530, CvrServiceSourceSystem_schema_1.xsd)."""


def virksomhed(api: Service, number: str) -> Sequence[Record]:
    """All that CVR says of one company, as one record; nothing when CVR does not know the number."""
    reply = api.ask("getLegalUnit", GetLegalUnitRequest={"LegalUnitIdentifier": number, "level": 1})
    answer = child(reply, "GetLegalUnitResponse")
    if answer is None:
        raise ContractError(f"{api.where}: the reply is no GetLegalUnitResponse; has the contract changed?")
    if not len(answer):
        return ()
    attribute_beside(answer, "LegalUnitName", "validFromDate")  # Where it is said when a name began.
    held, unknown = sift(answer, VIRKSOMHED)
    told = Node(held).at("LegalUnit").value("LegalUnitIdentifier")
    if told is not None and told != number and told.isdigit():
        raise ContractError(f"{api.where}: the reply is about another company than the one asked for")
    return (Record("virksomhed", body(held), unknown),)


def translate(answer: Held) -> Iterable[Draft]:
    """A company from the day of its name, until it ceased."""
    unit = Node(answer).need_one("LegalUnit")
    name, liv = unit.at("LegalUnitName"), unit.at("Lifecycle")
    if not name.value("name"):
        raise unit.error("LegalUnitName/name", "missing")
    begun, ended = name.instant("validFromDate") or None, liv.instant("CessationDate") or None
    aktivitet, kontakt = unit.at("ActivityInformation", "MainActivity"), unit.at("ContactInformation")
    yield drafts.VirksomhedDraft(
        objekt=Nummer("cvr", cvr(unit.value("LegalUnitIdentifier"), "LegalUnit/LegalUnitIdentifier")),
        virkning_fra=begun,
        virkning_til=max(begun, ended) if begun and ended else ended,
        navn=name.text("name"),
        virksomhedsform=unit.at("BusinessFormat").text("BusinessFormatCode"),
        branche=aktivitet.text("ActivityDescription") or aktivitet.text("ActivityCode"),
        adresse=_adresse(unit.at("AddressOfficial")),
        telefon=kontakt.at("Telephone").text("TelephoneNumberIdentifier"),
        email=kontakt.at("Email").text("EmailAddressIdentifier"),
        reklamebeskyttet=unit.flag("AdvertisingProtectionIndicator"),
    )


def _adresse(holder: Node) -> Sent[str]:
    """The official address in one line; none that is protected."""
    if holder.flag("AddressProtectionIndicator") is True:
        return UNSET
    post = holder.one("AddressPostalExtended")
    if post is None:
        return holder.text("AddressLineText")
    return adresselinje(map(post.value, VEJ.split()), map(post.value, BY.split())) or UNSET


CONNECTOR: Connector[Service] = Connector(
    name="cvr",
    system="CVR (SF1530 Online)",
    open=lambda access: Service(access, Path(__file__).with_name("online.wsdl")),
    check=knock(virksomhed, NO_COMPANY),
    streams=(
        keyed("virksomheder", "cvr", virksomhed, parse, translate),
    ),
)  # fmt: skip
