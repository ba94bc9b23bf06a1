"""What the citizen owes the municipality (kravoverblik), each claim behind the predicate of its own."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from uuid import UUID

from pydantic import BaseModel

from caseworker.overblik.judged import Judged
from caseworker.principal import Principal
from caseworker.protection import Mask
from caseworker.provenance import Rules
from caseworker.reading import Connection, Row, facts, is_true
from caseworker.tid import Tid, dansk_dag

KRAVTILSTAND = {
    "open": "Åbent", "reminded": "Rykket", "instalments": "Afdragsordning", "collection": "Til inddrivelse",
    "settled": "Betalt", "cancelled": "Annulleret",
}  # fmt: skip
ENDED = ("settled", "cancelled")
"""Tilstand of what nobody owes any more."""


class Krav(BaseModel):
    """What the citizen owes the municipality, in Danish kroner."""

    uuid: UUID
    navn: str
    art: str | None = None
    nummer: str | None = None
    beloeb: Decimal | None = None
    """As it was charged."""
    rest: Decimal | None = None
    """What is still owed."""
    forfald: date | None = None
    tilstand: str | None = None
    skyldig: bool = True
    """Neither settled nor cancelled, and something is left."""
    forfaldent: bool = False
    """Owed, and its last day in time has passed."""
    kle: str | None = None
    kilder: list[str] = []

    @property
    def tilstand_tekst(self) -> str:
        """How it stands, in Danish."""
        return KRAVTILSTAND.get(self.tilstand or "", "Ukendt")


def read(
    connection: Connection, principal: Principal, tid: Tid, owed: Iterable[UUID], rules: Rules, mask: Mask
) -> tuple[list[Krav], Judged]:
    """The visible claims, those that are owed first and by day, and the verdict that tells how many are hidden."""
    judged = Judged(connection, principal, tid, "krav", owed)
    said: dict[UUID, list[Row]] = defaultdict(list)
    for row in facts(connection, "krav", judged.visible, tid):
        said[row["objekt"]].append(row)
    found = [_krav(objekt, rows, rules, mask, tid) for objekt, rows in said.items()]
    return sorted(found, key=lambda k: (not k.skyldig, k.forfald or date.max, k.navn)), judged


def _krav(objekt: UUID, found: list[Row], rules: Rules, mask: Mask, tid: Tid) -> Krav:
    row = rules.order("krav", [r for r in found if is_true(r, tid)] or found)[0]
    rest: Decimal | None = row["restbeloeb"] if row["restbeloeb"] is not None else row["beloeb"]
    skyldig = row["tilstand"] not in ENDED and (rest is None or rest > 0)
    forfald: date | None = row["forfaldsdato"]
    today = dansk_dag(tid.sand)
    return Krav(
        uuid=objekt,
        navn=mask.text(row["titel"]) or mask.text(row["art"]) or "Krav",
        art=mask.text(row["art"]),
        nummer=row["brugervendt_noegle"],
        beloeb=row["beloeb"],
        rest=rest,
        forfald=forfald,
        tilstand=row["tilstand"],
        skyldig=skyldig,
        forfaldent=skyldig and forfald is not None and today is not None and forfald < today,
        kle=row["kle"],
        kilder=sorted({r["source"] for r in found}),
    )
