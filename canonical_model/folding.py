"""How names are folded for search and sorted in Danish order; the same in SQL (consolidation) and here (queries)."""

import re
import unicodedata

_PAIRS = {"æ": "ae", "ø": "oe", "å": "aa", "ö": "oe", "ä": "ae", "ü": "u", "ß": "ss", "đ": "d", "ł": "l"}


def _in_sql() -> str:
    text = "normalize(coalesce({text}, ''), NFC)"
    for letter, pair in _PAIRS.items():
        for form in dict.fromkeys((letter, letter.upper())):
            text = f"replace({text}, '{form}', '{pair}')" if len(form) == 1 else text
    bare = f"lower(regexp_replace(normalize({text}, NFKD), '[\u0300-\u036f]', '', 'g'))"
    return f"btrim(regexp_replace({bare}, '[^[:alnum:]]+', ' ', 'g'))"


FOLD = _in_sql()
"""SQL: lower case, Danish letters as two, no accents, words parted by one space. Takes `text`."""

SORT = (
    "replace(replace(replace(replace(lower(translate({text}, 'ÆØÅÄÖÜÉÈ', 'æøåäöüéè')), 'å', '~c'), 'aa', '~c'),"
    " 'ø', '~b'), 'æ', '~a')"
)
"""SQL: a key that sorts in Danish order (ae, oe, aa after z) in the C collation. Takes `text`."""

_LETTERS = str.maketrans(_PAIRS)


def fold(text: str) -> str:
    """What a search is folded to before it is compared with navn_ord and adresse_ord; equals FOLD."""
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFC", text).lower().translate(_LETTERS))
    return " ".join(re.findall(r"[^\W_]+", "".join(c for c in plain if not unicodedata.combining(c))))
