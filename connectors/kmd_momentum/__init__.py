"""KMD Momentum: the job centre's citizens, courses, caseworkers, markings, notes and tasks."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from connectors.contract import Ask, Connector, Page, Record, keyed, listed
from connectors.kmd_momentum import sheets, translate
from connectors.kmd_momentum.api import Momentum, key_of
from connectors.minimise import Sheet, parse, record


def read_sagsbehandlere(api: Momentum, ask: Ask) -> Iterator[Page]:
    """Every caseworker; Momentum has no way to ask for what changed."""
    for found in api.sagsbehandlere():
        yield Page([record(key_of(b), b, sheets.SAGSBEHANDLER) for b in found])


def read_borgere(api: Momentum, ask: Ask) -> Iterator[Page]:
    """Every citizen that the job centre has."""
    for found in api.borgere():
        yield Page([record(key_of(b), b, sheets.BORGER) for b in found])


def _of_borger(name: str, what: str, sheet: Sheet, ask: Callable[[Momentum, str], list[dict[str, Any]]]) -> Any:
    """A stream of what hangs on a citizen: all of it, each with the citizen's id and number put in."""

    def read_one(api: Momentum, borger: str) -> Sequence[Record]:
        """Everything of the kind that the citizen has; nothing when the citizen is gone."""
        cpr = api.cpr(borger)
        if cpr is None:
            return []
        return [record(key_of(o), o | {"borger": borger, "cpr": cpr}, sheet) for o in ask(api, borger)]

    return keyed(name, "borgere", read_one, parse, getattr(translate, what))


CONNECTOR = Connector(
    name="kmd_momentum",
    system="KMD Momentum",
    open=Momentum,
    check=Momentum.check,
    streams=(
        listed("sagsbehandlere", read_sagsbehandlere, parse, translate.sagsbehandler),
        listed("borgere", read_borgere, parse, translate.borger),
        _of_borger("forloeb", "forloeb", sheets.FORLOEB, Momentum.forloeb),
        _of_borger("ansvarlige", "ansvarlig", sheets.ANSVARLIG, Momentum.ansvarlige),
        _of_borger("markeringer", "markering", sheets.MARKERING, Momentum.markeringer),
        _of_borger("noter", "notat", sheets.NOTAT, Momentum.noter),
        _of_borger("opgaver", "opgave", sheets.OPGAVE, Momentum.opgaver),
    ),
)
