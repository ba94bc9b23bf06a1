"""Whom an answer shows: a person, and through which Sager. The lookup log has a row for each."""

from collections.abc import Iterable
from typing import NamedTuple
from uuid import UUID

RELATION = "relation"
"""How the log calls somebody who is shown beside the one looked up."""


class Omtale(NamedTuple):
    """One person whose data an answer shows; None for an answer about nobody."""

    person: UUID | None
    sager: tuple[UUID, ...] = ()
    beside: bool = False
    """A relative, or the party of another case: shown, but not the one looked up."""


def gathered(found: Iterable[Omtale]) -> list[Omtale]:
    """Each person once, the first way first, with all the Sager through which the person is shown."""
    once: dict[UUID | None, Omtale] = {}
    for one in found:
        known = once.get(one.person)
        once[one.person] = one if known is None else known._replace(sager=tuple(dict.fromkeys(known.sager + one.sager)))
    return list(once.values())
