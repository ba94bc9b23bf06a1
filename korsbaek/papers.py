"""Documents and notes of a case."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from korsbaek.calendar import midnight, received
from korsbaek.model import Aktoer, Dokument, Fremdrift, Journalnotat, Part, Sag
from korsbaek.office import new_uuid
from korsbaek.vocabulary.cases import FOELSOMHED, Papir, Slags

RETNING = {"Brev, indgaaende": "indgaaende", "Brev, udgaaende": "udgaaende"}


@dataclass
class Papers:
    """Counters of documents and notes."""

    rng: Random
    dokumenter: int = 50_000
    notater: int = 90_000


def document(
    papers: Papers, kind: Slags, sag: Sag, paper: Papir, moment: datetime, parties: list[Part], actors: list[Aktoer]
) -> Dokument:
    """A paper on a case, the same in the index and in SBSYS."""
    rng, (art, title, ending) = papers.rng, paper
    papers.dokumenter += 1
    start = midnight(moment.date())
    first = "Modtaget" if art == "Brev, indgaaende" else "Underudarbejdelse"
    public = "Dokument" if kind.offentlig and rng.random() < 0.3 else None
    states = [Fremdrift(first, start, start + timedelta(days=1)), Fremdrift("Endeligt", start + timedelta(days=1))]
    return Dokument(
        uuid=new_uuid(rng),
        id=papers.dokumenter,
        sag=sag.uuid,
        nummer=f"D{moment:%Y}-{papers.dokumenter:07d}",
        titel=title,
        titel_offentlig=public,
        undtaget_hjemmel="Lov Offentlighedsloven § 30" if public else None,
        beskrivelse=f"{title} i sag om {kind.kle_titel.lower()}",
        type=art,
        retning=RETNING.get(art, "internt"),
        brevdato=moment.date(),
        foelsomhed=FOELSOMHED[kind.foelsomhed],
        kle=kind.kle,
        kle_titel=kind.kle_titel,
        filendelse=ending,
        fil=new_uuid(rng),
        kassationskode=kind.kassation,
        tidspunkt=moment,
        sts=received(rng, moment),
        bruger=actors[2].noegle,
        fremdrift=states,
        parter=[Part("parter", p.art, p.nummer, p.navn, start, indeks="1") for p in parties],
        aktoerer=[a for a in actors if a.rolle in ("ejer", "ansvarlig")],
        sbsys=sag.sbsys is not None,
        indeks=sag.indeks,
    )


def note(papers: Papers, text: str, index: int, moment: datetime, author: Aktoer) -> Journalnotat:
    """A note in the journal; its title is its first line."""
    papers.notater += 1
    title = text.split("\n")[0].split(". ")[0].rstrip(".")[:80]
    return Journalnotat(
        new_uuid(papers.rng), papers.notater, str(index), title, text, moment, author.noegle, author.navn
    )
