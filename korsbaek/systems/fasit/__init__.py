"""Schultz Fasit, employment: no interface for other systems; its cases reach the Sags- og Dokumentindeks (SF1470).

Known (rammearkitektur 7.9): only the interface of its own web pages, with a token taken from a person's browser, is
seen in public code. That is not used. Inferred: that it tells the index by importer and opdater (records.py), as Fasit.
"""

from typing import Any

from korsbaek.systems.rest import HttpError, Request, Routes
from korsbaek.town import Town


def app(town: Town, config: dict[str, Any]) -> Routes:
    """A server that answers nobody but those who ask whether it is up."""

    def closed(request: Request) -> None:
        raise HttpError(403)

    return Routes(lambda status: {"status": status}, closed)
