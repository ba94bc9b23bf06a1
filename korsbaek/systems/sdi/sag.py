"""A Sag on the wire: each part only when `Vis` asks for it."""

import base64

from korsbaek.model import Journalnotat, Journalpost, Part, Sag, Sagsregistrering
from korsbaek.systems.index.wire import instant, klasse_uuid, part_urn, registrering, relation, virkning
from korsbaek.systems.sdi import roles
from korsbaek.systems.sdi.parts import aktoer, itsystemer
from korsbaek.systems.soap.node import Node, el, flag, leaf


def registreret(sag: Sag, r: Sagsregistrering, vis: frozenset[str]) -> Node:
    """One whole Registrering."""
    return registrering(
        "sag",
        r.tidspunkt,
        r.sts,
        r.bruger,
        _attributter(r) if "egenskaber" in vis else [],
        _tilstande(r) if "fremdrift" in vis else [],
        _relationer(sag, r, vis),
    )


def _attributter(r: Sagsregistrering) -> list[Node]:
    undtaget = r.titel_offentlig is not None
    egenskaber = el(
        "sag:Egenskaber",
        virkning("sag", r.virkning_fra, None),
        ("sag:BrugervendtNoegle", r.sagsnummer),
        flag("sag:AfleveretIndikator", r.afleveret),
        leaf("sag:Beskrivelse", r.beskrivelse.replace("\r\n", "\n").replace("\n", "\r\n") or None),
        leaf("sag:HjemmelSpecifikation", r.hjemmel or None),
        leaf("sag:Kassationskode", r.kassationskode or None),
        el(
            "sag:OffentlighedUndtaget",
            ("sd:TitelAlternativTekst", r.titel),
            ("sd:OffentlighedUndtagetHjemmelTekst", r.undtaget_hjemmel or ""),
        )
        if undtaget
        else None,
        flag("sag:PrincipielIndikator", r.principiel),
        ("sag:Sagsnummer", r.sagsnummer),
        ("sag:Titel", r.titel_offentlig if r.titel_offentlig is not None else r.titel),
    )
    indeks = el(
        "si:SagIndeksEgenskaber",
        virkning("gd", r.virkning_fra, None),
        leaf("si:Sagsstatus", r.sagsstatus or None),
        leaf("si:Sagskategori", r.sagskategori or None),
        leaf("si:Foelsomhed", r.foelsomhed or None),
        leaf("si:Lokation", r.lokation or None),
        ("si:OprettetTidspunkt", instant(r.oprettet)),
    )
    return [egenskaber, el("gd:LokalUdvidelseListe", indeks)]


def _tilstande(r: Sagsregistrering) -> list[Node]:
    return [
        el("sag:Fremdrift", virkning("sag", f.fra, f.til), ("sag:FremdriftStatusKode", f.status)) for f in r.fremdrift
    ]


def _relationer(sag: Sag, r: Sagsregistrering, vis: frozenset[str]) -> list[Node]:
    out: list[Node] = []
    period = virkning("gd", r.virkning_fra, None)
    if "sagsaktoer" in vis:
        out += [aktoer("sag:Sagsaktoer", "si:SagsaktoerLokalUdvidelse", "si:CVR-Nummer", a) for a in r.aktoerer]
    if "sagsklasse" in vis:
        out += _klasser(sag, r, period)
    if "sagspart" in vis:
        out += [_part(p) for p in r.parter]
    if "sagsrelation" in vis:
        out += [
            relation("sag:Sagsrelation", period, roles.RELATION_ROLLE[x.rolle], roles.SAG, x.sag, indeks=x.indeks)
            for x in r.relationer
        ]
    if "sagsgenstand" in vis:
        for g in r.genstande:
            text = el("si:SagsgenstandeLokalUdvidelse", leaf("si:Tekstfelt", g.tekst or None))
            rolle = roles.GENSTAND_ROLLE[g.rolle]
            out.append(
                relation("sag:Sagsgenstande", period, rolle, roles.EJENDOM, g.urn, indeks=g.indeks, extension=text)
            )
    if "journalpost" in vis:
        out += [_journalpost(j) for j in r.journalposter]
    if "journalpost-journalnote" in vis:
        out += [_journalnotat(n) for n in r.notater]
    extra: list[Node] = []
    if "itsystem" in vis:
        # By master, not by what SBSYS holds today: nobody tells the index when a case vanishes there.
        uri = f"https://sbsys.korsbaek.example/sag/{sag.uuid}" if sag.master == "SBSYS" else None
        extra += itsystemer("si:SagsitsystemRelation", period, sag.master, uri)
    if "sikkerhedsprofil" in vis:
        rolle, kind = roles.SIKKERHEDSPROFIL_ROLLE, roles.SIKKERHEDSPROFIL_TYPE
        for n, profil in enumerate(r.sikkerhedsprofiler, 1):
            out_of_list = relation("si:Sikkerhedsprofil", period, rolle, kind, profil, indeks=str(n))
            extra.append(out_of_list)
    return [*out, el("gd:LokalUdvidelseListe", *extra)] if extra else out


def _klasser(sag: Sag, r: Sagsregistrering, period: Node) -> list[Node]:
    emne = el(
        "si:SagsklasseLokalUdvidelse",
        ("si:Facettitel", "Emneplan"),
        leaf("si:Klassetitel", r.kle_titel or None),
        ("si:BrugervendtNoegle", r.kle),
    )
    # The guide asks for the UUID alone here; some senders write the facet's number too.
    facet = el("si:SagsklasseLokalUdvidelse", ("si:BrugervendtNoegle", r.handlingsfacet))
    out: list[Node] = []
    if r.kle:
        ident = klasse_uuid(r.kle)
        out.append(relation("sag:Sagsklasse", period, roles.PRIMAER_KLASSE, roles.KLASSE, ident, extension=emne))
    if r.handlingsfacet:
        ident = klasse_uuid(r.handlingsfacet)
        shown = facet if sag.master == "SBSYS" else None
        out.append(relation("sag:Sagsklasse", period, roles.HANDLINGSKLASSE, roles.KLASSE, ident, extension=shown))
    return out


def _part(part: Part) -> Node:
    return relation(
        "sag:Sagspart",
        virkning("gd", part.fra, part.til),
        roles.PART_ROLLE[part.rolle],
        roles.VIRKSOMHED if part.art == "cvr" else roles.PERSON,
        part_urn(part),
        indeks=part.indeks,
        extension=el("si:SagspartLokalUdvidelse", leaf("si:FuldtNavn", part.navn or None)),
    )


def _journalpost(post: Journalpost) -> Node:
    return relation(
        "sag:Journalpost",
        virkning("gd", post.fra, None),
        roles.JOURNALPOST_ROLLE[post.rolle],
        roles.DOKUMENT,
        post.dokument,
        None if post.titel is None else el("sag:JournalpostEgenskaber", ("sag:Dokumenttitel", post.titel)),
        indeks=post.indeks,
    )


def _journalnotat(note: Journalnotat) -> Node:
    egenskaber = el(
        "sag:JournalnotatEgenskaber",
        ("sag:Titel", note.titel),
        ("sag:Notat", base64.b64encode(note.tekst.encode()).decode()),
        ("sag:Format", roles.TEKSTFORMAT),
    )
    return relation(
        "sag:Journalpost",
        virkning("gd", note.skrevet, None),
        roles.JOURNALPOST_ROLLE["journalnotat"],
        roles.DOKUMENT,
        "URN:Empty",
        el("sag:JournalpostEgenskaber", egenskaber),
        indeks=note.indeks,
    )
