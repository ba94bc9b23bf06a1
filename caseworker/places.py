"""How a place may be written: one pattern for an address as a source has it and as people write it in other texts.

Read alike: capitals; composed and decomposed letters; `aa` and `å`, `oe` and `ø`, `ae` and `æ`; words abbreviated with
a point (`Nørreg.`, `Chr. Winthers Vej`) or by what Danish addresses always shorten (`Sdr`, `Gl`, `Skt`), on either
side; words run together or apart. A text that is taken for a place by mistake is hidden: that mistake does no harm.
"""

import re
import unicodedata
from typing import NamedTuple

SHORT = {
    "sønder": ("sdr",), "søndre": ("sdr",), "nørre": ("nr", "nrr", "ndr"), "nordre": ("ndr",), "vester": ("v", "vstr"),
    "vestre": ("v", "vstr"), "øster": ("ø", "østr"), "østre": ("ø",), "store": ("st", "str"), "lille": ("ll",),
    "gammel": ("gl", "gml"), "gamle": ("gl", "gml"), "sankt": ("skt", "sct", "st"), "doktor": ("dr",),
    "kongens": ("kgs",),
    "christian": ("chr",), "professor": ("prof",), "boulevard": ("blvd", "boul"), "gade": ("gd",), "stræde": ("str",),
    "plads": ("pl", "pls"), "alle": ("allé", "al"), "allé": ("alle", "al"),
}  # fmt: skip
"""What Danish addresses shorten without it being the beginning of the word."""

NUMBER = r"(?:[\s,]*(?:nr\.?\s*)?\d+\s?[a-zæøå]?\b(?:[,\s]+(?:st|kl|\d+)\.?\s?(?:sal)?(?:\s?(?:tv|th|mf|\d+)\b\.?)?)?)?"
_SAME = {
    "å": "(?:å|aa)", "ø": "(?:ø|ö|oe)", "æ": "(?:æ|ä|ae)", "ö": "(?:ø|ö|oe)", "ä": "(?:æ|ä|ae)", "ü": "(?:ü|u|y)",
    "é": "[ée]", "è": "[èe]", "ë": "[ëe]",
}  # fmt: skip
_FLOOR = re.compile(r"(?i)(\d+|st|kl|mf|tv|th)\b\.?(\s*(sal|tv|th|mf|\d+)\b\.?)*")
_END = re.compile(r"(vej|gade|all[eé]|stræde|plads|torv|boulevard)$")
_ROAD = re.compile(r"^(.*?[^\W\d].*?)\s*\b\d+\s?[a-zæøå]?\b", re.I)
_TOWN = re.compile(r"^\s*\d{4}\s+\w")


class Sted(NamedTuple):
    """What can be recognised of an address: roads, and texts that are a place as a whole."""

    veje: tuple[str, ...]
    hele: tuple[str, ...]


def composed(text: str) -> str:
    """The text with letters and their marks as one character (NFC), and every blank the same."""
    return re.sub(r"[\u00a0\u2000-\u200b\u202f]", " ", unicodedata.normalize("NFC", text))


def of_text(tekst: str) -> Sted:
    """The road and the other parts of an address that was sent as one text."""
    veje, hele = [], [tekst]
    for part in (p.strip() for p in re.split(r"[,;\n]", composed(tekst))):
        road = None if _TOWN.match(part) else _ROAD.match(part)
        if road:
            veje.append(road[1].strip())
        elif len(part) > 3 and not _FLOOR.fullmatch(part):
            hele.append(part)
    return Sted(tuple(veje), tuple(hele))


def pattern(place: str) -> str:
    """A regular expression, to be read without regard to case, for every way in which the place may be written."""
    words = re.findall(r"[^\W_]+\.?", composed(place).lower())
    alone = len(words) == 1
    return r"\b" + r"[\s.\-]*".join(_word(w, alone) for w in words) if words else ""


def _word(word: str, alone: bool) -> str:
    """One word: itself, or shortened; one that is itself shortened stands for every longer one."""
    stem = word.rstrip(".")
    if stem.isdigit():
        return rf"{stem}\b\.?"
    if word.endswith(".") or (not alone and _is_short(stem)):
        return r"\w*".join(_letters(c) for c in stem) + r"\w*\.?"
    base = _END.sub("", stem)
    least = min(max(4, (len(stem) + 1) // 2), len(base) + 1) if alone else 1
    ways = [rf"{_letters(base)}[\s\-]?{_letters(stem[len(base) :])}" if len(base) > 2 else _letters(stem)]
    ways += [rf"{_letters(base)}\s?{_letters(short)}\b\.?" for short in SHORT.get(stem[len(base) :], ()) if base]
    ways += [rf"{_letters(stem[:end])}\." for end in range(len(stem) - 1, least - 1, -1)]
    ways += [rf"{_letters(short)}\b\.?" for short in SHORT.get(stem, ()) if not alone]
    for start, shorts in SHORT.items():
        rest = stem.removeprefix(start)
        if rest != stem and len(rest) > 2:
            ways += [rf"{_letters(short)}\.?\s?{_word(rest, False)}" for short in shorts]
    return f"(?:{'|'.join(ways)})"


def _is_short(stem: str) -> bool:
    told = any(stem in shorts for shorts in SHORT.values()) and stem not in SHORT
    return told or (1 < len(stem) < 5 and not re.search("[aeiouyæøåé]", stem))


def _letters(text: str) -> str:
    """The letters, each in every way that it is written."""
    text = text.replace("aa", "å").replace("oe", "ø").replace("ae", "æ")
    return "".join(_SAME.get(c, re.escape(c)) for c in text)
