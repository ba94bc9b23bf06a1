"""Row 6: a reply of Sag objects to drafts, ours against zeep's objects; python -m benchmarks.soap REPLY prints JSON."""

import io
import json
import sys
import time
from collections import Counter
from pathlib import Path
from statistics import median
from typing import Any

import requests
import zeep
from lxml import etree
from zeep.wsdl.bindings.soap import Soap12Binding

from connectors import soap_xml
from connectors.contract import Access
from connectors.errors import RecordError
from connectors.oio_indeks import Indeks
from connectors.sags_dokumentindeks import CONNECTOR, SAGER
from korsbaek.systems.sdi import PATH, app
from korsbaek.systems.soap.service import WSDL
from korsbaek.town import Town

URL = f"http://127.0.0.1:1{PATH}"
ROUNDS = 5


class Canned(requests.adapters.BaseAdapter):
    """A network of one reply; or, without one, of the index of a town, which it keeps."""

    def __init__(self, reply: bytes | None, town: Town | None = None) -> None:
        super().__init__()
        self.reply = reply
        self._index = app(town, {"url": URL, "page": 1000}) if town else None

    def send(self, request: requests.PreparedRequest, *args: Any, **kwargs: Any) -> requests.Response:
        """The reply."""
        if self._index is not None:
            asked = request.body if isinstance(request.body, bytes) else str(request.body).encode()
            self.reply = b"".join(self._index({
                "REQUEST_METHOD": "POST", "PATH_INFO": PATH, "CONTENT_LENGTH": str(len(asked)),
                "CONTENT_TYPE": request.headers.get("Content-Type", ""), "wsgi.input": io.BytesIO(asked),
            }, lambda status, headers: None))  # fmt: skip
        answer = requests.Response()
        answer.status_code, answer._content = 200, self.reply
        answer.headers["Content-Type"] = "application/soap+xml; charset=utf-8"
        answer.url, answer.request = str(request.url), request
        return answer

    def close(self) -> None:
        """Nothing to let go."""


def door(network: Canned) -> Indeks:
    """Our door to the index, over that network."""
    indeks = CONNECTOR.open(Access(url=URL))
    indeks.api.session.mount("http://", network)
    return indeks


def render(town: Town, number: int) -> bytes:
    """A reply of so many Sag objects with everything that we ask for."""
    network = Canned(None, town)
    door(network).page(SAGER, SAGER.vis, FoersteResultatReference=0, MaksimalAntalKvantitet=number)
    assert network.reply is not None
    return network.reply


def ours(indeks: Indeks) -> tuple[float, Counter[str], int]:
    """Seconds of CPU from the call to drafts; drafts by table; bytes that would be landed."""
    stream, drafts, size = CONNECTOR.streams[0], Counter[str](), 0
    began = time.process_time()
    for record, _ in indeks.page(SAGER, SAGER.vis, FoersteResultatReference=0, MaksimalAntalKvantitet=1000):
        size += len(record.body)
        try:
            drafts.update(draft.table for draft in stream.translate(stream.parse(record.body)))
        except RecordError:
            drafts["refused"] += 1
    return time.process_time() - began, drafts, size


def zeeps(reply: bytes) -> tuple[float, Any]:
    """Seconds of CPU from the reply's bytes to zeep's objects, by a contract that types every element."""
    client = zeep.Client(str(WSDL / "SagDokumentIndeks.wsdl"))  # type: ignore[no-untyped-call]
    binding = next(found for found in client.wsdl.bindings.values() if isinstance(found, Soap12Binding))
    answer = Canned(reply).send(requests.Request("POST", URL).prepare())
    began = time.process_time()
    found = binding.process_reply(client, binding.get("fremsoeg"), answer)  # type: ignore[no-untyped-call]
    return time.process_time() - began, found


def main(path: str) -> None:
    """Both in turns, and what both are about: as many objects, registrations, parties and journal entries."""
    reply = Path(path).read_bytes()
    mine, theirs = [], []
    for _ in range(ROUNDS):
        took, drafts, size = ours(door(Canned(reply)))
        mine.append(took)
        took, found = zeeps(reply)
        theirs.append(took)
    objects = found.body.SagFiltreretOejebliksbillede
    root = etree.fromstring(reply)
    elements = sum(1 for _ in root.iter())
    agree = sum(_same(billede, element) for billede, element in zip(objects, _billeder(root), strict=True))
    print(json.dumps({  # noqa: T201
        "ours": median(mine), "zeep": median(theirs), "ratio": median(t / m for t, m in zip(theirs, mine, strict=True)),
        "objects": len(objects), "equal": agree, "elements": elements, "bytes": len(reply), "landed": size,
        "drafts": sum(drafts.values()), "refused": drafts["refused"],
    }))  # fmt: skip


def _billeder(root: etree._Element) -> list[etree._Element]:
    return [e for e in root.iter() if soap_xml.local(str(e.tag)) == SAGER.billede]


def _same(billede: Any, element: etree._Element) -> bool:
    """Whether what we hold of an object has zeep's titles, numbers, states and references, registration by one."""
    held = soap_xml.sift(element, SAGER.sheet)[0]
    registreringer = held["Registrering"] if isinstance(held["Registrering"], list) else [held["Registrering"]]
    return [_values(r) for r in registreringer] == [_values(r) for r in _plain(billede.Registrering)]


def _plain(value: Any) -> Any:
    return zeep.helpers.serialize_object(value, dict)  # type: ignore[no-untyped-call]


WATCHED = ("Titel", "BrugervendtNoegle", "Sagsnummer", "FremdriftStatusKode", "Indeks", "Dokumenttitel")
"""Texts that zeep leaves as they are."""


def _values(value: Any) -> Counter[tuple[str, str]]:
    found: Counter[tuple[str, str]] = Counter()
    waiting: list[Any] = [value]
    while waiting:
        here = waiting.pop()
        if isinstance(here, list):
            waiting += here
        elif isinstance(here, dict):
            for name, inner in here.items():
                if name in WATCHED and isinstance(inner, str):
                    found[name, inner] += 1
                waiting.append(inner)
    return found


if __name__ == "__main__":
    main(sys.argv[1])
