"""What the shared registers say beside the cases: who a UUID is, and what a class is called and became."""

import re
from collections import defaultdict
from collections.abc import Iterable
from uuid import UUID

from caseworker.protection import Mask
from caseworker.reading import Connection, Row, facts, facts_of, is_true
from caseworker.tid import Tid

KLE = re.compile(r"\d{2}(\.\d{2}){0,2}", re.ASCII)


class Aktoerer:
    """Units and users by UUID, as a register knows them."""

    def __init__(self, connection: Connection, refs: Iterable[UUID], tid: Tid) -> None:
        """Reads those of `refs`, and the units that the users are of."""
        wanted = set(refs)
        said = facts_of(connection, ("organisationenhed", "bruger"), wanted, tid)
        self._enheder, self._brugere = _now(said["organisationenhed"], tid), _now(said["bruger"], tid)
        homes = {r["enhed"] for r in self._brugere.values() if r["enhed"]}
        self._hjem = _now(facts(connection, "organisationenhed", homes, tid), tid)

    def register(self, aktoer: Row) -> Row | None:
        """What a register says of whoever the relation points at."""
        return self._brugere.get(aktoer["reference"]) or self._enheder.get(aktoer["reference"])

    def hjem(self, aktoer: Row) -> Row | None:
        """The unit of the user that the relation points at."""
        bruger = self._brugere.get(aktoer["reference"])
        return self._hjem.get(bruger["enhed"]) if bruger else None

    def navngivet(self, aktoer: Row) -> Row:
        """The relation with a name: its own, else the register's, which then is the source of it."""
        said = self.register(aktoer)
        if aktoer["fuldt_navn"] or said is None or not said["navn"]:
            return aktoer
        return {**said, "fuldt_navn": said["navn"]}

    def telefon(self, aktoer: Row, mask: Mask) -> str | None:
        """The number to call; none where the number of an institution tells where a protected child is."""
        known = [r for r in (self.register(aktoer), self.hjem(aktoer)) if r]
        if mask.hides(aktoer["fuldt_navn"], aktoer["brugervendt_noegle"], *(r["navn"] for r in known)):
            return None
        return next((r["telefon"] for r in known if r["telefon"]), None)


class Klasser:
    """Classes by UUID and by KLE number, retired ones too."""

    def __init__(self, connection: Connection, refs: Iterable[UUID], numbers: Iterable[str], tid: Tid) -> None:
        """Reads those of `refs` and `numbers`, and what took the place of each."""
        self.tid = tid
        said = facts(connection, "klasse", refs, tid) + _numbered(connection, numbers, tid)
        followers = {r["afloest_af"] for r in said if r["afloest_af"]}
        self._by: dict[UUID, list[Row]] = defaultdict(list)
        for row in {r["id"]: r for r in said + facts(connection, "klasse", followers, tid)}.values():
            self._by[row["objekt"]].append(row)

    def titel(self, ref: UUID | None) -> str | None:
        """What a class is called; its last title when it is retired."""
        return self._last(self._by.get(ref, []), "titel") if ref else None

    def nummer(self, ref: UUID | None) -> str | None:
        """The KLE number of a class known by its UUID; none where registers give more than one."""
        numbers = {r["brugervendt_noegle"] for r in self._by.get(ref, []) if r["brugervendt_noegle"]} if ref else set()
        one = next(iter(numbers)) if len(numbers) == 1 else ""
        return one if KLE.fullmatch(one) else None

    def udgaaet(self, number: str | None) -> bool:
        """Whether the class of a number is known, and is no longer in force."""
        rows = self._of(number)
        return bool(rows) and not any(is_true(r, self.tid) for r in rows)

    def afloeser(self, number: str | None) -> str | None:
        """The number that took a retired one's place."""
        after = {r["afloest_af"] for r in self._of(number) if r["afloest_af"]} if self.udgaaet(number) else set()
        return next((n for ref in sorted(after) if (n := self.nummer(ref)) and n != number), None)

    def regel(self, number: str | None, felt: str) -> str | None:
        """What KLE says of the cases of a number: `bevaring`, `slettefrist`."""
        return self._last(self._of(number), felt)

    def titel_af(self, number: str | None) -> str | None:
        """What the class of a number is called."""
        return self._last(self._of(number), "titel")

    def _of(self, number: str | None) -> list[Row]:
        return [r for rows in self._by.values() for r in rows if number and r["brugervendt_noegle"] == number]

    def _last(self, rows: list[Row], felt: str) -> str | None:
        true_first = sorted(rows, key=lambda r: is_true(r, self.tid))
        return next((r[felt] for r in reversed(true_first) if r[felt]), None)


def _now(said: Iterable[Row], tid: Tid) -> dict[UUID, Row]:
    return {r["objekt"]: r for r in said if is_true(r, tid)}


def _numbered(connection: Connection, numbers: Iterable[str], tid: Tid) -> list[Row]:
    wanted = sorted(set(numbers))
    return facts(connection, "klasse", wanted, tid, "brugervendt_noegle") if wanted else []


def rolle_uuid(rolle: str | None) -> UUID | None:
    """The class of a role that no public list names: such roles stand as UUID text."""
    try:
        return UUID(rolle or "")
    except ValueError:
        return None
