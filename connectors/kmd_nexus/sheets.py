"""What comes in from KMD Nexus, and what is known and left out; anything else is reported as a change at the vendor."""

from connectors.minimise import Sheet

PATIENT = Sheet(
    kept=frozenset(
        {"cpr", "art", "id", "patientIdentifier.identifier", "firstName", "middleName", "lastName", "fullName"}
        | {"mobileTelephone", "homeTelephone", "primaryEmailAddress", "telephonesRestricted"}
        | {f"primaryAddress.{f}" for f in ("addressLine1", "addressLine2", "addressLine3", "addressLine4")}
        | {f"primaryAddress.{f}" for f in ("postalCode", "postalDistrict", "restricted")}
    ),
    dropped=frozenset(
        {"_links", "version", "patientIdentifier.type", "patientIdentifier.managedExternally", "age", "gender"}
        | {"workTelephone", "patientStatus", "patientState", "maritalStatus", "currentAddress", "children", "type"}
        | {"uid", "activityIdentifier"}
        | {"birthDate", "dateOfBirth", "citizenshipCountry", "monitoredPatient", "patientCategories"}
        | {f"primaryAddress.{f}" for f in ("_links", "id", "version", "addressLine5", "country", "geoCoordinates")}
        | {f"primaryAddress.{f}" for f in ("administrativeAreaCode", "countryCode", "startDate", "endDate", "route")}
    ),
)

FORLOEB = Sheet(
    kept=frozenset({"cpr", "art", "forloeb", "type", "id", "patientPathwayId", "name", "date", "pathwayStatus"}),
    dropped=frozenset(
        {"_links", "version", "children", "programPathwayId", "pathwayTypeId", "parentPathwayId", "additionalInfo"}
        | {"workflowState", "documentId", "icon", "uid", "activityIdentifier"}
    ),
)

INDSATS = Sheet(
    kept=frozenset(
        {"cpr", "art", "forloeb", "id", "name", "date", "workflowState.name"}
        | {f"currentElements.{f}" for f in ("type", "text", "date", "kleNumber.number")}
        | {f"futureElements.{f}" for f in ("type", "text", "date", "kleNumber.number")}
    ),
    dropped=frozenset(
        {"_links", "version", "type", "children", "additionalInfo", "currentWorkflowTransitions"}
        | {"patientId", "patient"}
        | {"currentOrderGrant", "futureOrderGrant", "originatorStatus", "catalogGrantId", "basketId"}
        | {"key", "isPackage", "uid", "activityIdentifier", "basketGrantId"}
        | {"workflowState.id", "workflowState._links", "workflowState.version", "workflowState.type"}
        | {
            f"{when}Elements.{f}"
            for when in ("current", "future")
            for f in (
                *("_links", "id", "version", "value", "number", "decimal", "boolean", "selectedValues"),
                *("possibleValues", "supplier", "paragraph", "next", "pattern", "count", "label", "price", "required"),
                "actionFacet",
            )
        }
    ),
)
"""Which supplier delivers, prices and statistics stay out: the shared model has no place for them."""
