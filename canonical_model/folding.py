"""How names are folded for search and sorted in Danish order; the same in SQL (consolidation) and here (queries)."""

import re
import unicodedata

FOLD = (
    "btrim(regexp_replace(lower(regexp_replace(normalize(replace(replace(replace(replace(replace(replace("
    "coalesce({text}, ''), 'æ', 'ae'), 'Æ', 'ae'), 'ø', 'oe'), 'Ø', 'oe'), 'å', 'aa'), 'Å', 'aa'), NFD), "
    "'[\u0300-\u036f]', '', 'g')), '[^a-z0-9]+', ' ', 'g'))"
)
"""SQL: lower case, Danish letters as two, no accents, words parted by one space. Takes `text`."""

SORT = (
    "replace(replace(replace(replace(lower(translate({text}, 'ÆØÅÄÖÜÉÈ', 'æøåäöüéè')), 'å', '~c'), 'aa', '~c'),"
    " 'ø', '~b'), 'æ', '~a')"
)
"""SQL: a key that sorts in Danish order (ae, oe, aa after z) in the C collation. Takes `text`."""

_DANISH = str.maketrans({"æ": "ae", "Æ": "ae", "ø": "oe", "Ø": "oe", "å": "aa", "Å": "aa"})


def fold(text: str) -> str:
    """What a search is folded to before it is compared with navn_ord and adresse_ord; equals FOLD."""
    plain = unicodedata.normalize("NFD", text.translate(_DANISH))
    return re.sub(r"[^a-z0-9]+", " ", re.sub("[\u0300-\u036f]", "", plain).lower()).strip()
