"""The schemas that libxml2 refuses as they are published, and the judge of what goes by."""

from collections.abc import Callable
from pathlib import Path

import pytest
from lxml import etree

from tests.korsbaek.published import Judge, klasse_7
from tests.korsbaek.soap import real


@pytest.mark.parametrize(
    ("path", "mended"),
    [
        ("sf1520-personbasedataextended/PersonBaseDataExtendedServiceMsg.xsd", real.cpr),
        ("klassifikation-klasse-7/KlasseOperationer.xsd", klasse_7),
    ],
)
def test_what_libxml2_refuses_is_mended_in_memory(
    contracts: Path, path: str, mended: Callable[[Path], etree.XMLSchema]
) -> None:
    with pytest.raises(etree.XMLSchemaParseError):
        etree.XMLSchema(etree.parse(contracts / path))
    mended(contracts)


def test_the_judge_refuses_what_the_schema_does_and_what_has_none(contracts: Path) -> None:
    judge = Judge(contracts)
    sound = (contracts / "samples" / "sf1470_fremsoeg_reply.xml").read_bytes()
    judge.hear(sound)
    assert judge.seen["sdi", "FremsoegSagDokumentIndeksOutput"] == 1 and judge.refused == []
    judge.hear(sound.replace(b"StatusKode", b"StatusKoden"))
    judge.hear(
        b'<e:Envelope xmlns:e="http://www.w3.org/2003/05/soap-envelope"><e:Body><x xmlns="u:n"/></e:Body></e:Envelope>'
    )
    assert len(judge.refused) == 2 and "no schema for {u:n}x" in judge.refused[1]
