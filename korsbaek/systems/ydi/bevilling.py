"""A Bevilling on the wire: each part only when `Vis` asks for it. Its extension fields are inline, not in a list."""

from uuid import NAMESPACE_URL, uuid5

from korsbaek.model import BevilgetYdelse, Bevilling, Plan
from korsbaek.systems.index.wire import klasse_uuid, midnight, part_urn, registrering, relation, system_uuid, virkning
from korsbaek.systems.soap.node import Node, el, flag, leaf
from korsbaek.systems.ydi import roles


def registreret(bevilling: Bevilling, vis: frozenset[str]) -> Node:
    """The grant's one Registrering."""
    attributter: list[Node] = []
    if vis & {"egenskaber", "egenskaberlokaludvidelse"}:
        attributter.append(_egenskaber(bevilling))
    if "bevilgetydelse" in vis:
        attributter += [_ydelse(bevilling, ydelse) for ydelse in bevilling.ydelser]
    moment = bevilling.tidspunkt, bevilling.sts, bevilling.bruger
    return registrering("bi", *moment, attributter, [], _relationer(bevilling, vis))


def _egenskaber(b: Bevilling) -> Node:
    return el(
        "bi:Egenskaber",
        virkning("bi", b.virkning_fra, None),
        ("bi:BrugervendtNoegle", b.noegle),
        leaf("bi:Bevillingstartdato", b.startdato or None),
        leaf("bi:Bevillingslutdato", b.slutdato or None),
        leaf("bi:Begrundelse", b.begrundelse or None),
        leaf("bi:Foelsomhed", b.foelsomhed or None),
    )


def _ydelse(b: Bevilling, y: BevilgetYdelse) -> Node:
    system = system_uuid(b.systemnavn)
    navn = str(uuid5(NAMESPACE_URL, f"urn:korsbaek:ydelse:{y.ydelse}"))
    klassifikation = None
    if y.kle:
        more = ("bi:BrugervendtNoegle", y.kle), leaf("bi:Klassetitel", y.kle_titel or None)
        klasse = klasse_uuid(y.kle)
        klassifikation = relation("bi:Klassifikation", None, *roles.PRIMAER_KLASSE, klasse, *more, prefix="bi")
    ydelse = ("bi:Ydelsesnavn", y.ydelse), klassifikation
    return el(
        "bi:BevilgetYdelse",
        virkning("bi", b.virkning_fra, None),
        ("bi:Id", y.id),
        leaf("bi:Navn", y.navn or None),
        ("bi:BevilgetYdelseStartdato", midnight(y.start)),
        None if y.slut is None else ("bi:BevilgetYdelseSlutdato", midnight(y.slut)),
        leaf("bi:Begrundelse", y.begrundelse or None),
        flag("bi:Tilbagebetalingspligtig", y.tilbagebetalingspligtig),
        relation("bi:ItSystem", None, *roles.MASTER, system, ("bi:SystemNavn", b.systemnavn), prefix="bi"),
        relation("bi:Ydelse", None, *roles.YDELSE, navn, *ydelse, prefix="bi"),
        *(_plan(plan) for plan in y.planer),
    )


def _plan(plan: Plan) -> Node:
    return el(
        "bi:OekonomiskEffektueringsplan",
        ("bi:Id", plan.id),
        ("bi:EffektueringsplanStartdato", midnight(plan.start)),
        None if plan.slut is None else ("bi:EffektueringsplanSlutdato", midnight(plan.slut)),
        leaf("bi:Beregningsfrekvens", plan.frekvens or None),
        leaf("bi:ForudBagud", plan.forud_bagud or None),
        leaf("bi:Dispositionsdag", plan.dispositionsdag or None),
        leaf("bi:Ydelsesbeloeb", plan.beloeb or None),
    )


def _relationer(b: Bevilling, vis: frozenset[str]) -> list[Node]:
    out: list[Node] = []
    if "sag" in vis and b.sag is not None:
        number = leaf("bi:BrugervendtNoegle", b.sagsnummer or None)
        period = virkning("gd", b.virkning_fra, None)
        out.append(relation("bi:Bevillingssag", period, *roles.TILKNYTTET_SAG, b.sag, number))
    if "part" in vis:
        for part in b.parter:
            name = leaf("bi:FuldtNavn", part.navn or None)
            period = virkning("gd", part.fra, part.til)
            role = roles.BEVILLINGSPART[part.rolle]
            out.append(relation("bi:Bevillingspart", period, *role, part_urn(part), name, indeks=part.indeks))
    for actor in b.aktoerer:
        if f"aktoer-{actor.rolle}" in vis:
            more = (
                leaf("bi:BrugervendtNoegle", actor.noegle or None),
                leaf("bi:FuldtNavn", actor.navn or None),
                leaf("bi:CVR-nr", actor.cvr or None),
            )
            period = virkning("gd", actor.fra, actor.til, actor.aktoertypekode)
            ident = actor.uuid or f"urn:oio:cvr-nr:{actor.cvr}"
            role = roles.BEVILLINGSAKTOER[actor.rolle]
            out.append(relation("bi:Bevillingsaktoer", period, *role, ident, *more))
    return out
