"""A BevilgetYdelse or a payment as facts; UUIDs and amounts are those of Ydelsesindekset."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from canonical_model.draft import UNSET, Draft, Nummer
from canonical_model.drafts import (
    BevilgetYdelseDraft,
    BevillingDraft,
    BevillingsaktoerDraft,
    BevillingspartDraft,
    BevillingssagDraft,
    EffektueringsitsystemDraft,
    EffektueringspartDraft,
    OekonomiskEffektueringDraft,
    YdelseseffektueringDraft,
)
from connectors import identifiers
from connectors.oio_values import foelsomhed
from connectors.soap_node import Node
from connectors.soap_xml import Held

FORUD_BAGUD = frozenset({"Forud", "Bagud"})


def ydelse(raw: Held) -> Iterator[Draft]:
    """What one record of the stream says."""
    node = Node(raw)
    art = node.value("art")
    if art not in ("bevilling", "effektuering"):
        raise node.error("art", "neither a grant nor a payment")
    yield from _grant(node) if art == "bevilling" else _payment(node)


def _grant(node: Node) -> Iterator[Draft]:
    bevilling = node.need_one("BevillingStruktur")
    objekt, sag = bevilling.need_uuid("BevillingUUID"), bevilling.one("Bevillingssag")
    start, slut = node.midnight("StartDato"), node.midnight("SlutDato")
    said = [str(t) if isinstance(t := node.dato(n), date) else UNSET for n in ("StartDato", "SlutDato")]
    grund, kle, system = node.text("Begrundelse"), node.text("KLEEmne"), bevilling.at("MasterSystemInstans")
    yield BevillingDraft(
        objekt=objekt, startdato=said[0], slutdato=said[1], begrundelse=grund, foelsomhed=foelsomhed(bevilling)
    )
    yield BevilgetYdelseDraft(
        objekt=objekt,
        ydelse_id=node.value("BevilgetYdelseID") or "",
        navn=node.text("Navn"),
        ydelsesnavn=node.text("YdelseNavn"),
        startdato=start,
        slutdato=slut,
        begrundelse=grund,
        kle=kle,
        systemnavn=system.text("ItSystemInstansNavn"),
        frekvens=node.text("Beregningsfrekvens"),
        forud_bagud=node.one_of("ForudBagud", FORUD_BAGUD),
        dispositionsdag=node.text("Dispositionsdag"),
        beloeb=node.beloeb("Ydelsesbeloeb"),
        manuelt_godkendes=node.flag("SkalManueltGodkendes"),
    )
    yield BevillingspartDraft(objekt=objekt, rolle="bevillingsmodtager", **_part(bevilling.one("Bevillingsmodtager")))
    if ejer := bevilling.one("Ejer"):
        cvr = identifiers.cvr(ejer.value("EjerCVRNummer"), ejer.field("EjerCVRNummer"))
        navn = ejer.text("EjerNavn")
        yield BevillingsaktoerDraft(objekt=objekt, rolle="ejer", type="organisation", cvr=cvr, fuldt_navn=navn)
    if sag and (uuid := sag.uuid("SagUUID")):
        nummer = sag.text("SagSagsnummer")
        yield BevillingssagDraft(objekt=objekt, rolle="tilknyttet", reference=uuid, brugervendt_noegle=nummer)


def _payment(node: Node) -> Iterator[Draft]:
    struktur = node.need_one("OekonomiskEffektueringStruktur")
    objekt, system = struktur.need_uuid("UUID"), struktur.at("MasterSystemInstans")
    yield OekonomiskEffektueringDraft(
        objekt=objekt,
        startdato=struktur.midnight("StartDato"),
        slutdato=struktur.midnight("SlutDato"),
        bruttobeloeb=struktur.beloeb("SamletBruttobeloeb"),
        dispositionsdato=struktur.midnight("Dispositionsdato"),
        beloeb_efter_skat=struktur.beloeb("BeloebEfterSkatATP"),
        beloeb_sendt=struktur.beloeb("BeloebSendtTilUdbetaling"),
        beloeb_udbetalt=struktur.beloeb("BeloebUdbetalt"),
        sendt_tekst=struktur.text("SendtTilUdbetalingTekst"),
        udbetalt_tekst=struktur.text("UdbetaltTekst"),
    )
    for line in node.at("OEkonomiskYdelseseffektueringListe").many("OEkonomiskYdelseseffektuering"):
        yield YdelseseffektueringDraft(
            objekt=objekt,
            rolle="ydelseseffektuering",
            bevilling=line.need_uuid("BevillingUUID"),
            ydelse_id=line.text("BevilgetYdelseID"),
            periode_start=line.midnight("YdelsesperiodeStartDato"),
            periode_slut=line.midnight("YdelsesperiodeSlutDato"),
            beloeb=line.beloeb("Ydelsesbeloeb"),
            kle=line.text("KLEEmne"),
        )
    yield EffektueringspartDraft(objekt=objekt, rolle="effektueringsmodtager", **_part(struktur.one("Modtager")))
    yield EffektueringsitsystemDraft(objekt=objekt, rolle="master", systemnavn=system.text("ItSystemInstansNavn"))


def _part(node: Node | None) -> dict[str, Any]:
    """Who it is, by number where there is one."""
    if node is None:
        return {}
    navn = node.text("PartFuldtNavn")
    if cpr := node.value("PartCPRNummer"):
        return {"type": "person", "part": Nummer("cpr", identifiers.cpr(cpr, node.field("PartCPRNummer"))),
                "fuldt_navn": navn}  # fmt: skip
    if cvr := node.value("PartCVRNummer"):
        return {"type": "virksomhed", "part": Nummer("cvr", identifiers.cvr(cvr, node.field("PartCVRNummer"))),
                "fuldt_navn": navn}  # fmt: skip
    return {"fuldt_navn": navn}
