"""What a route asks of whoever calls: a login, a form that is ours, a role, a purpose, instants that can be read."""

import hmac
from typing import Annotated
from uuid import UUID

from fastapi import Depends, Header, Query, Request
from starlette.exceptions import HTTPException

from caseworker.opslag import Kanal, formaal_tekst, log
from caseworker.principal import SE_OVERBLIK
from caseworker.session import COOKIE, Session, Sessions
from caseworker.tid import Tid, tid


async def session(request: Request) -> Session:
    """The caller's session by cookie, or by bearer token; 401 without one."""
    sessions: Sessions = request.app.state.sessions
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    bearer = scheme.lower() == "bearer"
    found = sessions.find(token if bearer else request.cookies.get(COOKIE), bearer)
    if found is None:
        raise HTTPException(401)
    request.state.session = found
    return found


Caller = Annotated[Session, Depends(session)]


def same_site(request: Request) -> None:
    """403 when a browser says that the request comes from another site."""
    origin = request.headers.get("origin")
    if request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        raise HTTPException(403)
    if origin and origin != "null" and origin.split("://")[-1] != request.headers.get("host"):
        raise HTTPException(403)


async def posted(request: Request, caller: Caller) -> Session:
    """The session of a POST that carries its CSRF token (form field or header); a bearer token needs none."""
    same_site(request)
    if caller.bearer:
        return caller
    given = request.headers.get("x-csrf-token")
    if given is None and not request.headers.get("content-type", "").startswith("application/json"):
        given = str((await request.form()).get("csrf", ""))
    if not hmac.compare_digest((given or "").encode(), caller.csrf.encode()):
        raise HTTPException(403)
    return caller


Poster = Annotated[Session, Depends(posted)]


async def instants(
    kendt: Annotated[str | None, Query(description="as known on (date or instant)", max_length=40)] = None,
    sand: Annotated[str | None, Query(description="as true on (date or instant)", max_length=40)] = None,
) -> Tid:
    """The two instants asked for; 422 when one cannot be read."""
    try:
        return tid(kendt, sand)
    except (ValueError, OverflowError):
        raise HTTPException(422) from None


Instants = Annotated[Tid, Depends(instants)]


def purpose(caller: Session, given: str | None = None) -> str:
    """The purpose of this call, else the one chosen at search; 403 when there is none."""
    try:
        if given:
            caller.formaal = formaal_tekst(given)
    except ValueError:
        raise HTTPException(422) from None
    if not caller.formaal:
        raise HTTPException(403)
    return caller.formaal


XFormaal = Annotated[str | None, Header(description="purpose, when none was given at search", max_length=100)]


def need(caller: Session, rolle: str, kanal: Kanal, person: UUID | None = None) -> None:
    """403 without the role, and the refusal is logged."""
    if not caller.principal.may(rolle):
        log(caller.principal, "refused", caller.formaal or "ikke oplyst", kanal, person=person, resultat="refused")
        raise HTTPException(403)


def may_look(caller: Session, kanal: Kanal, person: UUID | None = None) -> None:
    """403, logged, for a caseworker who may not see citizens at all."""
    need(caller, SE_OVERBLIK, kanal, person)
