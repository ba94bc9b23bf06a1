"""What is taken in of a class of KLE, and what not and why."""

from connectors.soap_xml import Sheet

VEJLEDNING = "guidance to whoever files a case; KLE-online shows it"
SELV = "a class of its own, a record of its own"


def _sheet(art: str, *below: str) -> Sheet:
    """The elements of a class; their names begin with what it is."""
    return {
        f"{art}Nr": None,
        f"{art}Titel": None,
        "UUID": None,
        f"{art}AdministrativInfo": {
            "OprettetDato": None,
            "RettetDato": "when a word of it was mended, which is not when it came into force",
            "Historisk": {
                "UdgaaetDato": None,
                "Flyttet": {"FlyttetDato": None, "AfloestAf": "the connector puts its UUID in"},
            },
        },
        "BevaringJaevnfoerArkivloven": None,
        "SletningJaevnfoerPersondataloven": None,
        f"{art}Vejledning": VEJLEDNING,
        f"{art}RetskildeReference": VEJLEDNING,
        f"{art}Stikord": VEJLEDNING,
        f"{art}OgHandlingsfacetStikord": VEJLEDNING,
        f"{art}Filter": VEJLEDNING,
        **dict.fromkeys(below, SELV),
    }


SHEETS: dict[str, Sheet] = {
    "Hovedgruppe": _sheet("Hovedgruppe", "Gruppe"),
    "Gruppe": _sheet("Gruppe", "Emne"),
    "Emne": _sheet("Emne"),
    "HandlingsfacetKategori": _sheet("HandlingsfacetKategori", "Handlingsfacet"),
    "Handlingsfacet": _sheet("Handlingsfacet"),
}
"""What a class can be, to its elements."""
