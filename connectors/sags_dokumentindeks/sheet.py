"""What is taken in of a Sag and of a Dokument (Sag.xsd, SagIndeks.xsd, DokumentIndeks.xsd), and what not and why."""

from connectors.oio_sheet import NAVNE, RELATION, SYSTEM, UNDTAGET, VIRKNING, billede, liste, udvidet
from connectors.soap_xml import Sheet

SOEGEORD: Sheet = {
    "SoegeordIdentifikator": None, "BeskrivelseTekst": None, "Beskrivelse": None,
    "SoegeordKategoriTekst": "search words are shown without their category",
    "SoegeordKategori": "search words are shown without their category",
}  # fmt: skip
NOTAT: Sheet = {"Titel": None, "Notat": None, "Format": None}

SAG = billede(
    {
        "Egenskaber": {
            "Virkning": VIRKNING, "BrugervendtNoegle": None, "AfleveretIndikator": None, "Beskrivelse": None,
            "HjemmelSpecifikation": None, "Kassationskode": None, "OffentlighedUndtaget": UNDTAGET,
            "PrincipielIndikator": None, "Sagsnummer": None, "Titel": None,
        },
        "LokalUdvidelseListe": liste(
            SagIndeksEgenskaber={
                "Virkning": VIRKNING, "Sagsstatus": None, "Sagskategori": None, "Foelsomhed": None, "Lokation": None,
                "OprettetTidspunkt": None,
            }
        ),
    },
    {"Fremdrift": {"Virkning": VIRKNING, "FremdriftStatusKode": None}, "LokalUdvidelseListe": liste()},
    {
        "Sagsaktoer": udvidet(SagsaktoerLokalUdvidelse={**NAVNE, "CVR-Nummer": None}),
        "Sagsklasse": udvidet(
            SagsklasseLokalUdvidelse={
                "Facettitel": None, "Klassetitel": None, "BrugervendtNoegle": None, "Soegeord": SOEGEORD,
            }
        ),
        "Sagspart": udvidet(SagspartLokalUdvidelse=NAVNE),
        "Sagsrelation": {**RELATION, "LokalUdvidelseListe": liste()},
        "Sagsgenstande": udvidet(SagsgenstandeLokalUdvidelse={"Tekstfelt": None}),
        "Journalpost": {
            **RELATION,
            "LokalUdvidelseListe": liste(),
            "JournalpostEgenskaber": {
                "Dokumenttitel": None, "OffentlighedUndtaget": UNDTAGET, "JournalnotatEgenskaber": NOTAT,
            },
        },
        "LokalUdvidelseListe": liste(
            SagsitsystemRelation={**RELATION, **SYSTEM, "LokalUdvidelseListe": liste()},
            Sikkerhedsprofil={**RELATION, "LokalUdvidelseListe": liste()},
        ),
    },
)  # fmt: skip

DOKUMENT = billede(
    {
        "Egenskaber": {
            "Virkning": VIRKNING, "BrugervendtNoegle": None, "Titel": None, "Beskrivelse": None, "BrevDato": None,
            "OffentlighedUndtaget": UNDTAGET, "VersionIdentifikator": None, "UnderversionIdentifikator": None,
            "Kassationskode": None, "Dokumentnummer": None, "Foelsomhed": None, "Type": None,
        },
        "LokalUdvidelseListe": liste(),
    },
    {"Fremdrift": {"Virkning": VIRKNING, "FremdriftStatusKode": None}, "LokalUdvidelseListe": liste()},
    {
        "Dokumentrelation": {**RELATION, "LokalUdvidelseListe": liste()},
        "Dokumentaktoer": udvidet(DokumentaktoerLokalUdvidelse={**NAVNE, "CVR-Nr": None}),
        "Dokumentpart": udvidet(DokumentpartLokalUdvidelse=NAVNE),
        "Dokumentklasse": udvidet(
            DokumentklasseLokalUdvidelse={"Klassetitel": None, "BrugervendtNoegle": None, "Soegeord": SOEGEORD}
        ),
        "LokalUdvidelseListe": liste(
            DokumentitsystemRelation="a document is reached through its Sag, which names the system",
            Sikkerhedsprofil={**RELATION, "LokalUdvidelseListe": liste()},
        ),
    },
)  # fmt: skip
