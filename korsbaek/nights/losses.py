"""What vanishes in a night."""

from dataclasses import replace

from korsbaek.model import Bevilling, Dokument, Effektuering, Nexusborger, Sag
from korsbaek.nights.book import Book, owner_of
from korsbaek.reminders import erindringer, number
from korsbaek.write import put_dokumenter, put_nexus, put_sager

SHARE = 0.04
"""No ordinary night takes more than this of a stream."""
_CITIZEN_STAYS = """indeks = 1 and {extra} and uuid not in (select sag from sagspart where nummer = '{showcase}') and
    uuid in (select sag from sagspart where art = 'cpr' and nummer in (select p.nummer from sagspart p
    join sag s on s.uuid = p.sag where s.indeks = 1 and p.art = 'cpr' group by p.nummer
    having count(distinct s.uuid) > 3)) and (select count(*) from sagspart where sag = uuid and art = 'cpr') = 1"""


class LossesNight:
    """Removals without a trace."""

    def __init__(self, book: Book) -> None:
        """Chance comes from the book."""
        self.book = book
        self.town = book.town
        self.showcase = self.town.meta("showcase")

    def all(self, gone: float | None) -> None:
        """The usual few, or a share of the SBSYS cases and the grants."""
        book = self.book
        few = book.times(1, 3000)
        if gone is not None:
            (cases,), (grants,) = (
                self.town.rows(f"select count(*) from {t} where {w}")[0]
                for t, w in (("sag", "sbsys is not null"), ("bevilling", "true"))
            )
            for sag in book.pick(Sag, "sbsys is not null and indeks = 1", round(cases * gone)):
                self.from_sbsys(sag)
            for bevilling in book.pick(Bevilling, "true", round(grants * gone)):
                self.bevilling(bevilling)
            return
        for sag in book.pick(Sag, self._stays("sbsys is not null"), few):
            self.from_sbsys(sag)
        for sag in book.pick(Sag, self._stays("sbsys is null and nexus is null and master <> 'KMD Aktiv'"), few):
            self.from_index(sag)
        for paper in book.pick(Dokument, f"sbsys = 1 and indeks = 1 and {self._not_shown('sag')}", few):
            self.paper(paper)
        planned = f"json_extract(body, '$.udbetalt') is null and nummer <> '{self.showcase}'"
        for payment in book.pick(Effektuering, planned, few):
            self._drop("effektuering", payment.uuid)
            book.write("ydi", "effektueringer", payment.uuid, payment.parter[0].nummer, "gone")
        (grants,), (paid,) = (self.town.rows(f"select count(*) from {t}")[0] for t in ("bevilling", "effektuering"))
        room = int(paid * SHARE) - few
        if grants * SHARE >= few and room >= few:
            stays = "select p.nummer from sagspart p join sag s on s.uuid = p.sag and s.indeks = 1"
            others = f"nummer in ({stays}) and nummer <> '{self.showcase}'"
            where = (
                f"uuid in (select bevilling from bevillingspart where {others}) and "
                f"(select count(*) from effektuering e where e.bevilling = bevilling.uuid) <= {room // few}"
            )
            for bevilling in book.pick(Bevilling, where, few):
                self.bevilling(bevilling)
        for patient in book.pick(Nexusborger, f"cpr <> '{self.showcase}'", few, "id"):
            self.care(patient)

    def _stays(self, extra: str) -> str:
        return _CITIZEN_STAYS.format(extra=extra, showcase=self.showcase)

    def _not_shown(self, column: str) -> str:
        return f"{column} not in (select sag from sagspart where nummer = '{self.showcase}')"

    def _drop(self, table: str, uuid: str) -> None:
        self.town.db.execute(f"delete from {table} where uuid = ?", (uuid,))

    def from_sbsys(self, sag: Sag) -> None:
        """Deleted in SBSYS with its papers, notes and reminders; the index was never told."""
        owner = owner_of(sag)
        papers = [replace(p, sbsys=False) for p in self.town.dokumenter_of(sag.uuid, "sbsys = 1")]
        for paper in papers:
            self.book.write("sbsys", "dokumenter", str(paper.id), owner, "gone")
        for note in sag.nu.notater:
            self.book.write("sbsys", "journalarknotater", str(note.id), owner, "gone")
        for n in erindringer(sag):
            self.book.write("sbsys", "erindringer", str(number(sag, n)), owner, "gone")
        self.book.write("sbsys", "sager", str(sag.sbsys), owner, "gone")
        sag.sbsys = None
        put_dokumenter(self.town, papers)
        put_sager(self.town, [sag])

    def from_index(self, sag: Sag) -> None:
        """Removed from the index (fjern) with its papers."""
        owner = owner_of(sag)
        for paper in self.town.dokumenter_of(sag.uuid):
            self.book.write("sdi", "dokumenter", paper.uuid, owner, "gone")
            self._drop("dokument", paper.uuid)
        self.book.write("sdi", "sager", sag.uuid, owner, "gone")
        self.town.db.execute("delete from sagspart where sag = ?", (sag.uuid,))
        self._drop("sag", sag.uuid)

    def paper(self, paper: Dokument) -> None:
        """Deleted in SBSYS only."""
        sag = self.town.sag(paper.sag)
        if sag is None or sag.sbsys is None or sag.uuid in self.book.used:
            return
        put_dokumenter(self.town, [replace(paper, sbsys=False)])
        self.book.write("sbsys", "dokumenter", str(paper.id), owner_of(sag), "gone")

    def bevilling(self, bevilling: Bevilling) -> None:
        """A grant and all its payments are removed from Ydelsesindeks."""
        owner = bevilling.parter[0].nummer
        for payment in self.town.each(Effektuering, "bevilling = ?", (bevilling.uuid,)):
            self._drop("effektuering", payment.uuid)
            self.book.write("ydi", "effektueringer", payment.uuid, owner, "gone")
        self.town.db.execute("delete from bevillingspart where bevilling = ?", (bevilling.uuid,))
        self._drop("bevilling", bevilling.uuid)
        self.book.write("ydi", "bevillinger", bevilling.uuid, owner, "gone")

    def care(self, patient: Nexusborger) -> None:
        """One grant of care is deleted in Nexus."""
        if len(patient.indsatser) > 1:
            lost = self.book.rng.choice(patient.indsatser)
            patient.indsatser.remove(lost)
            put_nexus(self.town, [patient])
            self.book.write("nexus", "borgere", f"indsats/{lost.id}", patient.cpr, "gone")
