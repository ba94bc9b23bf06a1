"""Cases' nights: they progress, grow papers and notes, begin, and vanish."""

from copy import deepcopy
from dataclasses import replace

from korsbaek.calendar import midnight, received
from korsbaek.cases import SAGSSTATUS, STADIER
from korsbaek.hangs import SLAGS
from korsbaek.model import Dokument, Fremdrift, Journalpost, Person, Sag, Sagsregistrering
from korsbaek.nights.begin import begun
from korsbaek.nights.book import Book, What, owner_of
from korsbaek.papers import document, note
from korsbaek.reminders import erindringer, number
from korsbaek.vocabulary.cases import UD
from korsbaek.vocabulary.esdh import BYGNING, VIP
from korsbaek.write import put_dokumenter, put_nexus, put_sager

_BY_TITLE = {kind.titel: kind for kind in (*SLAGS, BYGNING, VIP)}
_NOTES = (
    "Borgeren ringede. Vejledt om klagefrist.",
    "Mail fra pårørende besvaret.\nIngen ændring i indstillingen.",
    "Sagen drøftet på teammøde.",
)


class CasesNight:
    """What happens to cases in one night."""

    def __init__(self, book: Book) -> None:
        """Chance and counters come from the book."""
        self.book = book

    def all(self) -> None:
        """Everything that a night brings to cases."""
        book = self.book
        sager, both = book.times(2, 150), "indeks = 1 and sbsys is not null"
        for sag in book.pick(Sag, f"{both} and status <> 'Afsluttet'", sager):
            self.progress(sag)
        for sag in book.pick(Sag, "indeks = 1 and sbsys is null and status <> 'Afsluttet'", sager):
            self.progress(sag)
        for sag in book.pick(Sag, both, sager):
            self.add_paper(sag)
        for sag in book.pick(Sag, both, sager):
            self.add_note(sag)
        known = "cpr in (select cpr from population) and json_extract(body, '$.status') = 1"
        for person in book.pick(Person, known, book.times(1, 500), "nr"):
            self.begin(person)
        strange = known.replace(" in ", " not in ")
        for person in book.pick(Person, strange, book.times(1, 1000), "nr"):
            self.begin(person)

    def again(self, sag: Sag) -> Sagsregistrering:
        """A new Registrering that so far says what the last one said."""
        moment = self.book.moment()
        said = replace(deepcopy(sag.nu), tidspunkt=moment, sts=received(self.book.rng, moment), bruger=sag.nu.bruger)
        sag.registreringer.append(said)
        return said

    def progress(self, sag: Sag) -> None:
        """The next state of a case, and its pathway in Nexus when it ends."""
        stage = min(max(STADIER.index(f.status) for f in sag.nu.fremdrift) + 1, len(STADIER) - 1)
        said, start = self.again(sag), midnight(self.book.day)
        for state in said.fremdrift:
            state.til = state.til or start
        said.fremdrift.append(Fremdrift(STADIER[stage], start))
        said.sagsstatus = SAGSSTATUS[stage]
        put_sager(self.book.town, [sag])
        self.book.sag(sag, "changed", "changed")
        self._reminders(sag)
        if sag.nexus and STADIER[stage] == "Afsluttet":
            self._close_pathway(sag)

    def _reminders(self, sag: Sag) -> None:
        """The reminder of the state that it left is done; the one of its new state has come."""
        last = len(sag.nu.fremdrift) - 1
        for n in erindringer(sag) if sag.sbsys else ():
            if n >= last - 1:
                what: What = "new" if n == last else "changed"
                self.book.write("sbsys", "erindringer", str(number(sag, n)), owner_of(sag), what)

    def _close_pathway(self, sag: Sag) -> None:
        patient = self.book.town.nexus_of("forloeb", sag.nexus or 0)
        if patient is None or str(patient.id) in self.book.used:
            return
        for pathway in patient.forloeb:
            if pathway.id == sag.nexus and not pathway.fejl:
                pathway.status, pathway.slut, pathway.aendret = "CLOSED", self.book.day, sag.nu.tidspunkt
                self.book.write("nexus", "borgere", f"forloeb/{pathway.id}", patient.cpr, "changed")
        put_nexus(self.book.town, [patient])

    def add_paper(self, sag: Sag) -> None:
        """A letter goes out: a new document in both systems."""
        said, kind = self.again(sag), _BY_TITLE[sag.nu.titel]
        found = document(
            self.book.register.papers,
            kind,
            sag,
            (UD, "Orientering om sagens gang", "pdf"),
            said.tidspunkt,
            [p for p in said.parter if p.rolle == "primaer"][:1],
            said.aktoerer,
        )
        index = str(1 + sum(p.rolle == "tilakteret" for p in said.journalposter))
        said.journalposter.append(Journalpost("tilakteret", index, found.uuid, None, midnight(self.book.day)))
        put_sager(self.book.town, [sag])
        put_dokumenter(self.book.town, [found])
        self.book.sag(sag, "changed", "touched")
        self._papers([found], owner_of(sag))

    def _papers(self, papers: list[Dokument], owner: str) -> None:
        for paper in papers:
            if paper.indeks:
                self.book.write("sdi", "dokumenter", paper.uuid, owner, "new")
            if paper.sbsys:
                self.book.write("sbsys", "dokumenter", str(paper.id), owner, "new")

    def add_note(self, sag: Sag) -> None:
        """A caseworker writes a note."""
        said = self.again(sag)
        author = said.aktoerer[-1]
        found = note(
            self.book.register.papers, self.book.rng.choice(_NOTES), len(said.notater) + 1, said.tidspunkt, author
        )
        said.notater.append(found)
        put_sager(self.book.town, [sag])
        self.book.sag(sag, "changed", "touched")
        self.book.write("sbsys", "journalarknotater", str(found.id), owner_of(sag), "new")

    def begin(self, person: Person) -> None:
        """A new case for a citizen."""
        found = begun(self.book, person, (k for k in SLAGS if k.master == "SBSYS" and not k.ydelse))
        if found is None:
            return
        _, made = found
        self._papers(made.dokumenter, owner_of(made.sag))
        for written in made.sag.nu.notater:
            self.book.write("sbsys", "journalarknotater", str(written.id), owner_of(made.sag), "new")
        self._reminders(made.sag)
