"""A small index over a real socket: pages, orders and filters as the contract says; a test may make it misbehave."""

from dataclasses import dataclass, field
from datetime import datetime

from lxml import etree

from tests.connectors.soap import build
from tests.connectors.soap.server import ENV12, Answer, Sent, envelope

SD = "{urn:oio:sagdok:3.0.0}"
GO = "{urn:oio:sts:generelleoperationer:6}"


@dataclass
class Index:
    """Sager by UUID and StsTidspunkt, oldest first."""

    held: list[tuple[str, str]]
    obeys_first: bool = True
    asked: list[tuple[int, int, str | None]] = field(default_factory=list)
    """FoersteResultatReference, MaksimalAntalKvantitet and SoegStsFraTidspunkt of each request."""
    before: dict[int, "list[tuple[str, str]]"] = field(default_factory=dict)
    """What it holds from the n-th request on."""

    def __call__(self, sent: Sent) -> Answer:
        """A page."""
        self.held = self.before.get(len(self.asked), self.held)
        first = int(sent.body.findtext(f".//{SD}FoersteResultatReference") or 0)
        most = int(sent.body.findtext(f".//{SD}MaksimalAntalKvantitet") or 1000)
        fra, til = (sent.body.findtext(f".//{GO}SoegSts{e}Tidspunkt/{SD}TidsstempelDatoTid") for e in ("Fra", "Til"))
        self.asked.append((first, most, fra))
        uuids = [e.text for e in sent.body if str(e.tag).endswith("}SagUuid")]
        found = [h for h in sorted(self.held, key=lambda h: (h[1], h[0])) if self._wanted(h, fra, til, uuids)]
        first = first if self.obeys_first else 0
        return reply(*(build.sag(build.plain(sts=sts), uuid=uuid) for uuid, sts in found[first : first + most]))

    @staticmethod
    def _wanted(held: tuple[str, str], fra: str | None, til: str | None, uuids: list[str | None]) -> bool:
        at = datetime.fromisoformat(held[1])
        late = fra is None or at >= datetime.fromisoformat(fra)
        early = til is None or at < datetime.fromisoformat(til)
        return late and early and (not uuids or held[0] in uuids)


def reply(*objects: bytes, kode: int | str = 20, ns: str = ENV12) -> Answer:
    """A FremsoegSagDokumentIndeksOutput."""
    retur = f"<sd:StandardRetur><sd:StatusKode>{kode}</sd:StatusKode></sd:StandardRetur>"
    name = "sdi:FremsoegSagDokumentIndeksOutput"
    inner = f"<{name} {build.NS}>{retur}{b''.join(objects).decode()}</{name}>"
    return Answer(envelope(inner, ns))


def uuid(n: int) -> str:
    """The n-th UUID."""
    return f"00000000-0000-4000-8000-{n:012d}"


def text(element: etree._Element) -> str:
    """An element for people."""
    return etree.tostring(element, encoding="unicode")
