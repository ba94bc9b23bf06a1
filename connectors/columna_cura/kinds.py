"""The resources of Columna Cura that we read: what comes in of each, and what is known and left out."""

from connectors.fhir import Kind
from connectors.minimise import Sheet

CPR = "urn:oid:1.2.208.176.1.2"
"""The identifier system of CPR numbers (MedCom)."""
_META = {"meta.lastUpdated"}
_KNOWN = {"resourceType", "meta.versionId", "meta.profile"}

BORGER = Kind(
    "Patient",
    "http://curafhir.dk/p/CuraCitizen",
    Sheet(
        kept=frozenset(
            _META
            | {"id", "identifier.system", "identifier.value", "name.family", "name.given", "name.text"}
            | {"telecom.system", "telecom.value", "address.line", "address.postalCode", "address.city"}
        ),
        dropped=frozenset(_KNOWN | {"active", "name.use", "telecom.use", "address.use"}),
    ),
)
YDELSE = Kind(
    "ProcedureRequest",
    "http://curafhir.dk/p/CuraGrantedProcedureRequest",
    Sheet(
        kept=frozenset(
            _META
            | {"id", "cpr", "status", "code.coding.code", "code.coding.display", "extension.url"}
            | {"extension.valueString", "extension.valuePeriod.start", "extension.valuePeriod.end"}
        ),
        dropped=frozenset(_KNOWN | {"intent", "subject", "orderedOn", "performer", "code.coding.system"}),
    ),
    CPR,
)
BESKED = Kind(
    "Communication",
    "http://curafhir.dk/p/MedcomCareCommunication",
    Sheet(
        kept=frozenset(_META | {"id", "cpr", "status", "category.text", "sent", "sender.display"}),
        dropped=frozenset(_KNOWN | {"subject", "received", "sender.reference", "payload"}),
    ),
    CPR,
)
"""What a message says stays in Cura: the hub holds that there is one, from whom and when."""
