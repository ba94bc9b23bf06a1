"""Front page and search. What is typed is posted, so that it is in no address, and is never logged."""

from typing import Annotated

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import RedirectResponse
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException

from caseworker.access import Caller, Poster, need, purpose
from caseworker.opslag import Kanal, Logged, log
from caseworker.render import Page, render, render_page
from caseworker.search import Soegesvar, needed, search
from caseworker.session import Session
from caseworker.tid import tid

router = APIRouter(include_in_schema=False)


@router.get("/")
def front(request: Request, caller: Caller) -> Response:
    """The search box and the purpose."""
    return render("forside.html", session=caller, besked=caller.say_once())


@router.get("/soeg")
def back(_caller: Caller) -> Response:
    """A search cannot be asked for again by its address."""
    return RedirectResponse("/", 303)


@router.post("/soeg")
async def find(
    request: Request,
    caller: Poster,
    q: Annotated[str, Form(max_length=200)] = "",
    formaal: Annotated[str, Form(max_length=100)] = "",
) -> Response:
    """Search; a CPR number that finds somebody goes straight to the page."""
    return await run_in_threadpool(_find, caller, q, formaal)


def _find(caller: Session, q: str, formaal: str) -> Response:
    try:
        reason = purpose(caller, formaal)
    except HTTPException:
        caller.besked = "Vælg et formål med opslaget."
        return RedirectResponse("/", 303)
    if not q.strip():
        caller.besked = "Skriv, hvem eller hvad du søger."
        return RedirectResponse("/", 303)
    found, opslag = looked_up(caller, q, reason, "web")
    if found.art == "cpr" and len(found.borgere) == 1:
        hit = found.borgere[0]
        if hit.tidligere_nummer:
            caller.besked = "Du søgte på et tidligere CPR-nummer. Borgeren har fået nyt nummer."
        return RedirectResponse(f"/borgere/{hit.person}", 303)
    return render_page("soegning.html", Page(found, opslag), caller)


def looked_up(caller: Session, q: str, reason: str, kanal: Kanal) -> tuple[Soegesvar, Logged]:
    """Search, and log it on everyone found: the kind of search and how many were found, never the words.

    403, logged, without the role that the search asks for.
    """
    need(caller, needed(q), kanal)
    found = search(caller.principal, q, tid())
    opslag = log(
        caller.principal,
        "search",
        reason,
        kanal,
        resultat="refused" if found.afvist else "shown",
        kriterium=found.art,
        objekter=len(found.borgere) + len(found.sager),
        hidden=found.skjulte_sager,
        omtalte=found.omtalte,
    )
    return found, opslag
