"""Byg og Miljoe's two services, and what is remembered between nights to read its messages by."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec
from lxml import etree

from connectors.addressing import Addressed
from connectors.contract import Access
from connectors.errors import AccessError, ContractError
from connectors.soap import SoapApi
from connectors.soap_xml import child, held, local

FIRST, LAST = datetime(2000, 1, 1, tzinfo=UTC), datetime(2099, 12, 31, tzinfo=UTC)
BESKEDFORDELER, SAGSBEHANDLING = "BeskedfordelerV2.svc", "SagsbehandlingV5.svc"
MOST = 10_000
"""More answers than this to one watermark mean that it does not move."""


@dataclass
class Known:
    """The cursor: the watermark, and which application an open case has, since messages name cases (ADR 0092)."""

    mark: str
    open: dict[str, str]

    @classmethod
    def read(cls, cursor: str | None) -> "Known | None":
        """From a cursor; None for a first time, and for one that cannot be read."""
        try:
            found = msgspec.json.decode(cursor or "null")
            return cls(str(found["mark"]), dict(found["open"])) if found and found["mark"] else None
        except (msgspec.DecodeError, KeyError, TypeError, ValueError):
            return None

    def remember(self, key: str, sag: str, is_open: bool) -> None:
        """What an application that was read says of its case."""
        if is_open and sag:
            self.open[sag] = key
        else:
            self.open.pop(sag, None)

    def written(self, mark: str) -> str | None:
        """The cursor after this night."""
        return msgspec.json.encode({"mark": mark, "open": self.open}, order="sorted").decode() if mark else None


class Bom:
    """The services, asked on behalf of one municipality."""

    def __init__(self, access: Access) -> None:
        if not access.myndighed:
            raise AccessError("the source's myndighed (CVR) is missing; Byg og Miljoe asks for it")
        self._cvr = access.myndighed
        self._beskeder, self._sager = (_service(access, name) for name in (BESKEDFORDELER, SAGSBEHANDLING))

    def beskeder(self, mark: str | None) -> tuple[str, list[dict[str, Any]]]:
        """HentBeskeder: the watermark after, and the messages since `mark` with their kind; without one no messages."""
        request: dict[str, Any] = {"MyndighedCvr": self._cvr} | ({"HighWatermark": mark} if mark else {})
        result = _result(self._beskeder, "HentBeskeder", request=request)
        listed = child(result, "Beskeder")
        after = child(result, "HighWatermark")
        found = [held(e) for e in (listed if listed is not None else ()) if local(str(e.tag)) == "Besked"]
        return (after.text or "" if after is not None else ""), found

    def changed(self, known: Known) -> tuple[str, list[str] | None]:
        """The watermark now, and the applications that messages name; None when a case in them is not remembered."""
        mark, ids, lost = known.mark, dict[str, None](), False
        for _ in range(MOST):
            after, messages = self.beskeder(mark)
            for message in messages:
                key = message.get("AnsoegningId") or known.open.get(str(message.get("SagId") or ""))
                lost |= key is None
                if key:
                    ids[str(key).lower()] = None
            if not messages or not after or after == mark:
                return after or mark, None if lost else list(ids)
            mark = after
        raise ContractError(f"{self._beskeder.where}: the watermark does not come to an end")

    def oversigt(self, first: datetime, last: datetime) -> list[str]:
        """LaesAnsoegningOversigt: ids of all applications of a period."""
        result = _result(
            self._sager,
            "LaesAnsoegningOversigt",
            fraDatoTid=first,
            tilDatoTid=last,
            myndighedCvr=self._cvr,
            sagOmraader={},
            sagTyper={},
        )
        ids = [(e.text or "").strip().lower() for e in result if local(str(e.tag)) == "string"]
        return list(dict.fromkeys(i for i in ids if i))

    def ansoegning(self, key: str) -> etree._Element:
        """LaesAnsoegning."""
        return _result(self._sager, "LaesAnsoegning", indsendelseID=key)


def _service(access: Access, name: str) -> SoapApi:
    at = replace(access, url=f"{access.url.rstrip('/')}/{name}")
    return SoapApi(at, Path(__file__).with_name("bom.wsdl"), "1.2", Addressed(at))


def _result(api: SoapApi, operation: str, **request: Any) -> etree._Element:
    reply = api.ask(operation, **request)
    found = child(reply, f"{operation}Result") if local(str(reply.tag)) == f"{operation}Response" else None
    if found is None:
        raise ContractError(f"{api.where}: {operation} is answered with something else")
    return found
