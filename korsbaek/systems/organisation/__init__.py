"""Faelleskommunalt Organisationssystem, SF1500 v6 (SOAP 1.2, one path an object), and OrganisationHent.

Known from KOMBIT's WSDLs and XSDs: operations, elements, paths, that everything in the hierarchy's reply is required;
from public clients (KITOS, OS2sync, itk-dev): offset and size until nothing comes, 44 for an empty search, the role
UUIDs of `roles.py`. Inferred: that the hierarchy pages each kind by itself, the bounds of a page, and the order, which
is that of the UUIDs here.
"""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from korsbaek.landscape.records import shelf
from korsbaek.systems.organisation import wire
from korsbaek.systems.organisation.hent import PATH as HENT
from korsbaek.systems.organisation.hent import Hent
from korsbaek.systems.organisation.hierarchy import fremsoeg
from korsbaek.systems.organisation.records import KINDS
from korsbaek.systems.register.objects import LARGEST, Objects, refusal
from korsbaek.systems.soap.envelope import SOAP12, Fault, Request
from korsbaek.systems.soap.names import prefixed
from korsbaek.systems.soap.service import Service
from korsbaek.town import Town

WRITTEN = {
    "enhed": ("oe", "organisationenhed", wire.enhed),
    "bruger": ("bru", "bruger", wire.bruger),
    "person": ("per", "person", wire.person),
    "adresse": ("adr", "adresse", wire.adressen),
    "funktion": ("ofu", "organisationfunktion", wire.funktion),
}
"""Kind on the shelf to its namespace, its path and how it is written."""


def app(town: Town, config: dict[str, Any]) -> Callable[..., Iterable[bytes]]:
    """The WSGI application. `config`: "url", "guard" and, for tests, "page"."""
    records, largest = shelf(town, "organisation"), int(config.get("page", LARGEST))
    own = {k: Objects(records, k, WRITTEN[k][0], WRITTEN[k][2], _prefixes(k), largest) for k in KINDS}
    operations = {name: answer for one in own.values() for name, answer in one.operations().items()}

    def hierarchy(request: Request) -> str:
        return fremsoeg(request, own["enhed"], own["funktion"], own["bruger"])

    operations["osy:FremsoegObjekthierarkiInput"] = hierarchy
    paths = ("/organisation", *(f"/organisation/{path}/6" for _, path, _ in WRITTEN.values()))
    paths = (*paths, "/organisation/organisationsystem/6")
    guard = config.get("guard")
    soap = Service("Organisation", str(config["url"]), paths, (SOAP12,), operations, _refuse, guard)
    hent = Hent(records, Path(config["folder"]) if guard else None, largest)

    def door(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        own = str(environ.get("PATH_INFO") or "").rstrip("/") == HENT
        return hent(environ, start) if own else soap(environ, start)

    return door


def _prefixes(kind: str) -> tuple[str, ...]:
    return (WRITTEN[kind][0], "sd", "of", "sts")


def _refuse(request: Request) -> str:
    prefix = prefixed(str(request.body.tag)).partition(":")[0]
    if prefix == "osy":
        raise Fault("Client", "the request breaks the schema of fremsoegobjekthierarki")
    return refusal(request, prefix, (prefix, "sd"))
