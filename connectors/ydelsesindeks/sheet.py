"""What is taken in of a Bevilling and of a payment (BevillingIndeks.xsd, OekonomiskEffektueringIndeks.xsd)."""

from connectors.oio_sheet import NAVNE, RELATION, RELATION_UDEN_VIRKNING, SYSTEM, VIRKNING, billede, liste, udvidet
from connectors.soap_xml import Sheet

YDELSE: Sheet = {
    "Virkning": VIRKNING, "Id": None, "Navn": None, "BevilgetYdelseStartdato": None, "BevilgetYdelseSlutdato": None,
    "Begrundelse": None, "Tilbagebetalingspligtig": None, "Meddelelse": None,
    "ItSystem": {**RELATION_UDEN_VIRKNING, **SYSTEM, "LokalUdvidelseListe": liste()},
    "Ydelse": {
        **RELATION_UDEN_VIRKNING, "LokalUdvidelseListe": liste(), "Ydelsesnavn": None,
        "Klassifikation": {
            **RELATION_UDEN_VIRKNING, "LokalUdvidelseListe": liste(), "BrugervendtNoegle": None, "Klassetitel": None,
        },
    },
    "OekonomiskEffektueringsplan": {
        "Id": None, "EffektueringsplanStartdato": None, "EffektueringsplanSlutdato": None, "Beregningsfrekvens": None,
        "ForudBagud": None, "Dispositionsdag": None, "Ydelsesbeloeb": None, "ManueltGodkendes": None,
    },
}  # fmt: skip

BEVILLING = billede(
    {
        "Egenskaber": {
            "Virkning": VIRKNING, "BrugervendtNoegle": None, "Bevillingstartdato": None, "Bevillingslutdato": None,
            "Begrundelse": None, "Foelsomhed": None,
        },
        "BevilgetYdelse": YDELSE,
        "LokalUdvidelseListe": liste(),
    },
    {"LokalUdvidelseListe": liste()},
    {
        "Bevillingssag": {**udvidet(*NAVNE), "LokalUdvidelseListe": liste()},
        "Bevillingspart": {**udvidet(*NAVNE), "LokalUdvidelseListe": liste()},
        "Bevillingsaktoer": {**udvidet(*NAVNE, "CVR-nr"), "LokalUdvidelseListe": liste()},
        "Sikkerhedsprofil": {**RELATION, "LokalUdvidelseListe": liste()},
        "LokalUdvidelseListe": liste(),
    },
)  # fmt: skip

EFFEKTUERING = billede(
    {
        "Egenskaber": {
            "Virkning": VIRKNING, "BrugervendtNoegle": None, "Startdato": None, "Slutdato": None,
            "SamletBruttobeloeb": None, "Dispositionsdato": None, "BeloebEfterSkatATP": None,
            "BeloebSendtTilUdbetaling": None, "BeloebUdbetalt": None, "Udbetalingsafdeling": None,
            "SendtTilUdbetalingTekst": None, "UdbetaltTekst": None,
        },
        "LokalUdvidelseListe": liste(),
    },
    {"LokalUdvidelseListe": liste()},
    {
        "OekonomiskYdelseEffektueringRelation": {
            **RELATION, "LokalUdvidelseListe": liste(), "YdelsesperiodeStartdato": None, "YdelsesperiodeSlutdato": None,
            "Ydelsesbeloeb": None, "Klassifikationsbeskrivelse": None,
            "BevilgetYdelseRef": {"UUIDIdentifikator": None, "BevilgetYdelseId": None},
        },
        "Aktoer": {**udvidet(*NAVNE, "CVR-nr"), "LokalUdvidelseListe": liste()},
        "ItSystem": {**RELATION, **SYSTEM, "LokalUdvidelseListe": liste()},
        "OekonomiskEffektueringPart": {**udvidet(*NAVNE), "LokalUdvidelseListe": liste()},
        "LokalUdvidelseListe": liste(),
    },
)  # fmt: skip
