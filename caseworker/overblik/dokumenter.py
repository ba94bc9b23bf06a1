"""Documents: through visible cases, and those without a case that name the citizen."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from uuid import UUID

from caseworker.overblik.judged import Judged
from caseworker.overblik.models import Dokumentkort, Sagskort
from caseworker.overblik.sager import Sagsdata, masked
from caseworker.principal import Principal
from caseworker.protection import Mask
from caseworker.provenance import Rules
from caseworker.reading import Connection, Row, facts, is_true
from caseworker.tid import Tid, dansk_dag

TYPER = {
    "indgaaende": "Indgående", "udgaaende": "Udgående", "internt_notat": "Internt notat", "faktura": "Faktura",
    "eksternt_notat": "Eksternt notat", "rapport": "Rapport", "dagsorden": "Dagsorden", "plan": "Plan",
    "andet": "Andet", "brev": "Brev",
}  # fmt: skip


def read(
    connection: Connection,
    principal: Principal,
    tid: Tid,
    named: Iterable[UUID],
    data: Sagsdata,
    kort: Mapping[UUID, Sagskort],
    rules: Rules,
    mask: Mask,
) -> tuple[list[Dokumentkort], Judged]:
    """The visible documents, newest first, of these cases and among those that name the citizen; and the verdict
    that tells how many are hidden.
    """
    posts: dict[UUID, list[Row]] = defaultdict(list)
    for sag in data.ids:
        for post in data.by["journalpost"][sag]:
            if post["dokument"] and is_true(post, tid):
                posts[post["dokument"]].append(post)
    judged = Judged(connection, principal, tid, "dokument", [*posts, *named])
    egenskaber: dict[UUID, list[Row]] = defaultdict(list)
    for row in facts(connection, "dokument", judged.visible, tid):
        egenskaber[row["objekt"]].append(row)
    cards = [_kort(d, egenskaber[d], posts[d], kort, rules, mask, tid) for d in judged.visible]
    return sorted(cards, key=lambda c: str(c.dato or ""), reverse=True), judged


def filed(data: Sagsdata) -> set[UUID]:
    """The documents of these cases."""
    return {p["dokument"] for found in data.by["journalpost"].values() for p in found if p["dokument"]}


def _kort(
    dokument: UUID,
    egenskaber: list[Row],
    posts: list[Row],
    kort: Mapping[UUID, Sagskort],
    rules: Rules,
    mask: Mask,
    tid: Tid,
) -> Dokumentkort:
    now = [r for r in egenskaber if is_true(r, tid)] or egenskaber
    in_case = rules.choose("dokument", posts, lambda r: r["dokumenttitel"] or r["titel_offentlig"])
    own = rules.choose("dokument", now, lambda r: r["titel"] or r["titel_offentlig"])
    titel = masked(in_case if in_case.vaerdi else own, mask)
    if not titel.vaerdi:
        titel = titel.model_copy(update={"vaerdi": "Dokument uden titel"})
    best = rules.order("dokument", now)
    sag = next((kort[p["objekt"]] for p in posts if p["objekt"] in kort), None)
    letter = next((r["brevdato"] for r in best if r["brevdato"]), None)
    first = min((r["registreret"] or r["virkning_fra"] or r["kendt_fra"] for r in now or posts), default=None)
    kind = next((r["type"] for r in best if r["type"]), None)
    return Dokumentkort(
        uuid=dokument,
        titel=titel,
        dato=letter or dansk_dag(first),
        type=TYPER.get(kind, kind) if kind else None,
        filendelse=next((r["filendelse"] for r in best if r["filendelse"]), None),
        sag=sag.uuid if sag else None,
        sagsnummer=sag.sagsnummer if sag else None,
        kle=sag.kle if sag else None,
        kilder=sorted({r["source"] for r in [*egenskaber, *posts]}),
    )
