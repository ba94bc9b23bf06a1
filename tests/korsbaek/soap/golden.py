"""The golden messages: requests, and the replies that the tiny town gives, as files.

Written anew by `python -m tests.korsbaek.soap.golden` from the repository's root; look at the difference before you
commit it, since each one is a change of what goes over the wire.
"""

import tempfile
from pathlib import Path

from lxml import etree

from tests.korsbaek.soap import tiny, tiny_people
from tests.korsbaek.soap.conftest import apps_of
from tests.korsbaek.soap.messages import SOAP11, SOAP12, VIS, envelope, fremsoeg, lookup, paging, post, since, soeg

FOLDER = Path(__file__).parents[1] / "golden"
_PART = (
    "<sag:Sagspart><gd:ReferenceID><sd:URNIdentifikator>urn:oio:cpr-nr:"
    f"{tiny_people.ANNA}</sd:URNIdentifikator></gd:ReferenceID></sag:Sagspart>"
)
_BOTH = {name: VIS[name] for name in ("SoegSag", "SoegDokument")}
_MONEY = {name: VIS[name] for name in ("SoegBevillingIndeks", "SoegOekonomiskEffektueringIndeks")}
_DELTA = paging(0, 500) + since("2026-03-03T00:00:00+01:00")
_SAG = soeg("SoegSag", _PART, head=paging(0, 50))
_BY_CPR = fremsoeg("sdi", _SAG, {"SoegSag": "fremdrift sagspart"})
_ALL = fremsoeg("sdi", soeg("SoegSag", head=_DELTA) + soeg("SoegDokument", head=_DELTA), _BOTH)
_GRANTS = soeg("SoegBevillingIndeks", head=_DELTA) + soeg("SoegOekonomiskEffektueringIndeks", head=_DELTA)

REQUESTS: dict[str, tuple[str, str, bytes]] = {
    "cpr_person": ("cpr", "text/xml", envelope(lookup(tiny_people.ANNA), transaction=None)),
    "cpr_former_number": ("cpr", "text/xml", envelope(lookup(tiny_people.ANNA_BEFORE), transaction=None)),
    "cpr_child": ("cpr", "text/xml", envelope(lookup(tiny_people.CARL), transaction=None)),
    "cpr_dead": ("cpr", "text/xml", envelope(lookup(tiny_people.DORA), transaction=None)),
    "cpr_emigrated": ("cpr", "text/xml", envelope(lookup(tiny_people.BENT), transaction=None)),
    "cpr_not_found": ("cpr", "text/xml", envelope(lookup("0000000000"), transaction=None)),
    "cpr_other_authority": ("cpr", "text/xml", envelope(lookup(tiny_people.ANNA, "22222222"), transaction=None)),
    "sdi_delta": ("sdi", "text/xml", envelope(_ALL)),
    "sdi_by_cpr_soap11": ("sdi", "text/xml", envelope(_BY_CPR)),
    "sdi_by_cpr_soap12": ("sdi", "application/soap+xml", envelope(_BY_CPR, SOAP12)),
    "sdi_by_cpr_hybrid": ("sdi", "application/soap+xml", envelope(_BY_CPR, SOAP11)),
    "sdi_no_filter": ("sdi", "text/xml", envelope(fremsoeg("sdi", _SAG))),
    "sdi_no_hits": ("sdi", "text/xml", envelope(fremsoeg("sdi", _SAG.replace(tiny_people.ANNA, "0000000000")))),
    "ydi_delta": ("ydi", "application/soap+xml", envelope(fremsoeg("yi", _GRANTS, _MONEY), SOAP12)),
}
"""Name: system, media type, message."""


def canonical(message: etree._Element) -> bytes:
    """A message without the blanks between elements, in canonical form."""
    parser = etree.XMLParser(remove_blank_text=True)
    bare = etree.fromstring(etree.tostring(message), parser)
    return etree.tostring(bare, method="c14n", exclusive=True)


def replies(folder: Path) -> dict[str, etree._Element]:
    """What the tiny town answers, by name."""
    town = tiny.make(folder / "tiny.db")
    try:
        apps = apps_of(town)
        return {name: post(apps[system], message, media)[2] for name, (system, media, message) in REQUESTS.items()}
    finally:
        town.close()


def write() -> None:
    """Writes every request and reply, indented for reading."""
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        for name, reply in replies(Path(folder)).items():
            for kind, message in (("request", etree.fromstring(REQUESTS[name][2])), ("reply", reply)):
                etree.indent(message)
                text = etree.tostring(message, xml_declaration=True, encoding="UTF-8")
                (FOLDER / f"{name}_{kind}.xml").write_bytes(text + b"\n")


if __name__ == "__main__":
    write()
