"""KLE-online, KL's own edition of KLE: subjects and handlingsfacetter, their rules, retired and moved numbers."""

from collections.abc import Iterable, Iterator
from typing import Any

from lxml import etree

from connectors.contract import NAMELESS, Access, Ask, Connector, Page, Record, listed
from connectors.errors import ContractError
from connectors.kle_online.sheet import SHEETS
from connectors.kle_online.translate import klasse
from connectors.rest import RestApi
from connectors.soap_xml import body, child, local, parse, sift

PLANER = {"emner": ("emneplan", "KLE-Emneplan"), "handlingsfacetter": ("handlingsfacetter", "KLE-Handlingsfacetter")}
"""Stream to the path below the address and the root of what is answered."""


class KleOnline:
    """The open service; no agreement and no key."""

    def __init__(self, access: Access) -> None:
        self.rest = RestApi(access)

    def plan(self, stream: str) -> etree._Element:
        """The whole plan, with what is retired, and with UUIDs."""
        path, root = PLANER[stream]
        found = self.rest.get_xml(path, {"udgaaede": "true", "uuid": "true"})
        if local(str(found.tag)) != root or not len(found):
            raise ContractError(f"GET {path}: the reply is no {root} with anything in it; has the address changed?")
        return found

    def klasser(self, stream: str) -> Iterator[Page]:
        """Each class of a plan, with the UUIDs of the class above it and of what took its place."""
        found = [e for e in self.plan(stream).iter() if local(str(e.tag)) in SHEETS]
        uuids = {(local(str(e.tag)), _text(e, "Nr")): _text(e, "UUID") for e in found}
        yield Page([_record(e, stream, uuids) for e in found])


def _record(element: etree._Element, stream: str, uuids: dict[tuple[str, str], str]) -> Record:
    art = local(str(element.tag))
    held, unknown = sift(element, SHEETS[art])
    above = element.getparent()
    moved = next((e for e in _admin(element).iter("{*}AfloestAf")), None)
    points = {
        "overordnet": _text(above, "UUID") if above is not None and local(str(above.tag)) in SHEETS else "",
        "afloest_af": next((uuids.get((local(str(e.tag))[:-2], (e.text or "").strip()), "") for e in moved), "")
        if moved is not None
        else "",
    }
    key = _text(element, "UUID") or f"{NAMELESS}{art}-{_text(element, 'Nr')}"
    said = {"art": art, "plan": PLANER[stream][1], **{name: uuid for name, uuid in points.items() if uuid}}
    return Record(key, body(held | said), unknown)


def _admin(element: etree._Element) -> etree._Element:
    found = child(element, f"{local(str(element.tag))}AdministrativInfo")
    return etree.Element("none") if found is None else found


def _text(element: etree._Element, name: str) -> str:
    """UUID, or the number of a class, which begins with what it is."""
    found = child(element, name if name == "UUID" else f"{local(str(element.tag))}{name}")
    text = "" if found is None else (found.text or "").strip()
    return text.lower() if name == "UUID" else text


def emner(api: KleOnline, ask: Ask) -> Iterable[Page]:
    """Main groups, groups and subjects."""
    return api.klasser("emner")


def handlingsfacetter(api: KleOnline, ask: Ask) -> Iterable[Page]:
    """Handlingsfacetter and their categories."""
    return api.klasser("handlingsfacetter")


def check(api: KleOnline) -> None:
    """Asks for the shorter plan."""
    api.plan("handlingsfacetter")


READ: dict[str, Any] = {"emner": emner, "handlingsfacetter": handlingsfacetter}
CONNECTOR = Connector(
    name="kle_online",
    system="KLE-online",
    open=KleOnline,
    check=check,
    streams=tuple(listed(name, READ[name], parse, klasse) for name in PLANER),
)
