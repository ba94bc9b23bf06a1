"""A recording of which nothing personal is left: made by reading a second time, from the masked replies of the first.

The second reading asks nobody. Its requests are what the connector asks when the vendor says masked things, so the
recording replays; and it must come to as many records and drafts as the first, or there is none.
"""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

import requests
from requests.adapters import BaseAdapter

from connectors import recording
from connectors.contract import Access, Connector
from connectors.errors import ContractError, RecordError
from connectors.recording import Index, Recorder
from connectors.replay import Scene, reply
from helhed.kit.harmless import harmless, own_words
from helhed.kit.masking import Mask

HERE = b"http://127.0.0.1"
"""Stands for the vendor's own address in what is kept."""


class _Again(BaseAdapter):
    """Gives the replies of the first reading once more, masked, in their order."""

    def __init__(self, replies: list[requests.Response], mask: Mask) -> None:
        super().__init__()
        self._replies: Iterator[requests.Response] = iter(replies)
        self._mask = mask

    def send(self, request: requests.PreparedRequest, *args: Any, **kwargs: Any) -> requests.Response:
        """The next one; its token stays, since nobody is asked with it."""
        before = next((r for r in self._replies if r.status_code != 401), None)
        if before is None or before.request.method != request.method:
            raise ContractError("the masked replies are read in another order than the vendor's; nothing is kept")
        kind = before.headers.get("Content-Type", "")
        token = b"access_token" in before.content[:2000]
        body = b'{"access_token": "a-token", "expires_in": 3600}' if token else self._mask.reply(before.content, kind)
        return reply(request, before.status_code, body, kind)

    def close(self) -> None:
        """Nothing of its own to close."""


def record(
    connector: Connector[Any], access: Access, persons: list[str], now: datetime, salt: bytes
) -> tuple[Index, dict[str, bytes]]:
    """As connectors.recording.record, with nothing personal in it. ContractError when it would not say the same."""
    keys = recording.telling(connector, connector.open(access), persons, now, 3)
    return remake(connector, access, keys, now, salt, Recorder())


def remake(
    connector: Connector[Any], access: Access, keys: dict[str, list[str]], now: datetime, salt: bytes, vendor: Recorder
) -> tuple[Index, dict[str, bytes]]:
    """The masked recording of what `vendor` gives."""
    options = {v for v in access.options.values() if isinstance(v, str)}
    own = own_words(connector.name) | options
    mask = Mask(salt, harmless(connector.name) | _steps(access) | options, own)
    recording.ask_all(connector, access, now, keys, vendor)
    other = {stream: [mask.key(k) for k in asked] for stream, asked in keys.items()}
    kept = Recorder(real=_Again(vendor.replies, mask))
    recording.ask_all(connector, access, now, other, kept)
    before = recording.index_of(vendor, access, now, keys), recording.bodies_of(vendor, access)
    index = recording.index_of(kept, access, now, other)
    bodies = {n: re.sub(_origin(access), HERE, b) for n, b in recording.bodies_of(kept, access).items()}
    found, wanted = _said(Scene(connector, index, bodies)), _said(Scene(connector, *before))
    if found != wanted:
        differ = sorted({" ".join(key) for key in (found - wanted) + (wanted - found)})
        raise ContractError(f"{connector.name}: masked, it would say something else ({', '.join(differ)}); not kept")
    return index, bodies


def _said(scene: Scene) -> Counter[tuple[str, str]]:
    """How many drafts of each kind, and how many records in quarantine by field, each stream comes to."""
    found: Counter[tuple[str, str]] = Counter()
    for stream in scene.connector.streams:
        for record in scene.read(scene.vendor(), stream.name)[stream.name]:
            try:
                found.update((stream.name, d.table) for d in stream.translate(stream.parse(record.body)))
            except RecordError as error:
                found[stream.name, error.field] += 1
    return found


def _steps(access: Access) -> frozenset[str]:
    addresses = (access.url, str(access.extra.get("token_url") or ""))
    return frozenset(step for address in addresses for step in urlsplit(address).path.split("/"))


def _origin(access: Access) -> bytes:
    parts = urlsplit(access.url)
    return re.escape(f"{parts.scheme}://{parts.netloc}").encode()


__all__ = ["record", "remake"]
