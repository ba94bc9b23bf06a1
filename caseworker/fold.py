"""Words as search compares them: lower case, Danish letters and accents folded."""

import re
import unicodedata

_LETTERS = str.maketrans(
    {"æ": "ae", "ø": "oe", "å": "aa", "ö": "oe", "ä": "ae", "ü": "u", "ß": "ss", "đ": "d", "ł": "l"}
)


def fold(text: str) -> str:
    """Lower case without accents; æ, ø, å become ae, oe, aa."""
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFC", text).lower().translate(_LETTERS))
    return "".join(c for c in plain if not unicodedata.combining(c))


def words(text: str) -> list[str]:
    """The folded words of a text: runs of letters and digits."""
    return re.findall(r"[^\W_]+", fold(text))


def prefix_query(found: list[str]) -> str:
    """Words as a tsquery of prefixes, all of which must be met."""
    return " & ".join(f"'{word}':*" for word in found)
