"""The local login: invented caseworkers, on this machine only. Production comes in by OIDC or OIOSAML instead."""

from typing import Annotated

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import RedirectResponse
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException

from caseworker.access import Poster, same_site
from caseworker.opslag import log
from caseworker.principal import Principal
from caseworker.render import render
from caseworker.session import COOKIE, IDLE

router = APIRouter(include_in_schema=False)


@router.get("/login")
def form(request: Request) -> Response:
    """Choose a caseworker."""
    return render("login.html", session=None, caseworkers=list(request.app.state.caseworkers.values()))


@router.post("/login")
async def login(request: Request, bruger: Annotated[str, Form(max_length=60)]) -> Response:
    """Start a session, logged."""
    same_site(request)
    principal: Principal | None = request.app.state.caseworkers.get(bruger)
    if principal is None:
        raise HTTPException(403)
    await run_in_threadpool(log, principal, "login", "login", "web")
    secret, _ = request.app.state.sessions.start(principal)
    response = RedirectResponse("/", 303)
    response.set_cookie(COOKIE, secret, httponly=True, samesite="lax", max_age=int(IDLE.total_seconds()) * 16)
    return response


@router.post("/logud")
async def logout(request: Request, caller: Poster) -> Response:
    """End the session."""
    request.app.state.sessions.end(caller)
    response = RedirectResponse("/login", 303)
    response.delete_cookie(COOKIE)
    return response
