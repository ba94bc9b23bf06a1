"""What is taken in of units, users, persons, addresses and functions (SF1500 v6), and what not and why."""

from connectors.oio_sheet import HVEM, UNIK, VIRKNING
from connectors.soap_xml import Sheet

UVEDKOMMENDE = "not needed to say who answers for a case and how to call them"
PEGER: Sheet = {"Virkning": VIRKNING, "ReferenceID": UNIK}
MED_ROLLE: Sheet = {
    **PEGER, "Rolle": {"UUIDIdentifikator": None, "Label": UVEDKOMMENDE}, "Type": UVEDKOMMENDE, "Indeks": UVEDKOMMENDE,
}  # fmt: skip
TILSTANDE: Sheet = {"Gyldighed": {"Virkning": VIRKNING, "GyldighedStatusKode": None}, "LokalUdvidelse": UVEDKOMMENDE}
TILKNYTTEDE = dict.fromkeys(
    [
        "TilknyttedeOpgaver", "TilknyttedeFunktioner", "TilknyttedeInteressefaellesskaber",
        "TilknyttedeOrganisationer", "TilknyttedeItSystemer", "LokalUdvidelse",
    ],
    UVEDKOMMENDE,
)  # fmt: skip


def billede(egenskab: Sheet, tilstande: Sheet, relationer: Sheet) -> Sheet:
    """A FiltreretOejebliksbillede of such an object."""
    return {
        "ObjektType": {"UUIDIdentifikator": None},
        "Registrering": {
            "NoteTekst": "free text on the change, not on the object", "Tidspunkt": None, "LivscyklusKode": None,
            "BrugerRef": HVEM,
            "AttributListe": {"Egenskab": {"Virkning": VIRKNING, **egenskab}, "LokalUdvidelse": UVEDKOMMENDE},
            "TilstandListe": tilstande, "RelationListe": relationer,
        },
    }  # fmt: skip


ADRESSE = billede({"BrugervendtNoegleTekst": UVEDKOMMENDE, "AdresseTekst": None}, {}, {})
FUNKTION = billede(
    {"BrugervendtNoegleTekst": UVEDKOMMENDE, "FunktionNavn": UVEDKOMMENDE},
    TILSTANDE,
    {
        "Adresser": UVEDKOMMENDE, "Funktionstype": PEGER, "TilknyttedeBrugere": PEGER, "TilknyttedeEnheder": PEGER,
        "TilknyttedePersoner": UVEDKOMMENDE, **TILKNYTTEDE,
    },
)  # fmt: skip
ENHED: dict[str, Sheet] = {
    "objekt": billede(
        {"BrugervendtNoegleTekst": None, "EnhedNavn": None},
        TILSTANDE,
        {
            "Adresser": MED_ROLLE, "Overordnet": PEGER, "Ansatte": UVEDKOMMENDE, "Branche": UVEDKOMMENDE,
            "Enhedstype": UVEDKOMMENDE, "Opgaver": UVEDKOMMENDE, "Produktionsenhed": UVEDKOMMENDE,
            "Skatteenhed": UVEDKOMMENDE, "Tilhoerer": UVEDKOMMENDE, "TilknyttedeBrugere": UVEDKOMMENDE,
            "TilknyttedeEnheder": UVEDKOMMENDE, "TilknyttedePersoner": UVEDKOMMENDE, **TILKNYTTEDE,
        },
    ),
    "adresse": ADRESSE,
    "funktion": FUNKTION,
}  # fmt: skip
BRUGER: dict[str, Sheet] = {
    "objekt": billede(
        {"BrugervendtNoegleTekst": None, "BrugerNavn": None, "BrugerTypeTekst": UVEDKOMMENDE},
        TILSTANDE,
        {
            "Adresser": MED_ROLLE, "BrugerTyper": UVEDKOMMENDE, "Tilhoerer": UVEDKOMMENDE,
            "TilknyttedeEnheder": PEGER, "TilknyttedePersoner": PEGER, **TILKNYTTEDE,
        },
    ),
    "adresse": ADRESSE,
    "funktion": FUNKTION,
    "person": billede(
        {
            "BrugervendtNoegleTekst": UVEDKOMMENDE, "NavnTekst": None,
            "CPR-NummerTekst": "a colleague's own number is not needed to call them",
        },
        {},
        {},
    ),
}  # fmt: skip
