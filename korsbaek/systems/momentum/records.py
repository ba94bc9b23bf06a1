"""What Momentum holds of Korsbaek: citizens with a course at the job centre, and what hangs on them."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from random import Random
from typing import TYPE_CHECKING

from korsbaek.calendar import at_work, midnight
from korsbaek.landscape.chance import pick
from korsbaek.landscape.shelf import Body, Shelf
from korsbaek.landscape.stream import Stream
from korsbaek.model import Bruger, Person, Sag
from korsbaek.office import new_uuid
from korsbaek.systems.momentum.words import MAALGRUPPER, MARKERINGER, NOTER, OPGAVER, ROLLER

if TYPE_CHECKING:
    from korsbaek.nights.book import Book

_BY_CITIZEN = "asked by citizen, everything each time, so removals show"
STREAMS = {
    "sagsbehandlere": Stream("listed whole (size and skip), so removals show"),
    "borgere": Stream("listed whole (pageNumber and pageSize), so removals show"),
    **{name: Stream(_BY_CITIZEN) for name in ("forloeb", "ansvarlige", "markeringer", "noter", "opgaver")},
}


def wire(moment: datetime) -> str:
    """An instant as Momentum writes it: UTC with Z, whole seconds."""
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def fill(shelf: Shelf, rng: Random) -> None:
    """The caseworkers of the job centre; its citizens: whoever has a case of Momentum's in the index, and some more."""
    town, day = shelf.town, shelf.town.day
    unit = town.rows("select uuid from enhed where json_extract(body, '$.noegle') = 'JOB'")[0][0]
    actors = []
    for bruger in town.each(Bruger):
        if bruger.enhed == unit:
            actors.append({"id": new_uuid(rng), "displayName": bruger.navn})
            body = actors[-1] | {"category": "Caseworker", "description": bruger.email, "isActive": True}
            shelf.put("sagsbehandlere", str(actors[-1]["id"]), body)
    cases: dict[str, list[Sag]] = {}
    for sag in town.each(Sag, "master = 'KMD Momentum' order by nr"):
        for part in sag.nu.parter:
            if part.art == "cpr" and part.rolle == "primaer":
                cases.setdefault(part.nummer, []).append(sag)
    for person in town.each(Person, "true order by nr"):
        grown = 18 <= (day - person.foedt).days // 365 < 66 and person.status == 1
        wanted = person.cpr in cases or person.cpr == town.meta("showcase") or (grown and rng.random() < 0.12)
        if wanted:
            _citizen(shelf, rng, day, person, cases.get(person.cpr, []), actors)
    _spoil(shelf, rng)


def _citizen(shelf: Shelf, rng: Random, day: date, person: Person, cases: list[Sag], actors: list[Body]) -> None:
    key, since = new_uuid(rng), day - timedelta(days=rng.randint(60, 700))
    for table, own, body in _held(rng, day, since, key, cases, actors):
        shelf.put(table, own, body, owner=person.cpr)
    body = {
        "id": key,
        "cpr": person.cpr,
        "firstName": " ".join(filter(None, (person.navn.fornavn, person.navn.mellemnavn))),
        "lastName": person.navn.efternavn,
        "displayName": person.navn.fuldt,
        # Job centres write down the number that the citizen calls from; it need not be the one that others have.
        "mobile": {"number": person.telefon if rng.random() < 0.6 else f"99{rng.randrange(10**6):06d}"},
        "email": {"address": person.email} if person.email else None,
        "isActive": True,
        "createdAt": wire(at_work(rng, since)),
        "updatedAt": wire(at_work(rng, day - timedelta(days=1))),
    }
    shelf.put("borgere", key, body, owner=person.cpr)


def _held(
    rng: Random, day: date, since: date, citizen: str, cases: list[Sag], actors: list[Body]
) -> Iterator[tuple[str, str, Body]]:
    own: list[Sag | None] = [*cases] or [None]
    for sag in own:
        yield "forloeb", *_course(rng, since, citizen, sag)
    for (name, primary), actor in zip(ROLLER, rng.sample(actors, 2), strict=False):
        who = {"id": new_uuid(rng), "caseworkerId": actor["id"], "caseworkerName": actor["displayName"]}
        role = {"responsibilityName": name, "role": primary, "startDate": wire(midnight(since)), "endDate": None}
        yield "ansvarlige", who["id"], who | role | {"caseworkerIsActive": 1, "showInJobnet": bool(primary)}
    for title in rng.sample(MARKERINGER, rng.randint(1, 2)):
        yield "markeringer", *_tag(rng, since, citizen, title)
    for title, text in rng.sample(NOTER, rng.randint(1, 3)):
        yield "noter", *_note(rng, at_work(rng, day - timedelta(days=rng.randint(1, 60))), citizen, title, text, actors)
    for title, text in rng.sample(OPGAVER, rng.randint(1, 2)):
        yield "opgaver", *_task(rng, day, citizen, title, text, actors)


def _course(rng: Random, since: date, citizen: str, sag: Sag | None) -> tuple[str, Body]:
    """A course; where the index has it too, under the same UUID."""
    code, name = rng.choice(MAALGRUPPER)
    own = sag.uuid if sag else new_uuid(rng)
    over = sag is not None and sag.nu.status == "Afsluttet"
    start = sag.nu.oprettet if sag else midnight(since)
    return own, {
        "id": own,
        "citizenId": citizen,
        "title": sag.nu.titel if sag else "Kontaktforløb",
        "caseNumber": sag.nu.sagsnummer if sag else None,
        "targetGroupCode": code,
        "targetGroupName": name,
        "start": wire(start),
        "end": wire(sag.nu.fremdrift[-1].fra) if sag and over else None,
    }


def _tag(rng: Random, since: date, citizen: str, title: str) -> tuple[str, Body]:
    own = new_uuid(rng)
    tag = {"id": f"{MARKERINGER.index(title) + 1:08d}-0000-4000-8000-000000000000", "title": title}
    at = at_work(rng, since)
    period = {"start": wire(midnight(since)), "end": None, "createdAt": wire(at), "updatedAt": wire(at)}
    return own, {"id": own, "referenceId": citizen, "tag": tag, **period}


def _note(rng: Random, at: datetime, citizen: str, title: str, text: str, actors: list[Body]) -> tuple[str, Body]:
    own = new_uuid(rng)
    said = {"title": title, "body": text, "createdAt": wire(at), "createdBy": rng.choice(actors)}
    return own, {"id": own, "referenceId": citizen, **said}


def _task(rng: Random, day: date, citizen: str, title: str, text: str, actors: list[Body]) -> tuple[str, Body]:
    own, due = new_uuid(rng), day + timedelta(days=rng.randint(-10, 40))
    return own, {
        "id": own,
        "title": title,
        "description": text,
        "deadline": wire(midnight(due)),
        "status": 0 if due < day and rng.random() < 0.5 else 3,
        "taskType": None,
        "reference": {"id": citizen, "type": "CITIZEN"},
        "assignedActors": [rng.choice(actors)],
        "createdAt": wire(at_work(rng, day - timedelta(days=rng.randint(11, 50)))),
    }


def _spoil(shelf: Shelf, rng: Random) -> None:
    """One course with a date that there is none of, one tag without its title, one note without its time."""
    key, course = rng.choice(shelf.rows("forloeb"))
    shelf.spoil("forloeb", "forloeb", key, "date_impossible", "start", course | {"start": "2025-02-30T23:00:00Z"})
    key, tag = rng.choice(shelf.rows("markeringer"))
    shelf.spoil(
        "markeringer", "markeringer", key, "title_missing", "tag.title", tag | {"tag": {"id": tag["tag"]["id"]}}
    )
    key, note = rng.choice(shelf.rows("noter"))
    shelf.spoil("noter", "noter", key, "date_unreadable", "createdAt", note | {"createdAt": "i går"})


def night(shelf: Shelf, book: "Book", rng: Random) -> None:
    """A citizen calls from another number, a task is done, a note is written, a tag is taken off, a course ends."""
    times = book.times(1, 400)
    for key, citizen in pick(shelf, book, rng, "borgere", times):
        changed = {"mobile": {"number": f"99{rng.randrange(10**6):06d}"}, "updatedAt": wire(book.moment())}
        _again(shelf, book, "borgere", key, citizen | changed)
        actors = [{"id": k, "displayName": b["displayName"]} for k, b in shelf.rows("sagsbehandlere")]
        title, text = rng.choice(NOTER)
        own, note = _note(rng, book.moment(), key, title, text, actors)
        shelf.put("noter", own, note, owner=shelf.owner("borgere", key))
        book.write("momentum", "noter", own, shelf.owner("borgere", key), "new")
    for key, task in pick(shelf, book, rng, "opgaver", times):
        _again(shelf, book, "opgaver", key, task | {"status": 0 if task["status"] == 3 else 3})
    for key, course in pick(shelf, book, rng, "forloeb", times):
        _again(shelf, book, "forloeb", key, course | {"end": None if course["end"] else wire(midnight(book.day))})
    for key, _ in pick(shelf, book, rng, "markeringer", times):
        book.write("momentum", "markeringer", key, shelf.owner("markeringer", key), "gone")
        shelf.drop("markeringer", key)


def _again(shelf: Shelf, book: "Book", kind: str, key: str, body: Body) -> None:
    owner = shelf.owner(kind, key)
    shelf.put(kind, key, body, owner=owner)
    book.write("momentum", kind, key, owner, "changed")
