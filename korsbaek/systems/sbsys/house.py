"""Who is in the house and who is a party: the objects that SBSYS repeats inside others."""

from datetime import date
from functools import cached_property
from hashlib import blake2b
from typing import Any

from korsbaek.model import Bruger, Enhed, Part
from korsbaek.systems.sbsys.times import dashed
from korsbaek.town import Town


class House:
    """A town's caseworkers, units and parties as SBSYS numbers them."""

    def __init__(self, town: Town) -> None:
        self.town = town

    @cached_property
    def _key(self) -> bytes:
        return self.town.meta("seed").encode()[:64] or b"0"

    @cached_property
    def born(self) -> date:
        """The day that the town was made for."""
        return date.fromisoformat(self.town.meta("born"))

    @cached_property
    def _brugere(self) -> dict[str, Bruger]:
        brugere = list(self.town.each(Bruger))
        return {bruger.logon: bruger for bruger in brugere} | {bruger.uuid: bruger for bruger in brugere}

    @cached_property
    def _enheder(self) -> dict[str, Enhed]:
        return {enhed.uuid: enhed for enhed in self.town.each(Enhed)}

    @property
    def brugere(self) -> list[dict[str, Any]]:
        """Every caseworker: LogonId, Uuid, Id, Navn."""
        unique = {bruger.id: bruger for bruger in self._brugere.values()}
        return [_bruger(unique[ident]) for ident in sorted(unique)]

    def bruger(self, key: str | None) -> dict[str, Any] | None:
        """One caseworker by UUID or logon; None when SBSYS does not know them."""
        bruger = self._brugere.get(key or "")
        return _bruger(bruger) if bruger else None

    def enhed(self, uuid: str | None) -> dict[str, Any] | None:
        """One unit: Uuid, Id, Navn."""
        enhed = self._enheder.get(uuid or "")
        return {"Uuid": enhed.uuid, "Id": enhed.id, "Navn": enhed.navn} if enhed else None

    def part_id(self, part: Part) -> int:
        """SBSYS's own number of a party: the same in every case, and no way back to the person."""
        return self.number(part.art, part.nummer or part.navn)

    def number(self, art: str, of: str) -> int:
        """The same, by kind of number and number."""
        return int.from_bytes(blake2b(f"{art}/{of}".encode(), digest_size=4, key=self._key).digest()) >> 1

    def party(self, part: Part) -> dict[str, Any]:
        """PartDto: PartId, PartType, CPRnummer or CVRnummer, Navn."""
        said: dict[str, Any] = {"PartId": self.part_id(part), "PartType": "Firma" if part.art == "cvr" else "Person"}
        if part.art == "cpr":
            said["CPRnummer"] = dashed(part.nummer)
        elif part.art == "cvr":
            said["CVRnummer"] = part.nummer
        return said | {"Navn": part.navn}


def _bruger(bruger: Bruger) -> dict[str, Any]:
    return {"LogonId": bruger.logon, "Uuid": bruger.uuid, "Id": bruger.id, "Navn": bruger.navn}
