"""Which path gives what."""

from typing import Any

from korsbaek.model import Dokument, Sag
from korsbaek.systems.rest import HttpError, Request, Routes
from korsbaek.systems.sbsys import erindring
from korsbaek.systems.sbsys.akt import dokument, note
from korsbaek.systems.sbsys.house import House
from korsbaek.systems.sbsys.sag import STATUS, parties, sag, status
from korsbaek.systems.sbsys.search import search
from korsbaek.systems.sbsys.times import dashed, plain


def add(routes: Routes, house: House) -> None:
    """Add everything behind the token."""
    routes.add("GET", "/info/heartbeat/authorized", lambda request: True)
    _add_cases(routes, house)
    _add_people(routes, house)


def _add_cases(routes: Routes, house: House) -> None:
    def one(request: Request, key: str) -> Any:
        return sag(house, _sag(house, key), parter=True)

    def parts(request: Request, key: str) -> Any:
        return [house.party(part) for part in parties(_sag(house, key).nu)]

    def documents(request: Request, key: str) -> Any:
        on = _sag(house, key)
        return [dokument(house, found, on) for found in house.town.dokumenter_of(on.uuid, "sbsys = 1")]

    def notes(request: Request, key: str) -> Any:
        on = _sag(house, key)
        return [note(house, found, on) for found in on.nu.notater]

    def reminders(request: Request, key: str) -> Any:
        return erindring.on(house, _sag(house, key))

    def nothing_on(request: Request, key: str) -> Any:
        _sag(house, key)
        return []

    def one_document(request: Request, key: str) -> Any:
        found = house.town.one(Dokument, "id = ? and sbsys = 1", (int(key),))
        on = house.town.sag(found.sag) if found else None
        if found is None or on is None:
            raise HttpError(404)
        return dokument(house, found, on)

    routes.add("POST", "/api/sag/search", lambda request: search(house, request))
    routes.add("GET", "/api/sag/sagStatusList", lambda request: [status(name) for name in STATUS])
    routes.add("GET", "/api/sag/{key}", one)
    routes.add("GET", "/api/sag/{key}/part", parts)
    routes.add("GET", "/api/sag/{key}/dokumenter", documents)
    routes.add("GET", "/api/sag/{key}/journalarknotes", notes)
    routes.add("GET", "/api/sag/{key}/delforloeb", nothing_on)
    routes.add("GET", "/api/erindring/typer", lambda request: [*erindring.TYPER.values()])
    routes.add("GET", "/api/erindring/sag/{key}", reminders)
    routes.add("GET", "/api/dokument/{key:int}", one_document)


def _add_people(routes: Routes, house: House) -> None:
    def persons(request: Request) -> Any:
        cpr = plain(request.json().get("CprNummer"))
        named = house.town.rows("select navn from sagspart where art = 'cpr' and nummer = ? limit 1", (cpr,))
        return [{"Id": house.number("cpr", cpr), "CprNummer": dashed(cpr), "Navn": navn} for (navn,) in named]

    def brugere(request: Request) -> Any:
        asked = request.json()
        wanted = {name: str(asked[name]).casefold() for name in ("LogonId", "Navn") if asked.get(name)}
        return [b for b in house.brugere if wanted and all(text in b[name].casefold() for name, text in wanted.items())]

    def bruger(request: Request, uuid: str) -> Any:
        found = next((b for b in house.brugere if b["Uuid"] == uuid.lower()), None)
        if found is None:
            raise HttpError(404)
        return found

    routes.add("POST", "/api/person/search", persons)
    routes.add("POST", "/api/bruger/search", brugere)
    routes.add("GET", "/api/bruger/{uuid}", bruger)


def _sag(house: House, key: str) -> Sag:
    found = house.town.sbsys_sag(int(key)) if key.isdigit() else house.town.sag(key)
    if found is None or found.sbsys is None:
        raise HttpError(404)
    return found
