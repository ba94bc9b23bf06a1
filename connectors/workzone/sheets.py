"""What is asked for ($select and $expand), which is also what comes in: WorkZone sends nothing that is not named."""

from connectors.minimise import Sheet

_SAG = (
    "ID", "UserKey", "Title", "FileClass_Value", "FileClass_Summary", "SubNo_Value", "Officer_Value", "Officer_Summary",
    "ResponsibleOU_Value", "ResponsibleOU_Summary", "State_Value", "State_Summary", "Created", "Closed",
)  # fmt: skip
_NAME = ("NameType_Value", "NameCode", "Name1")
_PARTY = ("ID", "CustomLabel_Value")
_DATE = ("ID", "CustomLabel_Value", "DateStamp")
_DOKUMENT = ("ID", "UserKey", "Title", "RecordType_Value", "FileKey_Value", "Created", "LetterDate")

FILES = {
    "$select": ",".join(_SAG),
    "$expand": f"Parties($select={','.join(_PARTY)};$expand=Name($select={','.join(_NAME)})),"
    f"Dates($select={','.join(_DATE)}),Text($select=Text)",
    "$orderby": "ID",
}
RECORDS = {"$select": ",".join(_DOKUMENT), "$orderby": "ID"}

SAG = Sheet(
    kept=frozenset({
        *_SAG, *(f"Parties.{f}" for f in _PARTY), *(f"Parties.Name.{f}" for f in _NAME), *(f"Dates.{f}" for f in _DATE),
        "Text.Text",
    }),
    dropped=frozenset({"Parties.Name.ID", "Text.ID"}),
)  # fmt: skip
DOKUMENT = Sheet(kept=frozenset(_DOKUMENT))
