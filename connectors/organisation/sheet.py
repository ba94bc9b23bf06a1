"""What is taken in of units, users, persons, addresses and functions (SF1500 v6), and what not and why."""

from connectors import oio_sheet
from connectors.oio_sheet import PEGER, VIRKNING
from connectors.soap_sheet import left_out
from connectors.soap_xml import Sheet

UVEDKOMMENDE = "not needed to say who answers for a case and how to call them"
MED_ROLLE: Sheet = {
    **PEGER, "Rolle": {"UUIDIdentifikator": None, "Label": UVEDKOMMENDE}, "Type": UVEDKOMMENDE, "Indeks": UVEDKOMMENDE,
}  # fmt: skip
TILSTANDE: Sheet = {"Gyldighed": {"Virkning": VIRKNING, "GyldighedStatusKode": None}, "LokalUdvidelse": UVEDKOMMENDE}
TILKNYTTEDE = left_out(
    UVEDKOMMENDE,
    "TilknyttedeOpgaver TilknyttedeFunktioner TilknyttedeInteressefaellesskaber TilknyttedeOrganisationer "
    "TilknyttedeItSystemer LokalUdvidelse",
)


def billede(egenskab: Sheet, tilstande: Sheet, relationer: Sheet) -> Sheet:
    """A FiltreretOejebliksbillede of such an object."""
    attributter: Sheet = {"Egenskab": {"Virkning": VIRKNING, **egenskab}, "LokalUdvidelse": UVEDKOMMENDE}
    return oio_sheet.billede(attributter, tilstande, relationer, indeks=False)


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
