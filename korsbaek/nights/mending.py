"""Malformed records are mended."""

from typing import Any

from korsbaek.calendar import received
from korsbaek.faults import PUT, key_column
from korsbaek.kinds import KINDS
from korsbaek.landscape import records
from korsbaek.model import Nexusborger, Sag
from korsbaek.nights.book import Book


class Mending:
    """Repairs malformed records."""

    def __init__(self, book: Book) -> None:
        """Chance comes from the book."""
        self.book = book
        self.town = book.town

    def some(self, count: int | None) -> None:
        """So many faults, or all of them."""
        rows = self.town.rows("select rowid from fejl where mended is null order by rowid")
        for (row,) in rows if count is None else self.book.rng.sample(rows, min(count, len(rows))):
            self.mend(row)

    def mend(self, row: int) -> None:
        """One fault."""
        columns = "system, stream, key, slags, owner, objekt, tolereret"
        system, stream, key, slags, owner, whole, tolerated = self.town.rows(
            f"select {columns} from fejl where rowid = ?", (row,)
        )[0]
        self.town.db.execute("update fejl set mended = ? where rowid = ?", (self.book.number, row))
        if system in records.further(self.town):
            records.mend(self.book, system, stream, whole)
            self.book.write(system, stream, key, owner, "mended")
            return
        kind = next(k for k in KINDS if (k.system, k.stream, k.slags) == (system, stream, slags))
        found = self.town.one(kind.of, f"{key_column(kind.of)} = ?", (whole,))
        if found is None:
            return
        for holder in _holders(found, key):
            holder.fejl = [f for f in holder.fejl if (f.system, f.stream, f.slags) != (system, stream, slags)]
        if system in ("sdi", "ydi"):
            self._sent_again(found)
        PUT[kind.of](self.town, [found])
        self.book.write(system, stream, key, owner or _owner(found), "changed" if tolerated else "mended")
        if system == "sdi" and isinstance(found, Sag):
            self.book.sag(found, "touched", "touched")

    def _sent_again(self, found: Any) -> None:
        moment = self.book.moment()
        at = found.nu if isinstance(found, Sag) else found
        at.tidspunkt, at.sts = moment, received(self.book.rng, moment)


def _holders(found: Any, key: str) -> list[Any]:
    """What a record's faults hang on: a part of a patient, every copy of a note, or the object itself."""
    if isinstance(found, Nexusborger):
        art, _, name = key.partition("/")
        parts: dict[str, list[Any]] = {"forloeb": [*found.forloeb], "indsats": [*found.indsatser]}
        return [part for part in parts.get(art, []) if str(part.id) == name] or [found]
    if isinstance(found, Sag):
        notes = [note for said in found.registreringer for note in said.notater if str(note.id) == key]
        return notes or [found]
    return [found]


def _owner(found: Any) -> str:
    parts = found.nu.parter if isinstance(found, Sag) else getattr(found, "parter", [])
    return next((part.nummer for part in parts if part.art == "cpr"), "")
