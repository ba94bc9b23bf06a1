"""Cases merged over the sources that know them, by the UUID that the standard gives them."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any
from urllib.parse import quote
from uuid import UUID

from caseworker.overblik.models import Sagskort, Trin
from caseworker.overblik.registre import Aktoerer, Klasser, rolle_uuid
from caseworker.protection import Mask
from caseworker.provenance import Felt, Rules
from caseworker.reading import Connection, Row, facts_of, is_true
from caseworker.tid import Tid, dansk_dag

STEP = {"Opstaaet": 0, "Oplyst": 1, "Afgjort": 2, "Bestilt": 2, "Udfoert": 2, "Afsluttet": 3}
"""Fremdrift to one of the four steps shown; v5's Bestilt and Udfoert come after the decision."""
CLOSED = 3
BEHANDLERE = ("ansvarlig", "primaer_behandler")
"""Roles of whoever can be called about a case."""
TABLES = (
    "sag", "sagindeks", "fremdrift", "sagsklasse", "sagsaktoer", "sagspart", "sagsgenstand", "journalpost",
    "journalnotat", "frist", "sagsitsystem",
)  # fmt: skip


class Sagsdata:
    """Facts of visible cases by table and case; the caller has asked the predicate."""

    def __init__(self, connection: Connection, ids: Iterable[UUID], tid: Tid) -> None:
        """Read all tables with one query."""
        self.ids = list(ids)
        self.tid = tid
        self.by: dict[str, dict[UUID, list[Row]]] = {t: defaultdict(list) for t in TABLES}
        for table, said in facts_of(connection, TABLES, self.ids, tid).items():
            for row in said:
                self.by[table][row["objekt"]].append(row)
        actors = [r for sag in self.ids for r in self.by["sagsaktoer"][sag] if r["rolle"] in BEHANDLERE]
        self.aktoerer = Aktoerer(connection, {r["reference"] for r in actors if r["reference"]}, tid)
        classes = [r for sag in self.ids for r in self.by["sagsklasse"][sag] if r["rolle"] == "primaer_klasse"]
        roles = {rolle_uuid(r["rolle"]) for sag in self.ids for r in self.by["sagspart"][sag]}
        refs = {r["reference"] for r in classes} | roles
        numbers = {r["brugervendt_noegle"] for r in classes if r["brugervendt_noegle"]}
        self.klasser = Klasser(connection, {ref for ref in refs if ref}, numbers, tid)

    def now(self, table: str, sag: UUID) -> list[Row]:
        """The case's facts in force; those that have ended only when none are."""
        found = self.by[table][sag]
        return [r for r in found if is_true(r, self.tid)] or found

    def kort(self, sag: UUID, rules: Rules, mask: Mask) -> Sagskort:
        """The case in one line."""
        klasse = [r for r in self.now("sagsklasse", sag) if r["rolle"] == "primaer_klasse"]
        named = self.klasser.nummer
        kle = rules.choose("sag", klasse, lambda r: r["brugervendt_noegle"] or named(r["reference"])).vaerdi
        egenskaber = self.now("sag", sag)
        forloeb = self._forloeb(sag)
        trin = forloeb[-1].trin if forloeb else 0
        nummer = rules.choose("sag", egenskaber, lambda r: r["sagsnummer"] or r["brugervendt_noegle"])
        titel = masked(rules.choose("sag", egenskaber, lambda r: r["titel"] or r["titel_offentlig"]), mask)
        kilder = sorted({r["source"] for t in TABLES for r in self.by[t][sag]})
        return Sagskort(
            uuid=sag,
            titel=titel if titel.vaerdi else titel.model_copy(update={"vaerdi": "Sag uden titel"}),
            sagsnummer=nummer.vaerdi,
            kle=kle,
            kle_titel=mask.text(rules.choose("sag", klasse, "klassetitel").vaerdi or self.klasser.titel_af(kle)),
            kle_udgaaet=self.klasser.udgaaet(kle),
            kle_nu=self.klasser.afloeser(kle),
            foelsomhed=self._foelsomhed(sag, kilder, rules),
            aaben=trin < CLOSED,
            trin=trin,
            forloeb=forloeb,
            afsluttet=dansk_dag(forloeb[-1].fra) if forloeb and trin == CLOSED else None,
            ansvarlig=self._aktoer(sag, "ansvarlig", rules, mask),
            ansvarlig_telefon=self._telefon(sag, "ansvarlig", mask),
            behandler=self._aktoer(sag, "primaer_behandler", rules, mask),
            behandler_telefon=self._telefon(sag, "primaer_behandler", mask),
            fagsystem=rules.choose(
                "sag", [r for r in self.now("sagsitsystem", sag) if r["rolle"] == "master"], "systemnavn"
            ),
            kilder=kilder,
            deep_link=_link(egenskaber, nummer, rules),
        )

    def _forloeb(self, sag: UUID) -> list[Trin]:
        steps: dict[tuple[str, Any], Trin] = {}
        for row in self.by["fremdrift"][sag]:
            fra = row["virkning_fra"]
            if row["status"] in STEP and (fra is None or fra <= self.tid.sand):
                day = dansk_dag(fra)
                steps.setdefault((row["status"], day), Trin(status=row["status"], trin=STEP[row["status"]], fra=fra))
        return sorted(steps.values(), key=lambda s: (s.fra is not None, s.fra, s.trin))

    def _foelsomhed(self, sag: UUID, kilder: list[str], rules: Rules) -> int:
        said = [int(r["foelsomhed"]) for r in self.now("sagindeks", sag) if r["foelsomhed"]]
        return max(said or [int(rules.kilder[k]["foelsomhed"]) for k in kilder if k in rules.kilder] or [4])

    def _aktoer(self, sag: UUID, rolle: str, rules: Rules, mask: Mask) -> Felt:
        found = [self.aktoerer.navngivet(r) for r in self.now("sagsaktoer", sag) if r["rolle"] == rolle]
        return masked(rules.choose("sag", found, lambda r: r["fuldt_navn"] or r["brugervendt_noegle"]), mask)

    def _telefon(self, sag: UUID, rolle: str, mask: Mask) -> str | None:
        numbers = (self.aktoerer.telefon(r, mask) for r in self.now("sagsaktoer", sag) if r["rolle"] == rolle)
        return next((number for number in numbers if number), None)


def _link(egenskaber: list[Row], nummer: Felt, rules: Rules) -> str | None:
    for row in egenskaber:
        template = rules.kilder.get(row["source"], {}).get("deep_link")
        if template and (row["sagsnummer"] or nummer.vaerdi):
            number = quote(row["sagsnummer"] or nummer.vaerdi or "", safe="")
            return str(template.replace("{sagsnummer}", number).replace("{key}", quote(row["key"], safe="")))
    return None


def masked(felt: Felt, mask: Mask) -> Felt:
    """The field with protected places taken out of the winning and the losing values."""
    if not mask.active:
        return felt
    return felt.model_copy(
        update={
            "vaerdi": mask.text(felt.vaerdi),
            "andre": [u.model_copy(update={"vaerdi": mask.text(u.vaerdi)}) for u in felt.andre],
        }
    )


def order(found: Iterable[Sagskort]) -> list[Sagskort]:
    """Open cases first, then the latest step first."""
    by_time = sorted(found, key=lambda s: s.forloeb[-1].fra.timestamp() if s.forloeb and s.forloeb[-1].fra else 0.0)
    return sorted(reversed(by_time), key=lambda s: not s.aaben)
