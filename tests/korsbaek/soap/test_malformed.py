"""What is wrong in the town goes out as it is: valid by the schema, malformed or against the guide all the same."""

from collections.abc import Iterator
from typing import Any

import pytest
from lxml import etree

from korsbaek.model import Bevilling, Dokument, Effektuering, Fejl, Person, Sag
from korsbaek.town import Town
from tests.korsbaek.soap.conftest import Apps
from tests.korsbaek.soap.messages import VIS, ask, body, envelope, fremsoeg, lookup, post, soeg

INDEXED = {
    "SoegSag": ("sdi", "sdi", "sdi:SagUuid", Sag),
    "SoegDokument": ("sdi", "sdi", "sdi:DokumentUuid", Dokument),
    "SoegBevillingIndeks": ("ydi", "yi", "yi:BevillingUuid", Bevilling),
    "SoegOekonomiskEffektueringIndeks": ("ydi", "yi", "yi:OekonomiskEffektueringUuid", Effektuering),
}


def values(answer: etree._Element, felt: str) -> list[str | None]:
    """The texts at the end of a path of local names, in document order."""
    found = [answer]
    for local in felt.split("/"):
        found = [child for node in found for child in node if str(child.tag).endswith(f"}}{local}")]
    return [node.text for node in found]


def wrong(fejl: list[Fejl], system: str) -> Iterator[Fejl]:
    return (fault for fault in fejl if fault.system == system)


@pytest.mark.parametrize("name", INDEXED)
def test_a_fault_of_an_index(soap_town: Town, apps: Apps, name: str) -> None:
    system, prefix, uuid, kind = INDEXED[name]
    seen = 0
    record: Any
    for record in soap_town.each(kind, "true"):
        for fault in wrong(record.fejl, system):
            named = f"<{uuid}>{record.uuid}</{uuid}>"
            answer = ask(apps[system], fremsoeg(prefix, "", {name: VIS[name]}, before=named))
            newest = [node for node in answer[-1] if str(node.tag).endswith("}Registrering")][-1]
            found = values(newest, fault.felt)
            assert found[:1] == ([fault.vaerdi] if fault.vaerdi is not None else [])
            seen += 1
    assert seen


def test_a_fault_of_the_register(soap_town: Town, apps: Apps) -> None:
    seen = 0
    for person in soap_town.each(Person):
        for fault in wrong(person.fejl, "cpr"):
            found = values(ask(apps["cpr"], lookup(person.cpr)), fault.felt)
            assert found[:1] == ([fault.vaerdi] if fault.vaerdi is not None else [])
            seen += 1
    assert seen


def test_what_breaks_the_guide_is_there(soap_town: Town, apps: Apps) -> None:
    """A case without an owner, and one with an Organisation as the actor of a Virkning."""
    request = fremsoeg("sdi", soeg("SoegSag"), {"SoegSag": "sagsaktoer"})
    answer = body(post(apps["sdi"], envelope(request))[2])
    text = etree.tostring(answer).decode()
    newest = [b[-1] for b in answer if str(b.tag).endswith("FiltreretOejebliksbillede")]
    owned = [r for r in newest if b"urn:oio:cvr-nr:11111111" in etree.tostring(r)]
    assert 0 < len(owned) < len(newest)
    assert "<sd:AktoerTypeKode>Organisation</sd:AktoerTypeKode>" in text
