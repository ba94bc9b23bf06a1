"""A company as SF1530 writes it (LegalUnit of CVR 1.5)."""

from typing import Any
from xml.sax.saxutils import escape, quoteattr

from korsbaek.systems.soap.names import declarations

Body = dict[str, Any]
PREFIXES = ("cvm", "cvw", "cvs", "cv5", "dk03", "dk05", "xk6", "xk5", "tlf")


def response(body: Body | None) -> str:
    """GetLegalUnitResponse; empty for a number that CVR does not know."""
    unit = "" if body is None else _unit(body)
    inner = f"<cvw:GetLegalUnitResponse>{unit}</cvw:GetLegalUnitResponse>"
    return f"<cvm:GetLegalUnitResponse{declarations(*PREFIXES)}>{inner}</cvm:GetLegalUnitResponse>"


def _unit(b: Body) -> str:
    since = f"validFromDate={quoteattr(b['adresse']['fra'])}"
    named = f'sequenceNumber="1" validFromDate={quoteattr(b["fra"])}'
    ended = f"<cvs:CessationDate>{b['ophoert']}</cvs:CessationDate>" if b.get("ophoert") else ""
    contact = f'validFromDate={quoteattr(b["fra"])} protectionIndicator="{_flag(b["reklamebeskyttet"])}"'
    return (
        f'<cvs:LegalUnit versionIdentifier="{b["version"]}">'
        f"<cvs:LegalUnitIdentifier>{b['cvr']}</cvs:LegalUnitIdentifier>"
        f"<cvs:LegalUnitName {named}><cvs:name>{escape(b['navn'])}</cvs:name></cvs:LegalUnitName>"
        f"<cvs:AdvertisingProtectionIndicator>{_flag(b['reklamebeskyttet'])}</cvs:AdvertisingProtectionIndicator>"
        "<cv5:ExporterIndicator>false</cv5:ExporterIndicator><cv5:ImporterIndicator>false</cv5:ImporterIndicator>"
        f"<cvs:Lifecycle><cvs:StartDate>{b['fra']}</cvs:StartDate>{ended}</cvs:Lifecycle>"
        f"<cvs:AddressOfficial {since}>{_address(b['adresse'])}</cvs:AddressOfficial>"
        f"<cvs:ActivityInformation><cvs:MainActivity validFromDate={quoteattr(b['fra'])}>"
        f"<cvs:ActivityCode>{b['branchekode']}</cvs:ActivityCode>"
        f"<cvs:ActivityDescription>{escape(b['branche'])}</cvs:ActivityDescription>"
        "</cvs:MainActivity></cvs:ActivityInformation>"
        f"<cvs:BusinessFormat validFromDate={quoteattr(b['fra'])}>"
        f"<cvs:BusinessFormatCode>{b['form']}</cvs:BusinessFormatCode>"
        "<cvs:DataSupplierIdentifier>E&amp;S</cvs:DataSupplierIdentifier>"
        "<cvs:MunicipalCommunity>false</cvs:MunicipalCommunity></cvs:BusinessFormat>"
        f"<cvs:ContactInformation><cvs:Telephone {contact}>"
        f"<tlf:TelephoneNumberIdentifier>{b['telefon']}</tlf:TelephoneNumberIdentifier></cvs:Telephone>"
        f"<cvs:Email {contact}><xk5:EmailAddressIdentifier>{escape(b['email'])}</xk5:EmailAddressIdentifier>"
        "</cvs:Email></cvs:ContactInformation></cvs:LegalUnit>"
    )


def _address(a: Body) -> str:
    return (
        f"<cvs:AddressPostalExtended><dk05:StreetName>{escape(a['vej'])}</dk05:StreetName>"
        f"<dk03:StreetBuildingIdentifier>{a['nummer']}</dk03:StreetBuildingIdentifier>"
        f"<dk05:PostCodeIdentifier>{a['postnummer']}</dk05:PostCodeIdentifier>"
        f"<dk05:DistrictName>{escape(a['by'])}</dk05:DistrictName></cvs:AddressPostalExtended>"
        '<dk03:CountryIdentificationCode scheme="iso3166-alpha2">DK</dk03:CountryIdentificationCode>'
    )


def _flag(value: bool) -> str:
    return "true" if value else "false"
