"""Hent igen: the caseworker asks the hub to read a citizen anew, and sees what came."""

from typing import Annotated
from uuid import UUID, uuid4

from fastapi import APIRouter, Form, Header, Response
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException

from caseworker.access import Caller, Poster, XFormaal, may_look, need, purpose
from caseworker.anmodning import Anmodningsvisning, KeyTaken, TooMany, ask, find, found, latest, shown
from caseworker.identity import identity
from caseworker.opslag import Kanal, Logged, log
from caseworker.principal import HENT_IGEN
from caseworker.reading import Row, reading
from caseworker.render import Page, render, render_page
from caseworker.session import Session
from caseworker.tid import tid

router = APIRouter(include_in_schema=False)
api = APIRouter(prefix="/api/v1", tags=["v1"])
HANDLING = "anmodning"


class AnmodningSvar(Anmodningsvisning):
    """A request with the id of the log row."""

    opslag: UUID


def asked(caller: Session, person: UUID, reason: str, kanal: Kanal, noegle: str) -> tuple[Anmodningsvisning, Logged]:
    """Log, then ask; 403 without the role, 404 for nobody, 409 for a key in other use, 429 for too many, all logged."""
    may_look(caller, kanal, person)
    need(caller, HENT_IGEN, kanal, person)
    with reading() as connection:
        who = identity(connection, person, tid())
    if who is None:
        raise _refused(caller, person, reason, kanal, 404)
    opslag = log(caller.principal, HANDLING, reason, kanal, person=who.person)
    try:
        uid = ask(caller.principal, who.person, reason, noegle)
    except KeyTaken:
        raise _refused(caller, person, reason, kanal, 409) from None
    except TooMany:
        raise _refused(caller, person, reason, kanal, 429) from None
    return shown(caller.principal, found(uid)), opslag


def seen(caller: Session, request: Row | None, reason: str, kanal: Kanal) -> tuple[Anmodningsvisning, Logged]:
    """A request and how far it has come, logged as a lookup of its person; 404, logged, when there is none."""
    may_look(caller, kanal, request["objekt"] if request else None)
    if request is None:
        raise _refused(caller, None, reason, kanal, 404)
    view = shown(caller.principal, request)
    return view, log(caller.principal, HANDLING, reason, kanal, person=view.person)


def _refused(caller: Session, person: UUID | None, reason: str, kanal: Kanal, code: int) -> HTTPException:
    log(caller.principal, HANDLING, reason, kanal, person=person, resultat="refused")
    return HTTPException(code)


@router.post("/borgere/{person}/hent-igen")
async def press(person: UUID, caller: Poster, noegle: Annotated[str, Form(max_length=64)] = "") -> Response:
    """The button: ask every system that can be asked about one citizen."""
    return await run_in_threadpool(_press, person, caller, noegle)


def _press(person: UUID, caller: Session, noegle: str) -> Response:
    if not caller.formaal:
        return _ask_purpose(caller, person)
    view, opslag = asked(caller, person, caller.formaal, "web", noegle or str(uuid4()))
    return render_page("anmodning.html", Page(view, opslag), caller)


@router.get("/borgere/{person}/hent-igen")
def page(person: UUID, caller: Caller) -> Response:
    """How far the latest request about the citizen has come, and its receipt."""
    if not caller.formaal:
        return _ask_purpose(caller, person)
    view, opslag = seen(caller, latest(person, tid()), caller.formaal, "web")
    return render_page("anmodning.html", Page(view, opslag), caller)


def _ask_purpose(caller: Session, person: UUID) -> Response:
    log(caller.principal, "refused", "ikke oplyst", "web", person=person, resultat="refused")
    return render("formaal.html", session=caller, status=403, person=person)


@api.post("/borgere/{person}/anmodninger")
def make(
    person: UUID,
    caller: Poster,
    x_formaal: XFormaal = None,
    idempotency_key: Annotated[
        str | None, Header(description="the same key is the same request", max_length=64)
    ] = None,
) -> AnmodningSvar:
    """Ask every system that can be asked about one citizen; answers at once, and is executed by a worker.

    A request about the same person that is still open is the same request.
    """
    view, opslag = asked(caller, person, purpose(caller, x_formaal), "api", idempotency_key or str(uuid4()))
    return _answer(view, opslag)


@api.get("/anmodninger/{anmodning}")
def state(anmodning: UUID, caller: Caller, x_formaal: XFormaal = None) -> AnmodningSvar:
    """How far a request has come, and per system what came of it."""
    view, opslag = seen(caller, find(anmodning), purpose(caller, x_formaal), "api")
    return _answer(view, opslag)


def _answer(view: Anmodningsvisning, opslag: Logged) -> AnmodningSvar:
    fields = {name: getattr(view, name) for name in type(view).model_fields}
    return AnmodningSvar(**fields, opslag=opslag.uid)
