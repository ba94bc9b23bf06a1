"""A Registrering of a Sag as a sender wrote it, read into the town's own words: the way back of `sag.registreret`."""

import base64
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from functools import cache

from korsbaek.model import Aktoer, Fremdrift, Genstand, Journalnotat, Journalpost, Part, Relation, Sagsregistrering
from korsbaek.systems.index.wire import klasse_uuid
from korsbaek.systems.sdi import roles
from korsbaek.systems.soap.node import Node, children, each, el, find, text

_ARTS = {"cpr-nr": "cpr", "cvr-nr": "cvr", "us:personid": "personid"}


class Unheard(ValueError):
    """What this index cannot keep; one line without data."""


def moment(node: Node | None) -> datetime | None:
    """A TidspunktType or a plain dateTime; None for infinity and for nothing."""
    said = text(node if node is None or isinstance(node[1], str) else find(node, "sd:TidsstempelDatoTid"))
    found = datetime.fromisoformat(said) if said else None
    return found if found is None or found.tzinfo else found.replace(tzinfo=UTC)


def period(node: Node, sts: datetime) -> tuple[datetime, datetime | None]:
    """From and to of an element's Virkning, whichever schema declares it; from `sts` when it has none."""
    own = next((child for child in children(node) if child[0].endswith(":Virkning")), el("sd:Virkning"))
    return moment(find(own, "sd:FraTidspunkt")) or sts, moment(find(own, "sd:TilTidspunkt"))


def registrering(node: Node, sts: datetime, tidspunkt: datetime | None = None) -> Sagsregistrering:
    """One Registrering, received at `sts`. Raises Unheard for a role or a reference that the town does not have."""
    attributter = find(node, "sag:AttributListe") or el("sag:AttributListe")
    egenskaber = _last(attributter, "sag:Egenskaber", sts)
    indeks = find(attributter, "gd:LokalUdvidelseListe", "si:SagIndeksEgenskaber") or el("si:SagIndeksEgenskaber")
    relationer = find(node, "sag:RelationListe") or el("sag:RelationListe")
    titel, undtaget = _said(egenskaber, "sag:Titel"), find(egenskaber, "sag:OffentlighedUndtaget")
    klasser = {_id(k, "gd:Rolle"): k for k in each(relationer, "sag:Sagsklasse")}
    emne, facet = klasser.get(roles.PRIMAER_KLASSE), klasser.get(roles.HANDLINGSKLASSE)
    fra, _ = period(egenskaber, sts)
    return Sagsregistrering(
        tidspunkt=tidspunkt or moment(find(node, "sd:Tidspunkt")) or sts,
        sts=sts,
        bruger=_id(node, "sd:BrugerRef"),
        sagsnummer=_said(egenskaber, "sag:Sagsnummer"),
        titel=titel if undtaget is None else _said(undtaget, "sd:TitelAlternativTekst"),
        titel_offentlig=None if undtaget is None else titel,
        undtaget_hjemmel=None if undtaget is None else _said(undtaget, "sd:OffentlighedUndtagetHjemmelTekst"),
        beskrivelse=_said(egenskaber, "sag:Beskrivelse"),
        hjemmel=_said(egenskaber, "sag:HjemmelSpecifikation"),
        kassationskode=_said(egenskaber, "sag:Kassationskode"),
        kle=_said(_extension(emne), "si:BrugervendtNoegle") if emne else "",
        kle_titel=_said(_extension(emne), "si:Klassetitel") if emne else "",
        handlingsfacet=_facet(facet) if facet else "",
        foelsomhed=_said(indeks, "si:Foelsomhed"),
        sagsstatus=_said(indeks, "si:Sagsstatus"),
        sagskategori=_said(indeks, "si:Sagskategori"),
        virkning_fra=fra,
        oprettet=moment(find(indeks, "si:OprettetTidspunkt")) or fra,
        fremdrift=list(fremdrift(node, sts)),
        parter=[_part(p, sts) for p in each(relationer, "sag:Sagspart")],
        aktoerer=[_aktoer(a, sts) for a in each(relationer, "sag:Sagsaktoer")],
        genstande=[_genstand(g) for g in each(relationer, "sag:Sagsgenstande")],
        relationer=[
            Relation(_role(r, roles.RELATION_ROLLE), _id(r, "gd:ReferenceID"), _indeks(r))
            for r in each(relationer, "sag:Sagsrelation")
        ],
        journalposter=[_post(j, sts) for j in _posts(relationer, False)],
        notater=[_notat(j, sts, n) for n, j in enumerate(_posts(relationer, True), 1)],
        sikkerhedsprofiler=[_id(p, "gd:ReferenceID") for p in _extra(relationer, "si:Sikkerhedsprofil")],
        afleveret=_flag(egenskaber, "sag:AfleveretIndikator"),
        principiel=_flag(egenskaber, "sag:PrincipielIndikator"),
        lokation=_said(indeks, "si:Lokation"),
    )


def master(node: Node) -> str:
    """The name of the IT-system that masters the object; empty when nobody says."""
    relationer = find(node, "sag:RelationListe") or el("sag:RelationListe")
    systems = {_id(s, "gd:Rolle"): _said(s, "si:SystemNavn") for s in _extra(relationer, "si:SagsitsystemRelation")}
    return systems.get(roles.MASTER, "")


def fremdrift(node: Node, sts: datetime) -> Iterator[Fremdrift]:
    """The steps, as they come."""
    for step in each(find(node, "sag:TilstandListe") or el("sag:TilstandListe"), "sag:Fremdrift"):
        yield Fremdrift(_said(step, "sag:FremdriftStatusKode"), *period(step, sts))


def _last(liste: Node, name: str, sts: datetime) -> Node:
    found = sorted(each(liste, name), key=lambda node: period(node, sts)[0])
    return found[-1] if found else el(name)


def _said(node: Node | None, name: str) -> str:
    return (text(find(node, name)) or "") if node else ""


def _flag(node: Node, name: str) -> bool | None:
    said = text(find(node, name))
    return None if said is None else said in ("true", "1")


def _id(node: Node, name: str) -> str:
    """A UnikId's UUID in lower case, or its URN."""
    uuid, urn = text(find(node, name, "sd:UUIDIdentifikator")), text(find(node, name, "sd:URNIdentifikator"))
    return uuid.lower() if uuid else urn or ""


def _role(node: Node, known: Mapping[str, str], name: str = "gd:Rolle") -> str:
    ident = _id(node, name)
    found = next((role for role, uuid in known.items() if uuid == ident), None)
    if found is None:
        raise Unheard(f"Ukendt {name.partition(':')[2]} i {node[0].partition(':')[2]}")
    return found


def _indeks(node: Node) -> str | None:
    return text(find(node, "gd:Indeks"))


def _extension(node: Node) -> Node:
    inside = children(find(node, "gd:LokalUdvidelseListe") or el("gd:LokalUdvidelseListe"))
    return inside[0] if inside else el("tom")


def _extra(relationer: Node, name: str) -> Iterator[Node]:
    return each(find(relationer, "gd:LokalUdvidelseListe") or el("gd:LokalUdvidelseListe"), name)


def _part(node: Node, sts: datetime) -> Part:
    ident, navn = _id(node, "gd:ReferenceID"), _said(_extension(node), "si:FuldtNavn")
    kind, _, number = ident.removeprefix("urn:oio:").rpartition(":")
    if not ident.startswith("urn:oio:"):
        raise Unheard("En Sagspart skal angives ved URN")
    art = _ARTS.get(kind, "navn")
    rolle = _role(node, roles.PART_ROLLE)
    return Part(rolle, art, number if art != "navn" else "", navn or number, *period(node, sts), _indeks(node))


def _aktoer(node: Node, sts: datetime) -> Aktoer:
    ident, said = _id(node, "gd:ReferenceID"), _extension(node)
    cvr = ident.removeprefix("urn:oio:cvr-nr:") if ident.startswith("urn:oio:cvr-nr:") else ""
    kode = _said(find(node, "gd:Virkning"), "sd:AktoerTypeKode") or "ItSystem"
    return Aktoer(
        _role(node, roles.AKTOER_ROLLE),
        _role(node, roles.AKTOER_TYPE, "gd:Type"),
        None if cvr else ident,
        _said(said, "si:BrugervendtNoegle"),
        _said(said, "si:FuldtNavn"),
        _said(said, "si:CVR-Nummer") or cvr,
        *period(node, sts),
        _indeks(node),
        kode,
    )


def _genstand(node: Node) -> Genstand:
    rolle, urn = _role(node, roles.GENSTAND_ROLLE), _id(node, "gd:ReferenceID")
    return Genstand(rolle, urn, _said(_extension(node), "si:Tekstfelt"), _indeks(node))


def _posts(relationer: Node, notes: bool) -> Iterator[Node]:
    path = ("sag:JournalpostEgenskaber", "sag:JournalnotatEgenskaber")
    return (j for j in each(relationer, "sag:Journalpost") if (find(j, *path) is not None) == notes)


def _post(node: Node, sts: datetime) -> Journalpost:
    rolle, titel = _role(node, roles.JOURNALPOST_ROLLE), find(node, "sag:JournalpostEgenskaber", "sag:Dokumenttitel")
    return Journalpost(rolle, _indeks(node) or "1", _id(node, "gd:ReferenceID"), text(titel), period(node, sts)[0])


def _notat(node: Node, sts: datetime, number: int) -> Journalnotat:
    said = find(node, "sag:JournalpostEgenskaber", "sag:JournalnotatEgenskaber") or el("tom")
    tekst = base64.b64decode(_said(said, "sag:Notat")).decode("utf-8", "replace")
    indeks, skrevet = _indeks(node) or str(number), period(node, sts)[0]
    return Journalnotat("", 0, indeks, _said(said, "sag:Titel"), tekst, skrevet, "", "")


@cache
def _facets() -> dict[str, str]:
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZÆØÅ"
    return {klasse_uuid(code): code for letter in letters for code in (f"{letter}{n:02d}" for n in range(100))}


def _facet(node: Node) -> str:
    said = _said(_extension(node), "si:BrugervendtNoegle")
    return said or _facets().get(_id(node, "gd:ReferenceID"), "")
