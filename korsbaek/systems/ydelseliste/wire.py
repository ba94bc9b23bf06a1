"""A grant and a payment as YdelseListeHent writes them."""

from typing import Any

from korsbaek.office import EJER_NAVN
from korsbaek.systems.soap.node import Node, el, leaf
from korsbaek.town import CVR


def ydelse(body: dict[str, Any]) -> Node:
    """A BevilgetYdelse with the Bevilling around it."""
    return el(
        "y:BevilgetYdelse",
        el("y:YdelseKlasse", ("y:KlasseUrnReference", f"urn:oio:kle:{body['kle']}")),
        ("y:YdelseNavn", body["ydelse"]),
        ("y:BevilgetYdelseID", body["id"]),
        leaf("y:Navn", body["benaevnelse"]),
        leaf("y:Begrundelse", body["begrundelse"]),
        leaf("y:StartDato", body["start"]),
        leaf("y:SlutDato", body["slut"]),
        leaf("y:KLEEmne", body["kle"]),
        part("y:EffektueringModtager", body),
        leaf("y:Ydelsesbeloeb", body["beloeb"]),
        leaf("y:Beregningsfrekvens", body["frekvens"]),
        leaf("y:ForudBagud", body["forud_bagud"]),
        ("y:Dispositionsdag", "Sidste bankdag"),
        ("y:SkalManueltGodkendes", "false"),
        el(
            "y:BevillingStruktur",
            ("y:BevillingUUID", body["uuid"]),
            ("y:Foelsomhed", "FORTROLIGE_PERSONOPLYSNINGER"),
            el(
                "y:Ejer",
                ("y:EjerCVRNummer", body["cvr"] or CVR),
                ("y:EjerNavn", body["system"] if body["cvr"] else EJER_NAVN),
            ),
            system(body),
            leaf("y:AnsvarligAfdeling", body["afdeling"]),
            part("y:Bevillingsmodtager", body),
            el(
                "y:Bevillingssag",
                ("y:SagUUID", body["sag"]),
                ("y:SagTitel", body["ydelse"]),
                ("y:SagEjerCVRNummer", body["cvr"] or CVR),
                ("y:SagUndtagetVisningForBorger", "false"),
            ),
        ),
    )


def effektuering(body: dict[str, Any]) -> Node:
    """A payment, and which grant it is of."""
    return el(
        "y:OEkonomiskEffektuering",
        el(
            "y:OekonomiskEffektueringStruktur",
            ("y:UUID", body["uuid"]),
            ("y:Dispositionsdato", body["dispositionsdato"]),
            ("y:SamletBruttobeloeb", body["brutto"]),
            leaf("y:BeloebSendtTilUdbetaling", body["udbetalt"]),
            leaf("y:BeloebUdbetalt", body["udbetalt"]),
            ("y:UdbetalingStatus", body["status"]),
            leaf("y:UdbetaltTekst", body["udbetalt_tekst"]),
            ("y:StartDato", body["start"]),
            ("y:SlutDato", body["slut"]),
            system(body),
            part("y:Modtager", body),
        ),
        el(
            "y:OEkonomiskYdelseseffektueringListe",
            el(
                "y:OEkonomiskYdelseseffektuering",
                ("y:BevillingUUID", body["bevilling"]),
                ("y:BevilgetYdelseID", body["ydelse"]),
                ("y:YdelsesperiodeStartDato", body["start"]),
                ("y:YdelsesperiodeSlutDato", body["slut"]),
                ("y:Ydelsesbeloeb", body["brutto"]),
                ("y:KLEEmne", body["kle"]),
            ),
        ),
    )


def part(name: str, body: dict[str, Any]) -> Node:
    """The citizen as a party."""
    return el(
        name,
        ("y:PartType", "Person"),
        ("y:PartURN", f"urn:oio:cpr-nr:{body['cpr']}"),
        ("y:PartFuldtNavn", body["navn"]),
        ("y:PartCPRNummer", body["cpr"]),
    )


def system(body: dict[str, Any]) -> Node:
    """The system that masters it."""
    instans, navn = ("y:ItSystemInstansIdentifikation", body["instans"]), ("y:ItSystemInstansNavn", body["system"])
    return el("y:MasterSystemInstans", instans, navn)
