"""Asking OrganisationHent, the register's GraphQL door: units and users as they are now, with what belongs to each."""

from collections.abc import Iterator, Mapping
from typing import Any

from connectors import graphql
from connectors.auth import by_grant
from connectors.contract import NAMELESS, Access, Ask, Page, Record
from connectors.errors import AccessError, ConnectorError, ContractError
from connectors.idws.oauth import transaction
from connectors.minimise import Sheet, record
from connectors.organisation.roller import LEDER, STILLING, TELEFON
from connectors.paging import Slice, by_link
from connectors.rest import RestApi

PATH = "organisationhent/1"
PAGE = 500
"""The most that one answer holds (option page_size)."""
FAELLES = {"uuid", "tilstand.status", "tilstand.fraTidspunkt", "adresser.adresseTekst", "adresser.klassifikation.rolle"}
ENHEDS = {"enhedsnavn", "brugervendtNoegle", "overordnetEnhed.uuid", "medlemskaber.uuid", "medlemskaber.bruger.uuid"}
BRUGERS = {"brugernavn", "person.navn", "harMedlemskab.uuid", "harMedlemskab.medlemAf.uuid"}
ENHED, BRUGER = (Sheet(frozenset(f"node.{path}" for path in FAELLES | own)) for own in (ENHEDS, BRUGERS))
_NUMRE = ", ".join(f'"{rolle}"' for rolle in TELEFON)
_BEGGE = (
    f"uuid tilstand {{ status fraTidspunkt }} adresser(rolle: [{_NUMRE}]) {{ adresseTekst klassifikation {{ rolle }} }}"
)
FELTER = {
    "organisationEnhedListe": f"{_BEGGE} enhedsnavn brugervendtNoegle overordnetEnhed {{ uuid }} "
    f'medlemskaber(rolle: ["{LEDER}"]) {{ uuid bruger {{ uuid }} }}',
    "brugerListe": f"{_BEGGE} brugernavn person {{ navn }} "
    f'harMedlemskab(rolle: ["{STILLING}"]) {{ uuid medlemAf {{ uuid }} }}',
}
"""What is asked of each node of a list."""
_by_kind = graphql.by_code(
    "classification", "[A-Za-z]{2,40}",
    {
        "Unauthorized": "ask for the data restriction SeNavn in the service agreement",
        "NotFound": "is myndighed in the source's file the token's authority?",
    },
    "has the schema changed?",
)  # fmt: skip


class OrganisationHent:
    """The register's snapshot on behalf of one municipality."""

    def __init__(self, access: Access) -> None:
        auth = by_grant(access, "client_credentials") if access.extra.get("token_url") else None
        self.rest = RestApi(access, auth)
        if auth is None:
            self.rest.session.auth = transaction
        self.size = min(PAGE, int(access.options.get("page_size") or PAGE))
        self._cvr = access.myndighed

    def enheder(self, ask: Ask) -> Iterator[Page]:
        """Every unit, in use or not, with its telephones and whoever leads it."""
        return self._pages("organisationEnhedListe", ENHED)

    def brugere(self, ask: Ask) -> Iterator[Page]:
        """Every user, in use or not, with name, telephones and positions."""
        return self._pages("brugerListe", BRUGER)

    def knock(self) -> None:
        """Asks for one unit and one user's name: whether the door opens, and whether names are told."""
        for name in FELTER:
            self._page(name, "AKTIV", "", 1)

    def _pages(self, name: str, sheet: Sheet) -> Iterator[Page]:
        seen = set[str]()
        for status, again in (("AKTIV", False), ("INAKTIV", False), ("AKTIV", True)):

            def fetch(after: str, status: str = status) -> Slice:
                return self._page(name, status, after, self.size)

            for number, edges in enumerate(by_link(fetch, "", name)):
                found = [_record(edge, sheet, f"{status}-{number}-{n}") for n, edge in enumerate(edges)]
                if any(state != status for state in map(_state, edges) if state):
                    raise ContractError(f"{name}: the list of those {status} holds others; has the contract changed?")
                # Whoever changes state meanwhile may stand in both lists or, but for the third look, in neither.
                yield Page([r for r in found if r.key not in seen and not (again and r.key.startswith(NAMELESS))])
                seen |= {r.key for r in found}

    def _page(self, name: str, status: str, after: str, size: int) -> Slice:
        query = (
            "query liste($cvr: CVR!, $status: TilstandStatus!, $first: Int, $after: Cursor) "
            f"{{ {name}(cvr: $cvr, status: $status, first: $first, after: $after) "
            f"{{ pageInfo {{ hasNextPage endCursor }} edges {{ node {{ {FELTER[name]} }} }} }} }}"
        )
        given = {"cvr": self._cvr, "status": status, "first": size, "after": after or None}
        return graphql.page(self.rest.post(PATH, {"query": query, "variables": given}), name, "edges", _fault)


def _record(edge: Mapping[str, Any] | None, sheet: Sheet, place: str) -> Record:
    """A node as a record. One that came as null, since something is missing that must not be, says nothing."""
    node = edge.get("node") if edge is not None else None
    uuid = str(node.get("uuid") or "").lower() if isinstance(node, dict) else ""
    return record(uuid or NAMELESS + place, {"node": node if isinstance(node, dict) else None}, sheet)


def _state(edge: Mapping[str, Any] | None) -> object:
    """What the node says of its state; nothing when it says none."""
    node = edge.get("node") if edge is not None else None
    state = node.get("tilstand") if isinstance(node, dict) else None
    return state.get("status") if isinstance(state, dict) else None


def _fault(name: str, error: Mapping[str, Any]) -> ConnectorError | None:
    """The error of an answer with status 200, by its classification (kombit/org-graphql); its text is never told."""
    fault = _by_kind(name, error)
    holds = error.get("classification") == "NullValueInNonNullableField" or error.get("type") == "WARNING"
    return None if holds and not isinstance(fault, AccessError) else fault
