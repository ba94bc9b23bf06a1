"""What each operation of PWS answers, over Acadre's shelf."""

from datetime import date
from typing import Any

from lxml import etree

from korsbaek.landscape.shelf import Shelf
from korsbaek.systems.acadre import said
from korsbaek.systems.soap.envelope import Fault
from korsbaek.systems.soap.node import el, leaf

Body = dict[str, Any]
NIL = "{http://www.w3.org/2001/XMLSchema-instance}nil"


class Acadre:
    """Cases by period and identity, never more than `cap` rows of them."""

    def __init__(self, shelf: Shelf, cap: int) -> None:
        self._shelf, self._cap = shelf, cap

    def identities(self, asked: etree._Element) -> str:
        """GetIdentityNumbersFromCases: the citizens of cases of a period, each once."""
        found: dict[str, None] = {}
        for key, _ in self._cases(asked, "true", ()):
            found |= dict.fromkeys(self._shelf.citizens("sager", key))
            if len(found) >= self._cap:
                break
        result = said.strings("a:GetIdentityNumbersFromCasesResult", list(found)[: self._cap])
        return said.root(el("a:GetIdentityNumbersFromCasesResponse", result))

    def of_identity(self, asked: etree._Element) -> str:
        """GetCasesForIdentity: the cases of one citizen and a period, with what is on them if wished."""
        cpr = (_text(asked, "identityNumber") or "").replace("-", "")
        named = "key in (select key from recordpart where system = 'acadre' and kind = 'sager' and nummer = ?)"
        whole = _text(asked, "withMemoAndDocument") in ("true", "1")
        found = []
        for key, case in self._cases(asked, named, (cpr,))[: self._cap]:
            papers = self._on("dokument", key) if whole else []
            notes = self._on("notat", key) if whole else []
            found.append(said.container(case, papers, notes, whole))
        return said.root(el("a:GetCasesForIdentityResponse", el("a:GetCasesForIdentityResult", *found)))

    def case(self, asked: etree._Element) -> str:
        """GetCase."""
        found = self._shelf.one("sager", (asked.text or "").strip())
        if found is None:
            raise Fault("Server", "The case does not exist.")
        return said.root(said.case_file(found))

    def contact(self, asked: etree._Element) -> str:
        """GetContact."""
        key = (asked.text or "").strip().lower()
        found = self._shelf.one("kontakt", key)
        if found is None:
            raise Fault("Server", "The contact does not exist.")
        return said.contact(key, found)

    def users(self, asked: etree._Element) -> str:
        """GetUserList."""
        users = [
            el("s:User", leaf("s:Id", str(u["id"])), leaf("s:Initials", u["initialer"]), leaf("s:Name", u["navn"]))
            for u in self._shelf.each("bruger")
        ]
        return said.root(el("s:UserListResponse", *users))

    def units(self, asked: etree._Element) -> str:
        """GetAdminUnitList, as a flat list."""
        text = said.root(el("s:AdminUnitListResponse"))
        units = [
            f"<s:AdminUnit><s:Id>{u['id']}</s:Id><s:Literal>{u['noegle']}</s:Literal><s:Name>{u['navn']}</s:Name>"
            '<s:Parent xsi:nil="true"/><s:Children xsi:nil="true"/></s:AdminUnit>'
            for u in self._shelf.each("enhed")
        ]
        return text.removesuffix("/>") + ">" + "".join(units) + "</s:AdminUnitListResponse>"

    def _cases(self, asked: etree._Element, where: str, args: tuple[Any, ...]) -> list[tuple[str, Body]]:
        first, last = _day(asked, "startDate", date.min), _day(asked, "endDate", date.max)
        where = f"{where} and json_extract(body, '$.oprettet') between ? and ?"
        # Plus: sorted afterwards. By the index of numbers, SQLite would go through everybody's cases.
        sql, period = f"{where} order by +cast(key as integer)", (first.isoformat(), last.isoformat())
        return self._shelf.rows("sager", sql, (*args, *period))

    def _on(self, art: str, case: str) -> list[Body]:
        return list(self._shelf.each("akter", "changed = ? and key like ? order by seq", (case, f"{art}/%")))


def _text(asked: etree._Element, name: str) -> str | None:
    found = asked.find(f"{{{said.SPACES['a']}}}{name}")
    return None if found is None or found.get(NIL) in ("true", "1") else (found.text or "").strip()


def _day(asked: etree._Element, name: str, otherwise: date) -> date:
    text = _text(asked, name)
    try:
        return date.fromisoformat(text[:10]) if text else otherwise
    except ValueError:
        raise Fault("Client", "Server was unable to read request.") from None
