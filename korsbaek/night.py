"""A night passes in Korsbaek: one transaction on the town file, one page in the ledger."""

from pathlib import Path
from typing import Any

from korsbaek.beskedfordeler import publish_changes, push_changes
from korsbaek.landscape import records
from korsbaek.ledger import one_night
from korsbaek.nights.book import close_book, open_book
from korsbaek.nights.cases import CasesNight
from korsbaek.nights.grants import GrantsNight
from korsbaek.nights.losses import LossesNight
from korsbaek.nights.mending import Mending
from korsbaek.nights.people import PeopleNight
from korsbaek.town import Town


def pass_night(
    town: Town, folder: Path, mend: bool = False, push: str | None = None, gone: float | None = None
) -> dict[str, Any]:
    """The town clock goes one day on. `mend`: every malformed record is mended, not just one.

    `push`: where CPR change messages go. `gone`: the share of SBSYS cases and grants that a mishap takes.
    """
    town.db.execute("begin immediate")
    try:
        book = open_book(town)
        PeopleNight(book).all()
        LossesNight(book).all(gone)
        CasesNight(book).all()
        GrantsNight(book).all()
        records.night(book)
        Mending(book).some(None if mend else 1)
        close_book(book)
        town.db.execute("commit")
    except BaseException:
        town.db.execute("rollback")
        raise
    found = one_night(town, book.number)
    if push:
        changed = sorted({owner for system, _, _, owner in book.written if system == "cpr"})
        send = publish_changes if push.startswith(("amqp://", "amqps://")) else push_changes
        found["messages"] = send(folder, push, town.day, changed)
    return found
