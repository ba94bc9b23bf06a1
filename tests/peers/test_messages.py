"""A message that cannot be read is never said to be well received: it is kept as it came, and those after it pass."""

from uuid import uuid4

import requests

from connectors.contract import Shape
from sync.incidents import review
from sync.refresh import handle_inbox
from sync.sealing import unseal
from tests.sync.conftest import Hub
from tests.sync.test_inbox import UUID, door, envelope
from tests.sync.vendor import Vendor, sager

__all__ = ["door"]


def test_a_malformed_message_is_refused_kept_whole_and_in_nobodys_way(hub: Hub, vendor: Vendor, door: str) -> None:
    hub.source("sag", vendor, sager(Shape.CHANGED))
    good = envelope(UUID.format(uuid=uuid4()))
    broken = envelope().replace(b"BeskedId>", b"BeskedNr>")
    for body, kode in ((broken, 40), (good, 20), (broken, 40), (b"\xff\xfe<", 40)):
        reply = requests.post(door, data=body, timeout=10)
        assert f"<sd:StatusKode>{kode}</sd:StatusKode>" in reply.text
    kept = hub.rows("select body, parked from inbox where parked is not null order by received")
    assert [unseal(bytes(body)) for body, _ in kept] == [broken, b"\xff\xfe<"], "once each, byte for byte"
    assert all(why and "\n" not in why for _, why in kept)
    handled = handle_inbox()
    assert (handled.messages, handled.parked) == (1, 0)
    assert hub.one("select count(*) from inbox where parked is not null") == 2
    review("sag")
    opened = hub.rows("select line from incident where kind = 'messages' and closed is null")
    assert len(opened) == 1 and "2 messages are parked" in opened[0][0]
