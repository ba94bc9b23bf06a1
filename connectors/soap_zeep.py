"""zeep at work: builds envelopes from a local WSDL and sends them. Imported only when a connector opens (0.4 s)."""

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, Literal

import requests
import zeep
from lxml import etree
from zeep.transports import Transport
from zeep.wsdl import Document

Soap = Literal["1.1", "1.2", "hybrid"]
"""Version of the envelope; hybrid: that of 1.1 with 1.2's content type (KOMBIT's Java sample)."""
Secure = Callable[[etree._Element, dict[str, str]], tuple[etree._Element, dict[str, str]]]
"""Signs an envelope: the place of the OIO-IDWS token (rammearkitektur 5.4). Takes and gives envelope and headers."""


_SETTINGS = zeep.Settings(raw_response=True, strict=True)


class _Files(Transport):
    """Reads nothing but local files."""

    def _load_remote_data(self, url: str) -> bytes:
        raise ValueError("a WSDL leads to the network; ours stand beside their connectors")


class Door(_Files):
    """Sends without logging and without following a redirect."""

    def __init__(self, session: requests.Session, timeout: tuple[float, float]) -> None:
        super().__init__(  # type: ignore[no-untyped-call]
            session=session, timeout=timeout[1], operation_timeout=timeout[1]
        )
        self._timeouts = timeout

    def post(self, address: str, message: bytes, headers: dict[str, str]) -> requests.Response:
        """Sends one envelope."""
        return self.session.post(address, data=message, headers=headers, timeout=self._timeouts, allow_redirects=False)


class _Secured:
    """zeep's hook for what comes last before sending."""

    def __init__(self, secure: Secure | None, hybrid: bool) -> None:
        self._secure = secure
        self._hybrid = hybrid

    def apply(self, envelope: etree._Element, headers: dict[str, str]) -> tuple[etree._Element, dict[str, str]]:
        if self._hybrid:
            headers["Content-Type"] = "application/soap+xml; charset=utf-8"
        return self._secure(envelope, headers) if self._secure else (envelope, headers)

    def verify(self, envelope: etree._Element) -> None:
        """Replies are not read by zeep."""


@cache
def _contract(wsdl: Path) -> Document:
    """A WSDL as read once in this process: a connector may ask several addresses by the same one."""
    return Document(str(wsdl), _Files(), settings=_SETTINGS)  # type: ignore[arg-type, no-untyped-call]


def service(
    wsdl: Path, url: str, session: requests.Session, timeout: tuple[float, float], soap: Soap, secure: Secure | None
) -> Any:
    """The proxy of the service in `wsdl`, bound to `url`; its operations return the requests.Response."""
    client = zeep.Client(  # type: ignore[no-untyped-call]
        _contract(wsdl),
        transport=Door(session, timeout),
        settings=_SETTINGS,
        wsse=_Secured(secure, soap == "hybrid"),
    )
    wanted = "Soap12" if soap == "1.2" else "Soap11"
    binding = next(name for name in client.wsdl.bindings if name.endswith("}" + wanted))
    return client.create_service(binding, url)  # type: ignore[no-untyped-call]
