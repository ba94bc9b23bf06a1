"""What is sent for a token, what answers, and what it opens keep the published schemas."""

from pathlib import Path

import pytest
from lxml import etree

from tests.connectors.idws.scene import SYSTEMS, Scene, knock
from tests.korsbaek.published import SIGNATURE, Judge


@pytest.fixture
def judge(contracts: Path, monkeypatch: pytest.MonkeyPatch) -> Judge:
    """Hears every message from now on."""
    found = Judge(contracts)
    found.sit(monkeypatch)
    return found


def test_every_message_of_the_soap_door_and_of_what_it_opens(scene: Scene, judge: Judge) -> None:
    """Bodies by the schema of their service, and every signature: ours, the token's own, and those of the replies."""
    for system in SYSTEMS:
        knock(scene.open(system), system)
    assert judge.refused == []
    asked, told = (judge.seen["sts", f"RequestSecurityToken{end}"] for end in ("", "ResponseCollection"))
    assert asked == told == len(SYSTEMS)
    assert {service for service, _ in judge.seen} >= {"sdi", "ydi", "cpr", "cvr", "sts", "signature"}
    assert judge.seen["signature", "Body"] == told, "each token is signed"
    assert judge.seen["signature", "Header"] >= 4 * len(SYSTEMS), "question and answer, of the token and with it"


@pytest.mark.parametrize("lacking", ["SignedInfo", "SignatureValue", "DigestValue"])
def test_a_signature_that_lacks_a_part_is_refused(scene: Scene, judge: Judge, lacking: str) -> None:
    sent: list[bytes] = []
    hear = judge.hear
    judge.hear = sent.append  # type: ignore[method-assign]
    knock(scene.open())
    message = etree.fromstring(next(one for one in sent if b"RequestSecurityTokenResponseCollection" in one))
    hear(etree.tostring(message))
    assert judge.refused == []
    part = next(message.iter(f"{{{SIGNATURE}}}{lacking}"))
    above = part.getparent()
    assert above is not None
    above.remove(part)
    hear(etree.tostring(message))
    assert [line.partition(":")[0] for line in judge.refused] == ["signature Signature"]
