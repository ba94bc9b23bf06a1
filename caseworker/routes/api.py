"""The JSON API. Every answer carries `coverage`, its receipt, and `opslag`, the id of its log row."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException

from caseworker.access import Caller, Instants, Poster, XFormaal, may_look, purpose, same_site
from caseworker.coverage import Kvittering, receipt
from caseworker.opslag import log
from caseworker.overblik.adresse import Adressevisning
from caseworker.overblik.models import Haendelse
from caseworker.overblik.tidslinje import narrow
from caseworker.overblik.views import Borgeroverblik, Sagsvisning, View
from caseworker.reading import reading
from caseworker.routes import borger as borger_routes
from caseworker.routes import sag as sag_routes
from caseworker.routes.soeg import looked_up
from caseworker.search import Soegesvar
from caseworker.tid import tid

router = APIRouter(prefix="/api/v1", tags=["v1"])


class Login(BaseModel):
    """Who logs in, locally."""

    bruger: str = Field(max_length=60)


class Adgang(BaseModel):
    """The token to send as `Authorization: Bearer`; it ends after 30 idle minutes."""

    token: str


class Soegning(BaseModel):
    """What is looked for, and why."""

    q: str = Field(max_length=200)
    formaal: str = Field(min_length=3, max_length=100)


class Begrundelse(BaseModel):
    """Why a protected address is needed."""

    begrundelse: str = Field(max_length=200)


class SoegeSvar(Soegesvar):
    """A search answer with the id of its log row."""

    opslag: UUID


class BorgerSvar(Borgeroverblik):
    """A citizen with the id of the log row."""

    opslag: UUID


class SagSvar(Sagsvisning):
    """A case with the id of the log row."""

    opslag: UUID


class AdresseSvar(Adressevisning):
    """An address with the id of the log row."""

    opslag: UUID


class TidslinjeSvar(View):
    """A timeline with the id of the log row."""

    person: UUID
    tidslinje: list[Haendelse]
    opslag: UUID


class KilderSvar(BaseModel):
    """All connected systems, with the id of the log row."""

    coverage: Kvittering
    opslag: UUID


def _fields(view: View) -> dict[str, object]:
    return {name: getattr(view, name) for name in type(view).model_fields}


@router.post("/login")
def login(request: Request, body: Login) -> Adgang:
    """A bearer token for an invented caseworker of the local login."""
    same_site(request)
    principal = request.app.state.caseworkers.get(body.bruger)
    if principal is None:
        raise HTTPException(403)
    log(principal, "login", "login", "api")
    token, _ = request.app.state.sessions.start(principal, bearer=True)
    return Adgang(token=token)


@router.post("/borgere/search")
def find_citizens(caller: Poster, body: Soegning) -> SoegeSvar:
    """Citizens by CPR number, name or address."""
    reason = purpose(caller, body.formaal)
    found, opslag = looked_up(caller, body.q, reason, "api")
    return SoegeSvar(**_fields(found), opslag=opslag.uid)  # type: ignore[arg-type]


@router.post("/sager/search")
def find_cases(caller: Poster, body: Soegning) -> SoegeSvar:
    """Cases by sagsnummer, those that the caseworker may see; the others are counted."""
    return find_citizens(caller, body)


@router.get("/borgere/{person}")
def citizen(person: UUID, caller: Caller, when: Instants, x_formaal: XFormaal = None) -> BorgerSvar:
    """One citizen over all systems, as known and as true on the instants asked for."""
    view, opslag = borger_routes.opened(caller, person, when, purpose(caller, x_formaal), "api")
    return BorgerSvar(**_fields(view), opslag=opslag.uid)  # type: ignore[arg-type]


@router.get("/borgere/{person}/tidslinje")
def timeline(
    person: UUID,
    caller: Caller,
    when: Instants,
    x_formaal: XFormaal = None,
    art: Annotated[str | None, Query(max_length=10)] = None,
    kilde: Annotated[str | None, Query(max_length=40)] = None,
    kle: Annotated[str | None, Query(max_length=10)] = None,
    fra: Annotated[str | None, Query(max_length=10)] = None,
    til: Annotated[str | None, Query(max_length=10)] = None,
) -> TidslinjeSvar:
    """What has happened over all systems, narrowed by kind, source, KLE area and period."""
    period = [borger_routes.day(fra), borger_routes.day(til)]
    view, opslag = borger_routes.opened(caller, person, when, purpose(caller, x_formaal), "api", "timeline")
    events = narrow(view.tidslinje, art, kilde, kle, *period)
    return TidslinjeSvar(coverage=view.coverage, person=view.hvem.uuid, tidslinje=events, opslag=opslag.uid)


@router.post("/borgere/{person}/adresse")
def address(person: UUID, caller: Poster, body: Begrundelse, x_formaal: XFormaal = None) -> AdresseSvar:
    """A protected address: needs the role and a reason."""
    purpose(caller, x_formaal)
    view, opslag = borger_routes.shown_address(caller, person, body.begrundelse, "api")
    return AdresseSvar(**_fields(view), opslag=opslag.uid)  # type: ignore[arg-type]


@router.get("/sager/{sag}")
def case(sag: UUID, caller: Caller, when: Instants, x_formaal: XFormaal = None) -> SagSvar:
    """One case."""
    view, opslag = sag_routes.opened(caller, sag, when, purpose(caller, x_formaal), "api")
    return SagSvar(**_fields(view), opslag=opslag.uid)  # type: ignore[arg-type]


@router.get("/kilder")
def sources(caller: Caller) -> KilderSvar:
    """Every connected system: how fresh it is, who answers for it."""
    may_look(caller, "api")
    with reading() as connection:
        coverage = receipt(connection, tid())
    opslag = log(caller.principal, "kilder", caller.formaal or "drift", "api")
    return KilderSvar(coverage=coverage, opslag=opslag.uid)
