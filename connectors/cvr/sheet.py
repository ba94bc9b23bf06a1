"""What is taken in of a LegalUnit, and what is left out why (SF1530, CvrServiceSourceSystem_schema_1.xsd)."""

from connectors.soap_xml import Sheet

BRUGES_IKKE = "not needed to know who a party is and how to reach it"
ADRESSE: Sheet = {
    "AddressAccess": BRUGES_IKKE,
    "AddressPostalExtended": {
        "MailDeliverySublocationIdentifier": BRUGES_IKKE, "StreetName": None,
        "StreetNameForAddressingName": BRUGES_IKKE, "StreetBuildingIdentifier": None, "FloorIdentifier": None,
        "SuiteIdentifier": None,
        "DistrictSubdivisionIdentifier": None, "PostOfficeBoxIdentifier": BRUGES_IKKE, "PostCodeIdentifier": None,
        "DistrictName": None, "CountryIdentificationCode": BRUGES_IKKE, "CareOfName": BRUGES_IKKE,
        "StreetBuildingIdentifierTo": BRUGES_IKKE, "RegionCode": BRUGES_IKKE,
    },
    "AddressLineText": None, "CountryIdentificationCode": BRUGES_IKKE, "AddressProtectionIndicator": None,
}  # fmt: skip

VIRKSOMHED: Sheet = {
    "LegalUnit": {
        "LegalUnitIdentifier": None,
        "LegalUnitName": {"name": None, "validFromDate": None},
        "AdvertisingProtectionIndicator": None,
        "ExporterIndicator": BRUGES_IKKE,
        "ImporterIndicator": BRUGES_IKKE,
        "Lifecycle": {"StartDate": None, "CessationDate": None},
        "AddressOfficial": ADRESSE,
        "AddressPostal": BRUGES_IKKE,
        "AddressPOBox": BRUGES_IKKE,
        "ActivityInformation": {
            "ActivityResponsibilityCode": BRUGES_IKKE,
            "MainActivity": {"ActivityCode": None, "ActivityDescription": None},
            "SecondaryActivities": BRUGES_IKKE,
        },
        "BusinessFormat": {
            "BusinessFormatCode": None, "DataSupplierIdentifier": BRUGES_IKKE, "MunicipalCommunity": BRUGES_IKKE,
        },
        "EmploymentYear": BRUGES_IKKE,
        "EmploymentQuarter": BRUGES_IKKE,
        "ContactInformation": {
            "Telephone": {"TelephoneNumberIdentifier": None}, "Fax": BRUGES_IKKE,
            "Email": {"EmailAddressIdentifier": None}, "ForeignTelephone": BRUGES_IKKE, "ForeignFax": BRUGES_IKKE,
        },
        "CreditorInformationCollection": BRUGES_IKKE,
        "ObligationCollection": BRUGES_IKKE,
        "ParticipantCollection": "owners and their CPR numbers are no matter of a case",
        "ProductionUnitAffiliationCollection": BRUGES_IKKE,
    },
}  # fmt: skip
