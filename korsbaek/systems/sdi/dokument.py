"""A Dokument on the wire: each part only when `Vis` asks for it."""

from korsbaek.model import Dokument, Part
from korsbaek.systems.index.wire import klasse_uuid, part_urn, registrering, relation, virkning
from korsbaek.systems.sdi import roles
from korsbaek.systems.sdi.parts import aktoer, itsystemer
from korsbaek.systems.soap.node import Node, el, leaf


def registreret(dokument: Dokument, vis: frozenset[str], master: str) -> Node:
    """The document's one Registrering. `master` is its case's system, which is its own too."""
    return registrering(
        "di",
        dokument.tidspunkt,
        dokument.sts,
        dokument.bruger,
        [_egenskaber(dokument)] if "egenskaber" in vis else [],
        [
            el("di:Fremdrift", virkning("di", f.fra, f.til), ("di:FremdriftStatusKode", f.status))
            for f in dokument.fremdrift
        ]
        if "fremdrift" in vis
        else [],
        _relationer(dokument, vis, master),
    )


def _egenskaber(d: Dokument) -> Node:
    undtaget = None
    if d.titel_offentlig is not None:
        undtaget = el(
            "di:OffentlighedUndtaget",
            ("sd:TitelAlternativTekst", d.titel),
            ("sd:OffentlighedUndtagetHjemmelTekst", d.undtaget_hjemmel or ""),
        )
    return el(
        "di:Egenskaber",
        virkning("di", d.fremdrift[0].fra if d.fremdrift else d.tidspunkt, None),
        ("di:BrugervendtNoegle", d.nummer),
        ("di:Titel", d.titel_offentlig if d.titel_offentlig is not None else d.titel),
        leaf("di:Beskrivelse", d.beskrivelse.replace("\r\n", "\n").replace("\n", "\r\n") or None),
        ("di:BrevDato", d.brevdato.isoformat()),
        undtaget,
        ("di:VersionIdentifikator", str(d.version)),
        ("di:UnderversionIdentifikator", "0"),
        leaf("di:Kassationskode", d.kassationskode or None),
        ("di:Dokumentnummer", d.nummer),
        leaf("di:Foelsomhed", d.foelsomhed or None),
        leaf("di:Type", d.type or None),
    )


def _relationer(d: Dokument, vis: frozenset[str], master: str) -> list[Node]:
    out: list[Node] = []
    period = virkning("gd", d.fremdrift[0].fra if d.fremdrift else d.tidspunkt, None)
    if "aktoer" in vis:
        name, extension = "di:Dokumentaktoer", "di:DokumentaktoerLokalUdvidelse"
        out += [aktoer(name, extension, "di:CVR-Nr", a) for a in d.aktoerer]
    if "part" in vis:
        # Roles here are 0..*, so each has an Indeks.
        out += [_part(p, str(n)) for n, p in enumerate(d.parter, 1)]
    if "klasse" in vis and d.kle:
        text = el(
            "di:DokumentklasseLokalUdvidelse",
            leaf("di:Klassetitel", d.kle_titel or None),
            ("di:BrugervendtNoegle", d.kle),
        )
        ident = klasse_uuid(d.kle)
        out.append(relation("di:Dokumentklasse", period, roles.PRIMAER_KLASSE, roles.KLASSE, ident, extension=text))
    if "itsystem" in vis:
        uri = f"https://sbsys.korsbaek.example/dokument/{d.uuid}" if master == "SBSYS" else None
        out.append(el("gd:LokalUdvidelseListe", *itsystemer("di:DokumentitsystemRelation", period, master, uri)))
    return out


def _part(part: Part, indeks: str) -> Node:
    return relation(
        "di:Dokumentpart",
        virkning("gd", part.fra, part.til),
        roles.DOKUMENTPART_ROLLE["kopiparter" if part.rolle == "sekundaer" else "parter"],
        roles.DOKUMENTPART_VIRKSOMHED if part.art == "cvr" else roles.DOKUMENTPART_PERSON,
        part_urn(part),
        indeks=part.indeks or indeks,
        extension=el("di:DokumentpartLokalUdvidelse", leaf("di:FuldtNavn", part.navn or None)),
    )
