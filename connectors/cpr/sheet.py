"""What is taken in of a PersonLookupResponse, and what is left out why (PersonBaseDataExtendedServiceTypes.xsd)."""

from connectors.soap_xml import Sheet

BRUGES_IKKE = "not needed for casework on any of the pulled systems"
UDLEDT = "follows from other elements"
DATO: Sheet = {"dato": None, "usikkerhedsmarkering": None}
BESKYTTELSE: Sheet = {"startdato": None, "slutdato": None, "beskyttet": None}
RELATION: Sheet = {"personnummer": None, "foedselsdato": DATO, "navn": None}
VEJ: Sheet = {
    "kommuneCvr": UDLEDT, "kommunekode": None, "vejkode": None, "husnummer": None, "etage": None, "sidedoer": None,
    "bygningsnummer": "Greenland only", "conavn": None, "lokalitet": None, "bynavn": None, "postnummer": None,
    "postdistrikt": None, "vejnavn": None, "tilflytningsdato": DATO,
}  # fmt: skip

PERSON: Sheet = {
    "persondata": {
        "personnummer": None,
        "gaeldendePersonnummer": None,
        "navn": {
            "personadresseringsnavn": None, "fornavn": None, "mellemnavn": None, "efternavn": None,
            "fornavnMarkering": BRUGES_IKKE, "mellemnavnMarkering": BRUGES_IKKE, "efternavnMarkering": BRUGES_IKKE,
            "navnestartdato": DATO,
        },
        "foedselsdato": DATO,
        "foedselsregistreringsOplysninger": BRUGES_IKKE,
        "startdato": BRUGES_IKKE,
        "slutdato": BRUGES_IKKE,
        "alder": UDLEDT,
        "koen": None,
        "antalBoernUnder18": UDLEDT,
        "stilling": None,
        "status": {"status": None, "statusdato": DATO},
        "separation": BRUGES_IKKE,
        "civilstand": {"civilstand": None, "civilstandsdato": DATO},
        "statsborgerskab": {
            "landekode": None, "statsborgerskabDato": BRUGES_IKKE, "landekodeMyndighedsnavn": None,
        },
        "umyndiggoerelse": {
            "umyndiggorelseRelationType": None, "relationPersonnummer": None, "relationStartdato": UDLEDT,
            "relationVaergenavn": None, "relationVaergeadresseStartdato": BRUGES_IKKE,
            "umyndiggoerelseStartdato": DATO, "umyndiggoerelseSlettedato": None, "umyndiggjort": None,
            **{f"relationtekst{n}": "free text" for n in range(1, 6)},
        },
        "forsvindingsdato": UDLEDT,
        "adressebeskyttelse": BESKYTTELSE,
        "vejviserbeskyttelse": BESKYTTELSE,
        "markedsfoeringsbeskyttelse": BESKYTTELSE,
        "tilmeldtNemsms": BRUGES_IKKE,
        "tilmeldtDigitalpost": None,
    },
    "adresse": {
        "aktuelAdresse": {
            **VEJ, "standardadresse": None, "adresseringsnavn": UDLEDT, "vejadresseringsnavn": UDLEDT,
            **{f"adr{n}-supladr": UDLEDT for n in range(1, 6)}, "distrikter": BRUGES_IKKE,
        },
        "udrejseoplysninger": {
            "udrejselandekode": None, "udrejselandekodeMyndighedsnavn": None, "udrejsedato": DATO,
            **{f"udlandsadresse{n}": None for n in range(1, 6)},
        },
        "kontaktAdresse": {
            **{f"kontaktAdr{n}": None for n in range(1, 6)}, "startdato": None, "slettedato": None,
        },
        "adresseHistorik": {**VEJ, "retFortrydMarkering": None, "fraflytningsdato": DATO},
    },
    "relationer": {
        "aegtefaelle": RELATION,
        "barn": {"personnummer": None},
        "mor": RELATION,
        "far": RELATION,
        "foraeldremyndighed": {
            "foraeldremyndighedtype": None, "foraeldremyndighedStartdato": DATO, "foraeldremyndighedSletdato": None,
            "relationPersonnummer": None, "relationStartdato": UDLEDT,
        },
    },
    "notater": "free text of the registrar",
}  # fmt: skip
