"""The citizen's pages. Each call reads, logs, and only then renders."""

from datetime import date
from typing import Annotated
from uuid import UUID, uuid4

from fastapi import APIRouter, Form, Query, Response
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException

from caseworker.access import Caller, Instants, Poster, may_look, need, purpose
from caseworker.anmodning import latest
from caseworker.opslag import Kanal, Logged, log
from caseworker.overblik import Borgeroverblik, UnknownPerson, read_borger
from caseworker.overblik.adresse import Adressevisning, read_adresse
from caseworker.overblik.tidslinje import narrow
from caseworker.principal import SE_ADRESSE
from caseworker.render import Page, render, render_page
from caseworker.session import Session
from caseworker.tid import Tid, tid
from helhed.private import mask

router = APIRouter(prefix="/borgere", include_in_schema=False)
Short = Annotated[str | None, Query(max_length=40)]


def opened(
    caller: Session, person: UUID, when: Tid, reason: str, kanal: Kanal, handling: str = "open"
) -> tuple[Borgeroverblik, Logged]:
    """Read one citizen and log it; 404, logged as refused, when nobody is known."""
    may_look(caller, kanal, person)
    try:
        view = read_borger(caller.principal, person, when)
    except UnknownPerson:
        log(caller.principal, handling, reason, kanal, person=person, resultat="refused")
        raise HTTPException(404) from None
    opslag = log(
        caller.principal,
        handling,
        reason,
        kanal,
        objekter=len(view.sager) + len(view.dokumenter) + len(view.ydelser) + len(view.udbetalinger) + len(view.krav),
        hidden=view.skjult.ialt,
        omtalte=[o for o in view.omtalte if handling == "open" or not o.beside],
    )
    return view, opslag


@router.get("/{person}")
def page(person: UUID, caller: Caller, when: Instants) -> Response:
    """One citizen over all systems."""
    if not caller.formaal:
        return _ask_purpose(caller, person)
    view, opslag = opened(caller, person, when, caller.formaal, "web")
    return render_page(
        "borger.html", Page(view, opslag), caller, besked=caller.say_once(), noegle=str(uuid4()),
        hentet=latest(view.hvem.uuid, when),
    )  # fmt: skip


def _ask_purpose(caller: Session, person: UUID) -> Response:
    log(caller.principal, "refused", "ikke oplyst", "web", person=person, resultat="refused")
    return render("formaal.html", session=caller, status=403, person=person)


@router.post("/{person}/formaal")
async def choose(person: UUID, caller: Poster, formaal: Annotated[str, Form(max_length=100)]) -> Response:
    """Choose the purpose, and see the page."""
    purpose(caller, formaal)
    return await run_in_threadpool(page, person, caller, tid())


@router.get("/{person}/tidslinje")
def timeline(
    person: UUID,
    caller: Caller,
    when: Instants,
    art: Short = None,
    kilde: Short = None,
    kle: Short = None,
    fra: Short = None,
    til: Short = None,
) -> Response:
    """The whole timeline, narrowed by kind, source, KLE area and period."""
    if not caller.formaal:
        return _ask_purpose(caller, person)
    period = [day(fra), day(til)]
    view, opslag = opened(caller, person, when, caller.formaal, "web", "timeline")
    events = narrow(view.tidslinje, art, kilde, kle, *period)
    asked = {"art": art or "", "kilde": kilde or "", "kle": kle or "", "fra": fra or "", "til": til or ""}
    return render_page("tidslinje.html", Page(view, opslag), caller, events=events, asked=asked)


@router.post("/{person}/adresse")
async def address(person: UUID, caller: Poster, begrundelse: Annotated[str, Form(max_length=200)] = "") -> Response:
    """Show a protected address: needs the role and a reason, and is logged with it."""
    return await run_in_threadpool(_address, person, caller, begrundelse)


def _address(person: UUID, caller: Session, begrundelse: str) -> Response:
    if not caller.formaal:
        return _ask_purpose(caller, person)
    visning, opslag = shown_address(caller, person, begrundelse, "web")
    return render_page("adresse.html", Page(visning, opslag), caller)


def shown_address(caller: Session, person: UUID, begrundelse: str, kanal: Kanal) -> tuple[Adressevisning, Logged]:
    """The address of a citizen, protected or not; 403 without the role, 422 without a reason, both logged."""
    may_look(caller, kanal, person)
    need(caller, SE_ADRESSE, kanal, person)
    reason = " ".join(begrundelse.split())
    if len(reason) < 10:
        log(caller.principal, "address", caller.formaal or "", kanal, person=person, resultat="refused")
        raise HTTPException(422)
    try:
        view = read_adresse(person, tid())
    except UnknownPerson:
        log(caller.principal, "address", caller.formaal or "", kanal, person=person, resultat="refused")
        raise HTTPException(404) from None
    words = f"{caller.formaal}: {mask(reason)}"
    return view, log(caller.principal, "address", words, kanal, person=view.person, objekter=1)


def day(given: str | None) -> date | None:
    """A day as text (aaaa-mm-dd); 422 when it cannot be read."""
    try:
        return date.fromisoformat(given) if given else None
    except ValueError:
        raise HTTPException(422) from None
