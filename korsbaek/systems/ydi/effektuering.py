"""An OekonomiskEffektuering on the wire: each part only when `Vis` asks for it.

There is no Vis for its party, which is therefore always sent: without it nobody could tell whose payment it is.
"""

from korsbaek.model import Effektuering
from korsbaek.systems.index.wire import midnight, part_urn, registrering, relation, system_uuid, virkning
from korsbaek.systems.soap.node import Node, el, leaf
from korsbaek.systems.ydi import roles


def registreret(effektuering: Effektuering, vis: frozenset[str]) -> Node:
    """The payment's one Registrering."""
    egenskaber = [_egenskaber(effektuering)] if "egenskaber" in vis else []
    moment = effektuering.tidspunkt, effektuering.sts, effektuering.bruger
    return registrering("oef", *moment, egenskaber, [], _relationer(effektuering, vis))


def _egenskaber(e: Effektuering) -> Node:
    return el(
        "oef:Egenskaber",
        virkning("oef", e.virkning_fra, None),
        ("oef:BrugervendtNoegle", e.noegle),
        ("oef:Startdato", midnight(e.start)),
        ("oef:Slutdato", midnight(e.slut)),
        leaf("oef:SamletBruttobeloeb", e.brutto or None),
        ("oef:Dispositionsdato", midnight(e.dispositionsdato)),
        leaf("oef:BeloebEfterSkatATP", e.efter_skat or None),
        leaf("oef:BeloebSendtTilUdbetaling", e.sendt or None),
        leaf("oef:BeloebUdbetalt", e.udbetalt or None),
        leaf("oef:Udbetalingsafdeling", e.afdeling or None),
        leaf("oef:SendtTilUdbetalingTekst", "Sendt til udbetaling" if e.sendt else None),
        leaf("oef:UdbetaltTekst", "Udbetalt" if e.udbetalt else None),
    )


def _relationer(e: Effektuering, vis: frozenset[str]) -> list[Node]:
    out: list[Node] = []
    period = virkning("gd", e.virkning_fra, None)
    if "oekonomiskeydelseeffektueringer" in vis:
        more = (
            ("oef:YdelsesperiodeStartdato", midnight(e.start)),
            ("oef:YdelsesperiodeSlutdato", midnight(e.slut)),
            leaf("oef:Ydelsesbeloeb", e.brutto or None),
            leaf("oef:Klassifikationsbeskrivelse", e.kle or None),
            el("oef:BevilgetYdelseRef", ("sd:UUIDIdentifikator", e.bevilling), ("oef:BevilgetYdelseId", e.ydelse)),
        )
        name = "oef:OekonomiskYdelseEffektueringRelation"
        out.append(relation(name, period, *roles.YDELSESEFFEKTUERING, e.bevilling, *more, indeks="1"))
    if "aktoer" in vis:
        for actor in e.aktoerer:
            named = (
                leaf("oef:BrugervendtNoegle", actor.noegle or None),
                leaf("oef:FuldtNavn", actor.navn or None),
                leaf("oef:CVR-nr", actor.cvr or None),
            )
            ident = actor.uuid or f"urn:oio:cvr-nr:{actor.cvr}"
            role = roles.EFFEKTUERINGSAKTOER[actor.rolle]
            at = virkning("gd", actor.fra, actor.til, actor.aktoertypekode)
            out.append(relation("oef:Aktoer", at, *role, ident, *named))
    if "itsystem" in vis:
        system = system_uuid(e.systemnavn)
        out.append(relation("oef:ItSystem", period, *roles.MASTER, system, ("oef:SystemNavn", e.systemnavn)))
    for part in e.parter:
        at, text = virkning("gd", part.fra, part.til), leaf("oef:FuldtNavn", part.navn or None)
        urn = part_urn(part)
        out.append(relation("oef:OekonomiskEffektueringPart", at, *roles.EFFEKTUERINGSMODTAGER, urn, text))
    return out
