"""What breaks the guide though it fits the schema: kept, and said in `flag` (rammearkitektur 4.8)."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import UTC, datetime

import msgspec

from canonical_model.draft import Draft
from connectors.oio_roller import ENE

ALENE = frozenset(
    {"sag", "sagindeks", "fremdrift", "dokument", "dokumentfremdrift", "bevilling", "oekonomiskeffektuering"}
)
"""Tables of which an object has one row at a time."""
SIDST = datetime.max.replace(tzinfo=UTC)


def flagged(drafts: Iterable[Draft]) -> list[Draft]:
    """The drafts of one Registrering, those flagged that claim a place which holds only one at a time."""
    found = list(drafts)
    places: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for n, draft in enumerate(found):
        rolle = getattr(draft, "rolle", "")
        if draft.table in ALENE or rolle in ENE:
            places[draft.table, rolle].append(n)
    for (table, rolle), where in places.items():
        if len(where) < 2:
            continue
        for n in _crowded(found, where):
            found[n] = add(found[n], f"more than one {rolle or table} at the same time")
    return _steady(found)


def _steady(found: list[Draft]) -> list[Draft]:
    """Facts with the same key in the order of what they say, since the order of a list says nothing."""
    alike: defaultdict[object, list[int]] = defaultdict(list)
    for n, draft in enumerate(found):
        alike[draft.table, draft.virkning_fra, *(getattr(draft, key) for key in draft.keys)].append(n)
    for where in alike.values():
        if len(where) > 1:
            for n, draft in zip(where, sorted((found[n] for n in where), key=msgspec.msgpack.encode), strict=True):
                found[n] = draft
    return found


def add(draft: Draft, flag: str) -> Draft:
    """The draft with one more flag."""
    return msgspec.structs.replace(draft, flag=f"{draft.flag}; {flag}" if draft.flag else flag)


def owned(found: list[Draft], attribut: type[Draft], aktoer: type[Draft]) -> list[Draft]:
    """The drafts of one Registrering, flagged as `flagged` does; its `attribut` too when no `aktoer` is Ejer, whom the
    guide wants and the schema does not."""
    if not any(isinstance(d, aktoer) and getattr(d, "rolle", "") == "ejer" for d in found):
        found = [add(d, "no Ejer") if isinstance(d, attribut) else d for d in found]
    return flagged(found)


def _crowded(drafts: list[Draft], where: list[int]) -> set[int]:
    """Which of these overlap another in virkning."""
    order = sorted(where, key=lambda n: (_fra(drafts[n]), _til(drafts[n])))
    crowded: set[int] = set()
    latest = order[0]
    for n in order[1:]:
        if _fra(drafts[n]) < _til(drafts[latest]) and _fra(drafts[n]) < _til(drafts[n]):
            crowded |= {latest, n}
        if _til(drafts[n]) > _til(drafts[latest]):
            latest = n
    return crowded


def _fra(draft: Draft) -> datetime:
    return draft.virkning_fra or datetime.min.replace(tzinfo=UTC)


def _til(draft: Draft) -> datetime:
    return draft.virkning_til or SIDST
