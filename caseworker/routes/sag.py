"""The page of one case."""

from uuid import UUID

from fastapi import APIRouter, Response
from starlette.exceptions import HTTPException

from caseworker.access import Caller, Instants, may_look
from caseworker.opslag import Kanal, Logged, log
from caseworker.overblik import Sagsvisning, UnknownSag, read_sag
from caseworker.render import Page, render, render_page
from caseworker.session import Session
from caseworker.tid import Tid

router = APIRouter(prefix="/sager", include_in_schema=False)


def opened(caller: Session, sag: UUID, when: Tid, reason: str, kanal: Kanal) -> tuple[Sagsvisning, Logged]:
    """Read one case and log it, on every person that it shows; 404, logged, when it may not be seen."""
    may_look(caller, kanal)
    try:
        view = read_sag(caller.principal, sag, when)
    except UnknownSag:
        log(caller.principal, "sag", reason, kanal, resultat="refused", sager=[sag])
        raise HTTPException(404) from None
    opslag = log(
        caller.principal,
        "sag",
        reason,
        kanal,
        objekter=1 + len(view.dokumenter) + len(view.notater),
        hidden=view.skjult.ialt,
        sager=[sag],
        omtalte=view.omtalte,
    )
    return view, opslag


@router.get("/{sag}")
def page(sag: UUID, caller: Caller, when: Instants) -> Response:
    """One case: course, parties, documents, notes."""
    if not caller.formaal:
        log(caller.principal, "refused", "ikke oplyst", "web", resultat="refused", sager=[sag])
        return render("formaal.html", session=caller, status=403, person=None)
    view, opslag = opened(caller, sag, when, caller.formaal, "web")
    return render_page("sag.html", Page(view, opslag), caller)
