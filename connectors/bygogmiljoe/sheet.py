"""What comes in from Byg og Miljoe, and what is known and left out; anything else is reported."""

from connectors.soap_xml import Sheet

_KONTAKT: Sheet = {"Identifikation": None, "NavnTekst": None}
_DOKUMENT: Sheet = {"DokumentID": None, "TitelTekst": None, "DokumentDatoTid": None, "MimeType": None}
ANSOEGNING: Sheet = {
    "IndsendelseID": None, "IndsendelseLoebenr": "the id says it", "IndsendelseDatoTid": None,
    "IndsendelseTitelTekst": None, "Indsender": _KONTAKT, "FuldmagtHaver": _KONTAKT,
    "MyndighedSag": {"MyndighedSagIdentifikator": None, "BrugervendtNoegle": "the UUID says it"},
    "AnsvarligMyndighed": {"Myndighed": {"MyndighedCVR": None, "MyndighedNavn": None}},
    "BOMSag": {
        "BOMSagID": None, "BomNummer": None,
        "SagStatus": {
            "SagStatusKode": None, "InitiativPligt": None, "FaseKode": None, "FristDato": None,
            "FristNotifikationProfilKode": "when applicants are reminded",
        },
        "SagTypeRef": {
            "SagTypeKode": "its name says it", "VisningNavn": None, "SagOmraadeKode": "KLE says it",
            "KlasseRefListe": {
                "KlasseRef": {"KlassifikationSystemKode": None, "KlassifikationFacetKode": None, "KlasseKode": None}
            },
        },
        "SagSteder": {
            "VisningNavn": None,
            "Ejendom": {
                "BFEnummer": None,
                "RealPropertyStructure": {"MunicipalityCode": None, "MunicipalRealPropertyIdentifier": None},
            },
            "Matrikel": {"CadastralDistrictIdentifier": None, "LandParcelIdentifier": None},
        },
        "TilknyttetAnsoegerListe": {"TilknyttetAnsoeger": _KONTAKT},
        "SagServiceMaalKode": "a goal of the trade, not of the case",
    },
    "IndsendelseDokument": _DOKUMENT,
    "FilBilagListe": {"FilBilag": {"Dokument": _DOKUMENT}},
}  # fmt: skip
