"""How far a case is, where its system says no more than when it was opened and closed."""

from collections.abc import Iterator
from datetime import datetime

from canonical_model.draft import Ref
from canonical_model.drafts import FremdriftDraft


def opened_and_closed(sag: Ref, opened: datetime, closed: datetime | None) -> Iterator[FremdriftDraft]:
    """Opstaaet until Afsluttet; of a case that was closed before it was opened the opening counts, with a flag."""
    if closed is None or closed < opened:
        flag = None if closed is None else "closed before it was created"
        yield FremdriftDraft(objekt=sag, status="Opstaaet", virkning_fra=opened, flag=flag)
        return
    if closed > opened:
        yield FremdriftDraft(objekt=sag, status="Opstaaet", virkning_fra=opened, virkning_til=closed)
    yield FremdriftDraft(objekt=sag, status="Afsluttet", virkning_fra=closed)


__all__ = ["opened_and_closed"]
