"""What is taken in of a grant and a payment; of Udbetaling Danmark's only what the law lets a municipality see.

Udbetaling Danmark-loven § 8, stk. 1: which kinds of benefits the citizen has received in the latest three months, and
their size. Whose it is and the ids that hold it together come in beside that.
"""

from connectors.soap_xml import Sheet

UDK = "Udbetaling Danmark-loven § 8, stk. 1"
BRUGES_IKKE = "not needed for casework"
PART: Sheet = {
    "PartType": None, "PartURN": None, "PartFuldtNavn": None, "PartCPRNummer": None, "PartCVRNummer": None,
    "PartPNummer": None,
}  # fmt: skip
SYSTEM: Sheet = {"ItSystemInstansIdentifikation": BRUGES_IKKE, "ItSystemInstansNavn": None}
SAG: Sheet = {
    "SagUUID": None, "SagSagsnummer": None, "SagTitel": BRUGES_IKKE, "SagFoelsomhed": BRUGES_IKKE,
    "SagKLEEmne": BRUGES_IKKE, "SagKLEHandlingsfacet": BRUGES_IKKE, "SagEjerCVRNummer": BRUGES_IKKE,
    "SagMasterSystemInstans": BRUGES_IKKE, "SagUndtagetVisningForBorger": BRUGES_IKKE,
}  # fmt: skip
YDELSE: Sheet = {
    "YdelseKlasse": BRUGES_IKKE, "YdelseNavn": None, "BevilgetYdelseID": None, "Navn": None, "Begrundelse": None,
    "EffektueringsPlanBeskrivelse": BRUGES_IKKE, "StartDato": None, "SlutDato": None, "KLEEmne": None,
    "EffektueringModtager": BRUGES_IKKE, "Ydelsesbeloeb": None, "Beregningsfrekvens": None, "ForudBagud": None,
    "Dispositionsdag": None, "SkalManueltGodkendes": None, "OEkonomiskYdelseseffektueringListe": "asked for apart",
    "BevillingStruktur": {
        "BevillingUUID": None, "Foelsomhed": None, "Ejer": {"EjerCVRNummer": None, "EjerNavn": None},
        "MasterSystemInstans": SYSTEM, "AnsvarligAfdeling": BRUGES_IKKE, "Bevillingsmodtager": PART,
        "Bevillingssag": SAG,
    },
}  # fmt: skip
YDELSE_UDK: Sheet = {
    **{name: UDK for name in YDELSE},
    "YdelseNavn": None, "BevilgetYdelseID": None, "KLEEmne": None, "Ydelsesbeloeb": None,
    "BevillingStruktur": {
        "BevillingUUID": None, "Foelsomhed": None, "Ejer": UDK, "MasterSystemInstans": SYSTEM,
        "AnsvarligAfdeling": UDK, "Bevillingsmodtager": PART, "Bevillingssag": UDK,
    },
}  # fmt: skip
_LISTE: Sheet = {
    "OEkonomiskYdelseseffektuering": {
        "OekonomiskEffektueringUUID": BRUGES_IKKE, "BevillingUUID": None, "BevilgetYdelseID": None,
        "YdelsesperiodeStartDato": None, "YdelsesperiodeSlutDato": None, "Ydelsesbeloeb": None, "KLEEmne": None,
    },
}  # fmt: skip
EFFEKTUERING: Sheet = {
    "OekonomiskEffektueringStruktur": {
        "UUID": None, "Dispositionsdato": None, "SamletBruttobeloeb": None, "BeloebEfterSkatATP": None,
        "BeloebSendtTilUdbetaling": None, "BeloebUdbetalt": None, "SendtTilUdbetalingTekst": None,
        "UdbetalingStatus": BRUGES_IKKE, "UdbetaltTekst": None, "StartDato": None, "SlutDato": None,
        "MasterSystemInstans": SYSTEM, "Modtager": PART,
    },
    "OEkonomiskYdelseseffektueringListe": _LISTE,
}  # fmt: skip
EFFEKTUERING_UDK: Sheet = {
    "OekonomiskEffektueringStruktur": {
        "UUID": None, "Dispositionsdato": None, "SamletBruttobeloeb": None, "BeloebEfterSkatATP": UDK,
        "BeloebSendtTilUdbetaling": UDK, "BeloebUdbetalt": None, "SendtTilUdbetalingTekst": UDK,
        "UdbetalingStatus": UDK, "UdbetaltTekst": UDK, "StartDato": UDK, "SlutDato": UDK,
        "MasterSystemInstans": SYSTEM, "Modtager": PART,
    },
    "OEkonomiskYdelseseffektueringListe": _LISTE,
}  # fmt: skip
