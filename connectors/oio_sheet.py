"""The listed elements that Sag, Dokument, Bevilling and payment share; each connector's sheet is made of these."""

from connectors.soap_xml import Sheet

HVEM = "who did it in the sending system; the object's own aktoer say who answers for it"

UNIK: Sheet = {"UUIDIdentifikator": None, "URNIdentifikator": None}
TIDSPUNKT: Sheet = {"TidsstempelDatoTid": None, "GraenseIndikator": None}
VIRKNING: Sheet = {
    "FraTidspunkt": TIDSPUNKT, "TilTidspunkt": TIDSPUNKT, "AktoerTypeKode": None,
    "AktoerRef": HVEM, "NoteTekst": "free text on the change, not on the object",
}  # fmt: skip
PEGER: Sheet = {"Virkning": VIRKNING, "ReferenceID": UNIK}
"""What a relation of the registers (SF1500) points at."""
RELATION_UDEN_VIRKNING: Sheet = {"Rolle": UNIK, "Type": UNIK, "Indeks": None, "ReferenceID": UNIK}
RELATION: Sheet = {"Virkning": VIRKNING, **RELATION_UDEN_VIRKNING}
UNDTAGET: Sheet = {"TitelAlternativTekst": None, "OffentlighedUndtagetHjemmelTekst": None}
NAVNE: Sheet = {"BrugervendtNoegle": None, "FuldtNavn": None}
SYSTEM: Sheet = {"SystemNavn": None, "SystemURI": None}
AENDRET = "when the extension was last touched; Registrering says it of the whole"


def udvidet(*navne: str, **udvidelser: "Sheet | str") -> Sheet:
    """A relation with elements of its own and with extensions in its LokalUdvidelseListe."""
    own: Sheet = {**RELATION, **dict.fromkeys(navne)}
    return {**own, "LokalUdvidelseListe": liste(**udvidelser)} if udvidelser else own


def liste(**udvidelser: "Sheet | str") -> Sheet:
    """A LokalUdvidelseListe with these extensions."""
    return {**udvidelser, "SenestAendretTidspunkt": AENDRET}


def billede(attributter: Sheet, tilstande: Sheet, relationer: Sheet, *, indeks: bool = True) -> Sheet:
    """A FiltreretOejebliksbillede of such Registreringer; an index also says when it received them."""
    return {
        "ObjektType": {"UUIDIdentifikator": None},
        "Registrering": {
            "NoteTekst": "free text on the change, not on the object",
            "Tidspunkt": None, "LivscyklusKode": None, "BrugerRef": HVEM, **({"StsTidspunkt": None} if indeks else {}),
            "AttributListe": attributter, "TilstandListe": tilstande, "RelationListe": relationer,
        },
    }  # fmt: skip
