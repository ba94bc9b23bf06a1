"""What comes in from Acadre, and what is known and left out; anything else is reported as a change at the vendor."""

from connectors.soap_xml import Sheet

_OTHERS = "who did it in the sending system"
_ARCHIVE = "Acadre's own bookkeeping"
_DEADLINE: Sheet = {"CreationDate": "when it was set", "CreatorID": _OTHERS, "DeadlineDate": None, "Note": None}
_ADDRESS = "CPR has the address"
_KONTAKT: Sheet = {
    "GUID": None, "PersonNameForAddressingName": None, "PersonCivilRegistrationIdentifier": None,
    "NameAddressProtectionIndicator": None, "OrganizationName": None, "CVRnumberIdentifier": None,
    "UniqueIdentifier": _ARCHIVE, "PersonNameStructure": "the name for addressing says it", "BirthDate": "CPR has it",
    "PersonGenderCode": "CPR has it", "BirthDateUncertaintyIndicator": "CPR has it",
    "AdvertisementProtectionIndicator": "no matter of a case",
    "PersonCivilRegistrationIdentifierStatusCode": "CPR has it",
    "NameAddressProtectionEndDate": "CPR has it", "SituationAddressStructure1": _ADDRESS,
    "TelephoneStructure1": "the case is not about it", "EmailAddressStructure": "the case is not about it",
}  # fmt: skip
SAG: Sheet = {
    "CaseFileIdentifier": None, "Year": "the number says it", "CaseFileSequenceNumber": "the number says it",
    "CaseFilePaperStorageIndicator": _ARCHIVE, "CreationDate": None, "CaseFileTitleText": None,
    "TitleUnofficialIndicator": None, "TitleAlternativeText": None, "CaseFileManagerReference": "User says it",
    "RestrictedFromPublicText": None, "CaseFileNumberIdentifier": None, "CreatorReference": _OTHERS,
    "LatestEditorReference": _OTHERS, "CaseFileLatestUpdateDate": None, "CaseFileStatusCode": None,
    "CaseFileTypeCode": None, "AccessCode": "a list inside Acadre that cannot be read", "DeletionCode": _ARCHIVE,
    "DeletionDate": _ARCHIVE, "ClosedDate": None, "SubType": _ARCHIVE,
    "CustomFieldCollection": "the municipality's own",
    "AdministrativeUnit": {"AdministrativeUnitReference": None},
    "Classification": {"Keyword": _ARCHIVE, "Category": {"Principle": None, "Literal": None}},
    "Party": {
        "ContactReference": None, "ContactVersionReference": _ARCHIVE, "CreatorReference": _OTHERS,
        "CreationDate": "since when it was noted", "PublicAccessLevelReference": _ARCHIVE, "PartyComment": "free text",
        "PartyRelationTypeLiteral": None, "IsPrimary": None,
    },
    "Deadline": _DEADLINE,
    "OBSDate": {"CreationDate": "when it was set", "CreatorID": _OTHERS, "OBSDate": None, "Note": None},
    "ContactObject": _KONTAKT,
    "User": {"Id": None, "Initials": None, "Name": None},
    "AdminUnit": {
        "Id": None, "Literal": None, "Name": None, "Description": _ARCHIVE, "UnitType": _ARCHIVE, "Parent": _ARCHIVE,
        "Children": _ARCHIVE,
    },
}  # fmt: skip
AKT: Sheet = {
    "Document": {
        "DocumentIdentifier": None, "DocumentCategoryCode": _ARCHIVE, "DocumentTitleText": None,
        "DocumentPaperStorageIndicator": _ARCHIVE, "PaperStorageLocation": _ARCHIVE, "CreatorReference": _OTHERS,
        "DocumentStatusCode": _ARCHIVE,
    },
    "Record": {
        "RecordIdentifier": "the document's says it", "CaseFileReference": None, "RegistrationDate": None,
        "DocumentDate": None, "DocumentDateUnknownIndicator": _ARCHIVE, "DescriptionText": "the title says it",
        "ResponseDeadlineDate": None, "ResponseDate": None, "RecordPaperStorageIndicator": _ARCHIVE,
        "DocumentTypeCode": None, "RecordStatusCode": _ARCHIVE, "Deadline": _DEADLINE,
    },
    "MemoIdentifier": None, "CaseFileReference": None, "MemoTitleText": None, "CreationDate": None,
    "MemoEventDate": None, "AccessCode": "a list inside Acadre that cannot be read", "CreatorReference": _OTHERS,
    "MemoFileReference": "files are not fetched", "FileFormat": "files are not fetched",
}  # fmt: skip
