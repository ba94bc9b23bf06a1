"""Personal data made into stable invented data: what is not known to be harmless is replaced.

Harmless are words that the connector's own code names (states, roles, types), field names of its sheets, times, numbers
of fewer than eight digits, KLE numbers, true, false and null. Everything else becomes something invented of the same
form: the same value the same one, in every reply of one installation (the salt comes from its key), and nobody can go
back without the key. Elements and fields that the connector does not know are left out altogether.
"""

import base64
import binascii
import re
from datetime import date, timedelta
from hashlib import blake2b
from random import Random
from typing import Any
from urllib.parse import unquote

import msgspec
from lxml import etree

from connectors.errors import RecordError
from connectors.identifiers import cpr
from connectors.soap_faults import UNKNOWN_PERSON
from connectors.soap_xml import tree
from helhed.kit.invented import of_nobody

FORNAVNE = (
    "Alma",
    "Bo",
    "Clara",
    "Ditte",
    "Emil",
    "Freja",
    "Gustav",
    "Hanne",
    "Ida",
    "Jonas",
    "Karla",
    "Lærke",
    "Øjvind",
)
EFTERNAVNE = ("Bjerg", "Dal", "Eng", "Fjord", "Grøn", "Holm", "Kær", "Lund", "Mose", "Næs", "Skov", "Strand", "Ås")
ORD = (
    "møde",
    "samtale",
    "brev",
    "aftale",
    "ansøgning",
    "opfølgning",
    "svar",
    "tilsyn",
    "plan",
    "afgørelse",
    "om",
    "og",
    "efter",
)
VEJE = ("Engvej", "Strandgade", "Mosevej", "Kærsangervej", "Skovstien")
NAVN = re.compile(r"navn|name$|owner$|author$|user$|bruger$|behandler$|contact$|person$", re.I)
STED = re.compile(r"adr|vej|street|husn|etage|floor|doer|door|postn|postd|postal|postc|zip|city|by$|lokalitet", re.I)
FOEDT = re.compile(r"foed|født|birth|alder", re.I)
TID = re.compile(r"\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?)?(Z|[+-]\d{2}:?\d{2})?")
UUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
KLE = re.compile(r"(\d{2}(?:\.\d{2}){0,2}(?:-[A-ZÆØÅ]\d{2})?)(-\d{1,6}-\d{2,4})?")
NUMBER = re.compile(r"[+-]?\d{1,7}([.,]\d{1,6})?")
ADDRESS = re.compile(r"https?://[^/?#]+")
IN_TEXT = re.compile(r"\d{6}-?\d{4}|\d{8,}")


class Mask:
    """Masks the replies of one vendor."""

    def __init__(self, salt: bytes, keep: frozenset[str] = frozenset(), own: frozenset[str] = frozenset()) -> None:
        """`keep`: words that are harmless, but in fields of names and places; `own`: those that are so there too."""
        self._salt, self._keep, self._own = salt, keep, own
        self._uuids = {k.lower() for k in keep if len(k) == 36}

    def reply(self, body: bytes, kind: str) -> bytes:
        """A reply's body, by its media type; what is neither JSON nor XML becomes a text."""
        if "xml" in kind:
            return self.xml(body)
        try:
            return msgspec.json.encode(self.json(msgspec.json.decode(body)))
        except (msgspec.DecodeError, UnicodeDecodeError):
            return self.text(body.decode("latin-1"), "").encode()

    def json(self, value: Any, name: str = "") -> Any:
        """A JSON value; `name` is its field's."""
        if isinstance(value, dict):
            return {k: self.json(v, k) for k, v in value.items() if k in self._keep}
        if isinstance(value, list):
            return [self.json(v, name) for v in value]
        if isinstance(value, str):
            return self.text(value, name)
        if isinstance(value, int | float) and not isinstance(value, bool):
            digits = str(value)
            if isinstance(value, int) and (len(digits.lstrip("-")) >= 8 or STED.search(name)):
                return int(self._digits(digits.lstrip("-")))
            return value
        return value

    def xml(self, body: bytes) -> bytes:
        """An XML document; comments and instructions are gone."""
        root = tree(body)
        for element in root.iter():
            name = etree.QName(element).localname
            element.text = self.text(element.text, name) if element.text and element.text.strip() else element.text
            element.tail = self.text(element.tail, name) if element.tail and element.tail.strip() else element.tail
            for attribute, value in element.attrib.items():
                element.set(attribute, self.text(str(value), etree.QName(attribute).localname))
        return etree.tostring(root, xml_declaration=True, encoding="UTF-8")

    def text(self, value: str, name: str) -> str:
        """A text of the same form; `name` is its field's."""
        bare = value.strip()
        person = bool(NAVN.search(name) or STED.search(name))
        if not bare or bare in (self._own if person else self._keep) or bare.lower() in ("true", "false"):
            return value
        if UNKNOWN_PERSON.search(bare):
            return "PNR NOT FOUND"
        prefix, colon, rest = bare.rpartition(":")
        if colon and prefix.startswith("urn:"):
            return f"{prefix}:{self.text(rest, name)}"
        if colon and rest in self._keep and re.fullmatch(r"[\w-]{1,20}", prefix) and not prefix.isdigit():
            return value
        if number := self._cpr(bare):
            return f"{number[:6]}-{number[6:]}" if "-" in bare else number
        if TID.fullmatch(bare):
            return self._day(bare[:10]) + bare[10:] if FOEDT.search(name) else value
        if UUID.fullmatch(bare):
            return value if bare.lower() in self._uuids else self._uuid(bare)
        if STED.search(name) and bare.isdigit():
            return self._digits(bare)
        if NUMBER.fullmatch(bare):
            return value
        if (found := KLE.fullmatch(bare)) and "." in bare:
            return found[1] + (re.sub(r"\d+", lambda m: self._digits(m[0]), found[2]) if found[2] else "")
        if bare.isdigit():
            return self._digits(bare)
        return self._words(bare, name)

    def key(self, value: str) -> str:
        """A key that a stream is asked for, which replies hold too."""
        return self.text(value, "")

    def url(self, value: str) -> str:
        """An address: its host stays, the segments of its path and its query are masked one by one."""
        origin = ADDRESS.match(value)
        head = origin[0] if origin else ""
        parts = re.split(r"([/?&=;,#]+)", value[len(head) :])
        return head + "".join(p if n % 2 or not p else self._segment(unquote(p)) for n, p in enumerate(parts))

    def _segment(self, part: str) -> str:
        if part in self._keep or re.fullmatch(r"\d{1,7}|v\d{1,3}", part):
            return part
        masked = self.text(part, "")
        return re.sub(r"[^\w.-]", "-", masked) if masked != part else part

    def _words(self, bare: str, name: str) -> str:
        if ADDRESS.match(bare):
            return self.url(bare)
        rng = self._rng(bare)
        if "@" in bare:
            return f"post{rng.randrange(10**6)}@korsbaek.invalid"
        if re.fullmatch(r"[+\d][\d ()/-]{6,}", bare):
            return re.sub(r"\d", lambda m: str(rng.randrange(10)), f"99{bare[2:]}")
        if (decoded := _base64(bare)) is not None:
            return base64.b64encode(self._sentence(decoded, self._rng(decoded)).encode()).decode()
        if STED.search(name):
            return f"{rng.choice(VEJE)} {rng.randrange(1, 99)}" if " " in bare else rng.choice(VEJE)
        if NAVN.search(name):
            words = len(bare.split())
            first = [rng.choice(FORNAVNE) for _ in range(max(1, words - 1))]
            return " ".join([*first, rng.choice(EFTERNAVNE)] if words > 1 else first)
        return self._sentence(bare, rng)

    def _sentence(self, text: str, rng: Random) -> str:
        said = " ".join(rng.choice(ORD) for _ in range(min(40, max(1, len(text.split())))))
        whole = f"{said} {rng.randrange(10**4)}"
        return f"<p>{whole}</p>" if text.lstrip().startswith("<") else whole

    def _cpr(self, text: str) -> str:
        """A number of nobody for a CPR number; empty for what is none."""
        try:
            number = cpr(text, "")
        except RecordError:
            return ""
        rng, born = self._rng(number), self._day(_iso(number))
        head = f"{born[8:10]}{born[5:7]}{born[2:4]}"
        century = "0" if born < "2000" else "4" if born < "2037" else "5"
        while True:
            made = f"{head}{century}{rng.randrange(1000):03d}"
            if of_nobody(made):
                return made

    def _day(self, day: str) -> str:
        """Another birthday near by, never 1 January: the same for the number and for the date of birth."""
        try:
            moved = date.fromisoformat(day) + timedelta(days=self._rng(day).randrange(-400, -30))
        except (ValueError, OverflowError):
            return "1950-02-02"
        while (moved.month, moved.day) == (1, 1) or moved.year < 1900:
            moved += timedelta(days=1) if moved.year >= 1900 else timedelta(days=36525)
        return moved.isoformat()

    def _digits(self, digits: str) -> str:
        rng = self._rng(digits)
        made = str(rng.randrange(1, 10)) + "".join(str(rng.randrange(10)) for _ in digits[1:])
        return made if made != digits else self._digits(made)

    def _uuid(self, value: str) -> str:
        made = f"{self._rng(value.lower()).getrandbits(128):032x}"
        return f"{made[:8]}-{made[8:12]}-4{made[13:16]}-8{made[17:20]}-{made[20:]}"

    def _rng(self, value: str) -> Random:
        return Random(blake2b(value.encode("utf-8", "surrogatepass"), key=self._salt[:64], digest_size=16).digest())


def _iso(number: str) -> str:
    day, seventh, year = int(number[:2]), int(number[6]), int(number[4:6])
    recent = (seventh in (4, 9) and year <= 36) or (seventh in (5, 6, 7, 8) and year <= 57)
    return f"{'20' if recent else '19'}{year:02d}-{number[2:4]}-{day - 60 if day > 60 else day:02d}"


def _base64(text: str) -> str | None:
    packed = "".join(text.split())
    if len(packed) < 12 or len(packed) % 4 or " " in text:
        return None
    try:
        return base64.b64decode(packed, validate=True).decode("utf-8")
    except (binascii.Error, UnicodeDecodeError, ValueError):
        return None


__all__ = ["Mask"]
