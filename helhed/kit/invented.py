"""Numbers that can belong to nobody: valid dates, modulus 11 fails, never 1 January (README, "Two commands").

Since 2007 numbers without modulus 11 are issued for births on 1 January only (CPR-kontoret).
"""

import re
from collections.abc import Iterable

from connectors.errors import RecordError
from connectors.identifiers import cpr

WEIGHTS = (4, 3, 2, 7, 6, 5, 4, 3, 2, 1)
_NUMBER = re.compile(rb"(?<![\w-])(?<!:)(?<!: )\d{6}-?\d{4}(?![\w-])")
"""Not the bare numbers of JSON, which are vendors' own ids: a CPR number that begins with 0 cannot be one."""


def of_nobody(number: str) -> bool:
    """Whether ten digits with a valid date can have been issued to nobody."""
    return sum(int(d) * w for d, w in zip(number, WEIGHTS, strict=True)) % 11 != 0 and number[:4] != "0101"


def numbers(texts: Iterable[bytes], more: Iterable[str] = ()) -> set[str]:
    """What reads as a CPR number, ten digits each."""
    found = {m.decode() for text in texts for m in _NUMBER.findall(text)} | {m for m in more if m.isdigit()}
    good = set()
    for number in found:
        try:
            good.add(cpr(number, ""))
        except RecordError:
            continue
    return good


__all__ = ["numbers", "of_nobody"]
