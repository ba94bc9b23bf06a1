"""From a view to HTML. `Page` joins a view and its log row: nothing about a citizen is rendered without both."""

from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any, Generic, TypeVar

from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from caseworker.anmodning import DANSK
from caseworker.identity import skriv_cpr
from caseworker.opslag import FORMAAL, Logged
from caseworker.overblik.models import TRIN
from caseworker.overblik.views import View
from caseworker.session import Session
from caseworker.tid import skriv_dato, skriv_maaned, skriv_tid, skriv_varighed

HERE = Path(__file__).parent
V = TypeVar("V", bound=View)


def skriv_beloeb(value: Decimal | None) -> str:
    """9.214,00; a dash when there is none."""
    if value is None:
        return "–"
    return f"{value:,.2f}".replace(",", " ").replace(".", ",").replace(" ", ".")


_ENVIRONMENT = Environment(
    loader=FileSystemLoader(HERE / "templates"),
    autoescape=True,
    trim_blocks=True,
    lstrip_blocks=True,
    undefined=StrictUndefined,
    auto_reload=False,
)
_ENVIRONMENT.filters.update(
    dato=skriv_dato, tid=skriv_tid, maaned=skriv_maaned, varighed=skriv_varighed, cpr=skriv_cpr, beloeb=skriv_beloeb,
)  # fmt: skip
_ENVIRONMENT.globals.update(TRIN=TRIN, FORMAAL=FORMAAL, HENTET=DANSK, KOMMUNE="Kommunen")


def name_municipality(navn: str) -> None:
    """Put the municipality's name on every page."""
    _ENVIRONMENT.globals["KOMMUNE"] = navn


@dataclass(frozen=True)
class Page(Generic[V]):
    """A view together with the proof that showing it is logged."""

    view: V
    opslag: Logged

    def __post_init__(self) -> None:
        """Refuse anything else."""
        if not isinstance(self.opslag, Logged) or not isinstance(self.view, View):
            raise TypeError("a page is a view with its log row")


def render(template: str, *, session: Session | None, status: int = 200, **values: Any) -> HTMLResponse:
    """A page without citizens' data: login, front page, errors."""
    if any(isinstance(v, View) for v in values.values()):
        raise TypeError("a view is rendered by render_page, with its log row")
    text = _ENVIRONMENT.get_template(template).render(session=session, status=status, page=None, **values)
    return HTMLResponse(text, status)


def render_page(template: str, page: Page[V], session: Session, **values: Any) -> HTMLResponse:
    """A page with citizens' data and its log row."""
    text = _ENVIRONMENT.get_template(template).render(session=session, page=page, v=page.view, status=200, **values)
    return HTMLResponse(text)
