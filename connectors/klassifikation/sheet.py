"""What is taken in of classes and facets (SF1500 Klassifikation v6), and what not and why."""

from connectors.oio_sheet import HVEM, UNIK, VIRKNING
from connectors.soap_xml import Sheet

UVEDKOMMENDE = "not needed to name a class and place it"
PEGER: Sheet = {"Virkning": VIRKNING, "ReferenceID": UNIK}


def billede(egenskab: Sheet, relationer: Sheet) -> Sheet:
    """A FiltreretOejebliksbillede of a class or a facet."""
    return {
        "ObjektType": {"UUIDIdentifikator": None},
        "Registrering": {
            "NoteTekst": "free text on the change, not on the object", "Tidspunkt": None, "LivscyklusKode": None,
            "BrugerRef": HVEM,
            "AttributListe": {"Egenskab": {"Virkning": VIRKNING, "BrugervendtNoegleTekst": None, **egenskab}},
            "TilstandListe": {"PubliceretStatus": {"Virkning": VIRKNING, "ErPubliceretIndikator": None}},
            "RelationListe": {
                "Ansvarlig": UVEDKOMMENDE, "Ejer": UVEDKOMMENDE, "Redaktoerer": UVEDKOMMENDE, **relationer,
            },
        },
    }  # fmt: skip


KLASSE: dict[str, Sheet] = {
    "objekt": billede(
        {
            "TitelTekst": None, "BeskrivelseTekst": UVEDKOMMENDE, "EksempelTekst": UVEDKOMMENDE,
            "OmfangTekst": UVEDKOMMENDE, "RetskildeTekst": UVEDKOMMENDE, "AendringsnotatTekst": UVEDKOMMENDE,
            "Soegeord": UVEDKOMMENDE,
        },
        {
            "Erstatter": PEGER, "Facet": PEGER, "OverordnetKlasse": PEGER, "LovligeKombinationer": UVEDKOMMENDE,
            "Mapninger": UVEDKOMMENDE, "Sideordnede": UVEDKOMMENDE, "Tilfoejelser": UVEDKOMMENDE,
        },
    ),
    "facet": billede(
        dict.fromkeys(
            [
                "TitelTekst", "BeskrivelseTekst", "OpbygningTekst", "OphavsretTekst", "PlanIdentifikator",
                "SupplementTekst", "RetskildeTekst",
            ],
            UVEDKOMMENDE,
        ),
        {"FacetTilhoerer": UVEDKOMMENDE},
    ),
}  # fmt: skip
