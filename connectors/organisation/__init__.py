"""Organisation (SF1500 v6): the municipality's units and users, who leads them and how to call them; by two doors."""

from collections.abc import Iterable, Iterator
from typing import Any

from canonical_model.draft import Draft
from connectors import given
from connectors.contract import Access, Ask, Connector, Page, listed
from connectors.errors import RecordError
from connectors.organisation import snapshot, translate
from connectors.organisation.api import Organisation
from connectors.organisation.hent import OrganisationHent
from connectors.soap_xml import parse

Door = Organisation | OrganisationHent


def door(access: Access) -> Door:
    """The door that options.door of the source's file names: soap (default, with history) or graphql (as it is now)."""
    named = given.option(access, "door", "soap|graphql", "soap or graphql", "soap")
    return Organisation(access) if named == "soap" else OrganisationHent(access)


def enheder(api: Door, ask: Ask) -> Iterator[Page]:
    """Every unit."""
    return api.enheder(ask)


def brugere(api: Door, ask: Ask) -> Iterator[Page]:
    """Every user."""
    return api.brugere(ask)


def enhed(record: Any) -> Iterable[Draft]:
    """The facts of a unit, whichever door it came by."""
    return snapshot.enhed(record["node"]) if _by_graphql(record) else translate.enheder(record)


def bruger(record: Any) -> Iterable[Draft]:
    """The facts of a user, whichever door it came by."""
    return snapshot.bruger(record["node"]) if _by_graphql(record) else translate.brugere(record)


def _by_graphql(record: Any) -> bool:
    if "node" not in record and "objekt" not in record:
        raise RecordError("objekt or node", "missing")
    return "node" in record


CONNECTOR: Connector[Door] = Connector(
    name="organisation",
    system="Organisation (SF1500)",
    open=door,
    check=lambda api: api.knock(),
    streams=(
        listed("enheder", enheder, parse, enhed),
        listed("brugere", brugere, parse, bruger),
    ),
)
