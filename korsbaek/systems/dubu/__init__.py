"""DUBU, children and families: no interface for other systems; its cases reach the Sags- og Dokumentindeks (SF1470).

Known (rammearkitektur 7.8): only the interface of its own web pages, behind a person's login, is seen in public code.
That is not used. Inferred: that it tells the index of its cases by importer and opdater (records.py), as DUBU.
"""

from typing import Any

from korsbaek.systems.rest import HttpError, Request, Routes
from korsbaek.town import Town


def app(town: Town, config: dict[str, Any]) -> Routes:
    """A server that answers nobody but those who ask whether it is up."""

    def closed(request: Request) -> None:
        raise HttpError(403)

    return Routes(lambda status: {"status": status}, closed)
