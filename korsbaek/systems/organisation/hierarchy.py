"""fremsoegobjekthierarki: the whole tree, a page of units at a time; users and functions when they are not shut out."""

from korsbaek.systems.index.answer import output, standardretur
from korsbaek.systems.index.interval import Unusable
from korsbaek.systems.organisation.wire import ORGANISATION
from korsbaek.systems.register.objects import Objects, page
from korsbaek.systems.soap.envelope import Request
from korsbaek.systems.soap.node import Node, children, el, find, read, text

PREFIXES = ("osy", "org", "oe", "ofu", "bru", "of", "sd", "sts")
_LEAF = {"oe": ("OrganisationEnhed", "EnhedNavn"), "ofu": ("OrganisationFunktion", "FunktionNavn")}
_LEAF["bru"] = ("Bruger", "BrugerNavn")


def fremsoeg(request: Request, enheder: Objects, funktioner: Objects, brugere: Objects) -> str:
    """The reply. Offset and size count each kind by itself; 44 when no kind has anything on the page."""
    asked = read(request.body)
    try:
        found = {o.prefix: _nodes(asked, o) for o in (enheder, funktioner, brugere)}
    except Unusable as error:
        return _output(standardretur(40, str(error)), {})
    if not any(found.values()):
        return _output(standardretur(44, "Objekt(er) ikke fundet"), {})
    return _output(standardretur(20), found)


def _nodes(asked: Node, of: Objects) -> list[Node]:
    name, leaf = _LEAF[of.prefix]
    wanted = find(asked, f"osy:{name}SoegEgenskab")
    value = text(find(wanted, f"sd:{leaf}")) if wanted is not None else None
    keys = [
        key for key, body in of.shelf.rows(of.kind, "true order by key") if value is None or _named(of, body, value)
    ]
    # The reply's elements are of each object's own namespace, but for the wrapper.
    return [("osy:FiltreretOejebliksbillede", children(b)) for b in of.trees(page(asked, keys, of.largest))]


def _named(of: Objects, body: dict[str, object], value: str) -> bool:
    attributter = find(of.registrering(body), f"{of.prefix}:AttributListe")
    said = [text(find(e, f"sd:{_LEAF[of.prefix][1]}")) for e in children(attributter)] if attributter else []
    return value in ("", "*") or value in said


def _output(retur: Node, found: dict[str, list[Node]]) -> str:
    organisation = el("osy:FiltreretOejebliksbillede", el("org:ObjektType", ("sd:UUIDIdentifikator", ORGANISATION)))
    nodes = [
        retur,
        ("osy:Organisationer", [organisation] if found else []),
        ("osy:OrganisationEnheder", found.get("oe", [])),
        ("osy:OrganisationFunktioner", found.get("ofu", [])),
        ("osy:Brugere", found.get("bru", [])),
        ("osy:Interessefaellesskaber", []),
        ("osy:ItSystemer", []),
    ]
    return output("osy:FremsoegObjekthierarkiOutput", [*nodes], PREFIXES)
