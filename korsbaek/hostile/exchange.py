"""A request and its reply, as faults see and change them."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

from lxml import etree

from korsbaek.hostile.plan import Plan


@dataclass
class Reply:
    """What is sent, and how it is spoilt on the way."""

    status: str
    headers: list[tuple[str, str]]
    body: bytes
    hang: bool = False
    """Nothing is sent, and the connection stays open until the client goes."""
    sent: float | None = None
    """The share of the reply that leaves before the connection ends."""
    reset: bool = False
    """The connection ends with a reset instead of an orderly end."""

    @property
    def is_xml(self) -> bool:
        """By its media type."""
        return any(name.lower() == "content-type" and "xml" in value for name, value in self.headers)

    @property
    def good(self) -> bool:
        """Whether it is a 200 whose content can be changed."""
        return self.status.startswith("200")

    def document(self) -> Any:
        """The JSON of a good reply; None when it is something else."""
        try:
            return None if self.is_xml or not self.good else json.loads(self.body)
        except ValueError:
            return None

    def say(self, document: Any) -> None:
        """Other JSON."""
        self.body = json.dumps(document, ensure_ascii=False).encode()

    def tree(self) -> "etree._Element | None":
        """The XML of a good reply; None when it is something else."""
        return etree.fromstring(self.body) if self.is_xml and self.good and self.body else None

    def write(self, root: "etree._Element") -> None:
        """Other XML."""
        self.body = etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def plain(status: int, body: bytes = b"", media: str = "text/plain", **headers: str) -> Reply:
    """A reply of that status."""
    said = [("Content-Type", media), *((name.replace("_", "-"), value) for name, value in headers.items())]
    return Reply(f"{status} {HTTPStatus(status).phrase}", said, body)


@dataclass
class Exchange:
    """One request at one system."""

    system: str
    environ: dict[str, Any]
    body: bytes
    plan: Plan
    asked: Callable[["Exchange"], Reply] = field(repr=False)
    """What the sound system answers to this request or to a changed one."""
    folder: str = ""

    @property
    def path(self) -> str:
        """The request's path."""
        return str(self.environ.get("PATH_INFO", ""))

    @property
    def soap(self) -> bool:
        """Whether the request is a SOAP message."""
        return "xml" in str(self.environ.get("CONTENT_TYPE", ""))

    def with_body(self, body: bytes) -> "Exchange":
        """The same request with another body."""
        return Exchange(self.system, dict(self.environ), body, self.plan, self.asked, self.folder)
