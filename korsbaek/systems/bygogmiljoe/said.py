"""Messages and applications as XML, in the order of korsbaek/wsdl/BygOgMiljoe.xsd."""

from typing import Any
from uuid import NAMESPACE_URL, uuid5

from korsbaek.systems.soap.names import declarations
from korsbaek.systems.soap.node import Node, el, leaf, render
from korsbaek.town import CVR

Body = dict[str, Any]
XSI = 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'


def response(operation: str, result: "Node | str") -> str:
    """The answer to an operation around its result, a node's children or text."""
    inner = result if isinstance(result, str) else render(result[1] if isinstance(result[1], list) else [])
    name = f"bom:{operation}"
    return f"<{name}Response{declarations('bom')} {XSI}><{name}Result>{inner}</{name}Result></{name}Response>"


def message(body: Body) -> str:
    """A Besked of the kind that the last change was."""
    more = {
        "AnsoegningIndsendtBesked": [leaf("bom:AnsoegningId", body["id"])],
        "SagStatusSkiftBesked": [leaf("bom:SagStatusId", str(uuid5(NAMESPACE_URL, body["sag"] + body["status"])))],
        "FristOverskridelseBesked": [
            leaf("bom:FristDato", body["frist"]),
            leaf("bom:StatusKode", body["status"]),
            leaf("bom:StatusNavn", body["status"]),
        ],
    }[body["besked"]]
    said = [
        leaf("bom:BehandlendeMyndighedCvr", CVR),
        leaf("bom:ModtagerType", "Myndighed"),
        leaf("bom:MyndighedCvr", CVR),
        leaf("bom:SagId", body["sag"]),
        leaf("bom:Tidspunkt", body["tid"]),
        *more,
    ]
    inner = render([node for node in said if node])
    return f'<bom:Besked xsi:type="bom:{body["besked"]}">{inner}</bom:Besked>'


def application(key: str, body: Body) -> Node:
    """IndsendelseType, its children in a node without a name."""
    link = body.get("myndighedsag")
    return el(
        "r",
        leaf("bom:IndsendelseID", key),
        leaf("bom:IndsendelseLoebenr", "1"),
        leaf("bom:IndsendelseDatoTid", body["indsendt"]),
        leaf("bom:IndsendelseTitelTekst", body["titel"]),
        _kontakt("bom:Indsender", body["indsender"]),
        _kontakt("bom:FuldmagtHaver", body["fuldmagt"]) if body["fuldmagt"] else None,
        el("bom:MyndighedSag", leaf("bom:MyndighedSagIdentifikator", link[0]), leaf("bom:BrugervendtNoegle", link[1]))
        if link
        else None,
        el(
            "bom:AnsvarligMyndighed",
            el("bom:Myndighed", leaf("bom:MyndighedCVR", CVR), leaf("bom:MyndighedNavn", "Korsbæk Kommune")),
        ),
        _sag(body),
        _dokument("bom:IndsendelseDokument", body["dokumenter"][0]),
        el("bom:FilBilagListe", *(el("bom:FilBilag", _dokument("bom:Dokument", d)) for d in body["dokumenter"][1:])),
    )


def _kontakt(name: str, who: Body) -> Node:
    return el(name, leaf("bom:Identifikation", who["nummer"] or None), leaf("bom:NavnTekst", who["navn"]))


def _dokument(name: str, found: Body) -> Node:
    return el(
        name,
        leaf("bom:DokumentID", found["id"]),
        leaf("bom:TitelTekst", found["titel"]),
        leaf("bom:DokumentDatoTid", found["tid"]),
        leaf("bom:MimeType", "application/pdf"),
    )


def _sag(body: Body) -> Node:
    status = el(
        "bom:SagStatus",
        leaf("bom:SagStatusKode", body["status"]),
        leaf("bom:InitiativPligt", body["initiativ"]),
        leaf("bom:FaseKode", body["fase"]),
        leaf("bom:FristNotifikationProfilKode", "Default"),
        leaf("bom:FristDato", body["frist"]),
    )
    classes = [
        el(
            "bom:KlasseRef",
            leaf("bom:KlassifikationSystemKode", "KLnr"),
            leaf("bom:KlassifikationFacetKode", facet),
            leaf("bom:KlasseKode", code),
        )
        for facet, code in (("KLEmne", body["kle"]), ("KLHandling", "P19"), ("KLKassation", "B"))
    ]
    kind = el(
        "bom:SagTypeRef",
        leaf("bom:SagTypeKode", body["type"]),
        leaf("bom:VisningNavn", body["typenavn"]),
        leaf("bom:SagOmraadeKode", "Byggeri"),
        el("bom:KlasseRefListe", *classes),
    )
    structure = [leaf("bom:MunicipalityCode", "0999"), leaf("bom:MunicipalRealPropertyIdentifier", body["esr"])]
    ejendom = el("bom:Ejendom", leaf("bom:BFEnummer", body["bfe"]), el("bom:RealPropertyStructure", *structure))
    matrikel = el(
        "bom:Matrikel",
        leaf("bom:CadastralDistrictIdentifier", body["ejerlav"]),
        leaf("bom:LandParcelIdentifier", body["matrikel"]),
    )
    return el(
        "bom:BOMSag",
        leaf("bom:BOMSagID", body["sag"]),
        leaf("bom:BomNummer", body["nummer"]),
        status,
        kind,
        el("bom:SagSteder", leaf("bom:VisningNavn", body["sted"]), ejendom, matrikel),
        el("bom:TilknyttetAnsoegerListe", *(_kontakt("bom:TilknyttetAnsoeger", who) for who in body["tilknyttede"])),
        leaf("bom:SagServiceMaalKode", "Default"),
    )
