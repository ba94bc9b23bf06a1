"""Faelleskommunalt Klassifikationssystem, Klasse and Facet v6 of SF1500 (SOAP 1.2).

Known from KOMBIT's WSDLs and XSDs: operations, elements, paths, the relation Erstatter. Of the sister services' public
clients: paging, 44 for an empty search. Inferred: which facets there are and what they are called, that roles and
types of the indexes' relations are classes here (KOMBIT's guides say so, their content is not public), that a retired
class is one whose PubliceretStatus has become false, and that whatever took its place says Erstatter.
"""

from typing import Any

from korsbaek.landscape.records import shelf
from korsbaek.systems.klassifikation import wire
from korsbaek.systems.klassifikation.records import KINDS
from korsbaek.systems.register.objects import LARGEST, Objects, refusal
from korsbaek.systems.soap.envelope import SOAP12, Request
from korsbaek.systems.soap.names import prefixed
from korsbaek.systems.soap.service import Service
from korsbaek.town import Town

WRITTEN = {"klasse": ("kla", wire.klasse), "facet": ("fac", wire.facet)}


def app(town: Town, config: dict[str, Any]) -> Service:
    """The WSGI application. `config`: "url", "guard" and, for tests, "page"."""
    records, largest = shelf(town, "klassifikation"), int(config.get("page", LARGEST))
    own = [Objects(records, k, WRITTEN[k][0], WRITTEN[k][1], (WRITTEN[k][0], "sd"), largest) for k in KINDS]
    operations = {name: answer for one in own for name, answer in one.operations().items()}
    paths = ("/klassifikation", *(f"/klassifikation/{kind}/6" for kind in KINDS))
    return Service("Klassifikation", str(config["url"]), paths, (SOAP12,), operations, _refuse, config.get("guard"))


def _refuse(request: Request) -> str:
    prefix = prefixed(str(request.body.tag)).partition(":")[0]
    return refusal(request, prefix, (prefix, "sd"))
