"""The committed messages are what goes over the wire, and they are valid by the published schemas and by our own."""

from pathlib import Path

import pytest
from lxml import etree

from korsbaek.systems.soap.service import schema
from tests.korsbaek.soap import real
from tests.korsbaek.soap.golden import FOLDER, REQUESTS, canonical, replies
from tests.korsbaek.soap.messages import body

OWN = {"cpr": "PersonBaseDataExtended", "sdi": "SagDokumentIndeks", "ydi": "YdelseIndeks"}


@pytest.fixture(scope="module")
def answered(tmp_path_factory: pytest.TempPathFactory) -> dict[str, etree._Element]:
    return replies(tmp_path_factory.mktemp("tiny"))


@pytest.mark.parametrize("name", REQUESTS)
def test_the_wire_form_is_kept(answered: dict[str, etree._Element], name: str) -> None:
    request, reply = (etree.parse(FOLDER / f"{name}_{kind}.xml").getroot() for kind in ("request", "reply"))
    assert canonical(etree.fromstring(REQUESTS[name][2])) == canonical(request)
    assert canonical(answered[name]) == canonical(reply)


def _bodies() -> list[tuple[str, etree._Element]]:
    found = []
    for name, (system, _, message) in REQUESTS.items():
        found.append((system, body(etree.fromstring(message))))
        reply = body(etree.parse(FOLDER / f"{name}_reply.xml").getroot())
        if not str(reply.tag).endswith("}Fault"):
            found.append((system, reply))
    return found


def test_valid_by_the_published_schemas(contracts: Path) -> None:
    schemas = {name: make(contracts) for name, make in real.SCHEMAS.items()}
    for system, element in _bodies():
        assert schemas[system].validate(etree.fromstring(etree.tostring(element))), schemas[system].error_log


def test_valid_by_our_own_schemas() -> None:
    for system, element in _bodies():
        own = schema(OWN[system])
        assert own.validate(etree.fromstring(etree.tostring(element))), own.error_log


def test_our_schemas_refuse_what_the_published_refuse(contracts: Path) -> None:
    """Each golden body with one element left out, doubled or emptied: both schemas say the same of it."""
    schemas = {name: make(contracts) for name, make in real.SCHEMAS.items()}
    judged = {True: 0, False: 0}
    for system, element in _bodies():
        text = etree.tostring(element)
        count = len(list(element.iter()))
        for place in range(1, count, max(1, count // 60)):
            for spoil in ("leave out", "double", "empty"):
                spoilt = etree.fromstring(text)
                target = list(spoilt.iter())[place]
                parent = target.getparent()
                assert parent is not None
                if spoil == "leave out":
                    parent.remove(target)
                elif spoil == "double":
                    parent.insert(parent.index(target), etree.fromstring(etree.tostring(target)))
                else:
                    target.text, target[:] = "", []
                verdict = schemas[system].validate(spoilt)
                assert schema(OWN[system]).validate(spoilt) is verdict, (target.tag, spoil)
                judged[verdict] += 1
    assert min(judged.values()) > 100
