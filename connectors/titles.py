"""Titles that may be shown and logged: a CPR number in a free text is taken out before it becomes a title.

Caseworkers write numbers into titles, and some archives use the number as the title (rammearkitektur 7.7). Who the
case is about is said by its parties.
"""

import re

NUMBER = "(CPR-nummer)"
"""Stands where a number stood."""
_CPR = re.compile(r"(?<!\d)(?:[0-2]\d|3[01]|[4-9]\d)(?:0[1-9]|1[0-2])\d{2}[- ]?\d{4}(?!\d)", re.ASCII)
"""Ten digits that begin with a day (60 may be added, as for administrative numbers) and a month."""


def without_cpr(text: str) -> str:
    """The text with every CPR number replaced by words."""
    return _CPR.sub(NUMBER, text)


def is_cpr(text: str) -> bool:
    """Whether the text is a CPR number and nothing else."""
    return bool(_CPR.fullmatch(text.strip()))
