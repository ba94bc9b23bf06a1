"""How KMD Nexus is asked: by following the links that each reply carries (HATEOAS); no address is ever built."""

from collections.abc import Iterator, Sequence
from typing import Any

from connectors.contract import Access, Record
from connectors.errors import ContractError
from connectors.kmd_nexus import sheets
from connectors.minimise import record
from connectors.rest import RestApi

ALT = "- Alt"
"""The view of a citizen that shows everything; options.visning in the source's file replaces it."""
FORLOEB, INDSATS = "patientPathwayReference", "basketGrantReference"
"""The kinds of node in a citizen's tree that we read."""


class Nexus:
    """The API, with the links of its first page once they were asked for."""

    def __init__(self, access: Access) -> None:
        self.rest = RestApi.with_token(access)
        self.visning = str(access.options.get("visning") or ALT)
        self._root: dict[str, Any] | None = None

    def root(self) -> dict[str, Any]:
        """The first page of the API."""
        if self._root is None:
            self._root = _object(self.rest.get(""), "the first page")
        return self._root

    def follow(self, value: dict[str, Any], *rels: str) -> Any:
        """What the first of these links that the object has leads to."""
        return self.rest.get(_link(value, *rels))

    def patient(self, cpr: str) -> dict[str, Any] | None:
        """The citizen with that number (in the body, not in the address); empty when Nexus has none or shows none."""
        body = {"businessKey": cpr, "keyType": "CPR"}
        reply = self.rest.post(_link(self.root(), "patientDetailsSearch"), body, absent_ok=True)
        if reply is None:
            return None
        accessible = _object(reply, "patientDetailsSearch").get("isPatientAccessible")
        if not isinstance(accessible, bool):
            raise ContractError("patientDetailsSearch: the reply does not say isPatientAccessible")
        if not accessible:
            return None
        return _object(reply.get("patient"), "patientDetailsSearch")

    def tree(self, patient: dict[str, Any]) -> list[Any]:
        """Everything that hangs on the citizen, as the tree of the configured view."""
        views = _object(self.follow(patient, "patientPreferences"), "patientPreferences").get("CITIZEN_PATHWAY")
        named = [v for v in views or () if isinstance(v, dict) and v.get("name") == self.visning]
        if not named:
            raise ContractError(f"patientPreferences: no view '{self.visning}'; name one in options.visning")
        nodes = self.follow(_object(self.follow(named[0], "self"), "the view"), "pathwayReferences")
        if not isinstance(nodes, list):
            raise ContractError("pathwayReferences: the reply is not a list")
        return nodes


def read_borger(api: Nexus, cpr: str) -> Sequence[Record]:
    """The citizen, each forloeb and each indsats. Forloeb and indsats do not say whose they are: the number that we
    asked for is put in (`cpr`), the forloeb that they stand in (`forloeb`), and which of the three it is (`art`)."""
    patient = api.patient(cpr)
    if patient is None:
        return []
    found = {"patient": record("patient", patient | {"cpr": cpr, "art": "patient"}, sheets.PATIENT)}
    for node, parent in _walk(api.tree(patient), None):
        put_in = {"cpr": cpr, "forloeb": parent, "art": "forloeb" if node["type"] == FORLOEB else "indsats"}
        if node["type"] == FORLOEB:
            key = f"forloeb/{_id(node)}"
            found[key] = record(key, node | put_in, sheets.FORLOEB)
        else:
            whole = _object(api.follow(node, "referencedObject", "self"), INDSATS)
            key = f"indsats/{_id(whole)}"
            found[key] = record(key, whole | put_in, sheets.INDSATS)
    return list(found.values())


def _walk(nodes: list[Any], parent: str | None) -> Iterator[tuple[dict[str, Any], str | None]]:
    """Every forloeb and indsats of the tree, with the id of the forloeb around it."""
    for node in nodes:
        if not isinstance(node, dict):
            raise ContractError("pathwayReferences: the tree holds something else than objects")
        inside = parent
        if node.get("type") in (FORLOEB, INDSATS):
            yield node, parent
            inside = _id(node) if node["type"] == FORLOEB else parent
        children = node.get("children")
        if not isinstance(children, list):
            # A leaf says [], so this one leaves out what hangs on it.
            raise ContractError("pathwayReferences: a node does not say its children")
        yield from _walk(children, inside)


def _id(node: dict[str, Any]) -> str:
    for name in ("patientPathwayId", "id"):
        if isinstance(node.get(name), int | str) and node[name] not in ("", True, False):
            return str(node[name])
    raise ContractError("pathwayReferences: a node without id cannot be kept")


def _object(value: Any, what: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise ContractError(f"{what}: the reply is not an object")
    return value


def _link(value: dict[str, Any], *rels: str) -> str:
    links = value.get("_links")
    for rel in rels:
        link = links.get(rel) if isinstance(links, dict) else None
        if isinstance(link, dict) and isinstance(link.get("href"), str):
            return str(link["href"])
    raise ContractError(f"no link {' or '.join(rels)} where one was expected")
