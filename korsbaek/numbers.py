"""National numbers that cannot belong to anyone.

Every CPR number here has a valid date that is never 1 January, and fails the modulus 11 check: numbers failing it have
been issued only for births on 1 January of certain years (CPR-kontoret, "Personnumre uden kontrolciffer"), so no such
number has been issued. Invented CVR numbers fail CVR's own modulus 11 check.
"""

from datetime import date
from random import Random

_CPR_WEIGHTS = (4, 3, 2, 7, 6, 5, 4, 3, 2, 1)
_CVR_WEIGHTS = (2, 7, 6, 5, 4, 3, 2, 1)


def passes_modulus_11(number: str) -> bool:
    """Whether a ten-digit CPR number or an eight-digit CVR number passes its check."""
    weights = _CPR_WEIGHTS if len(number) == 10 else _CVR_WEIGHTS
    return sum(weight * int(digit) for weight, digit in zip(weights, number, strict=True)) % 11 == 0


def birthday(cpr: str) -> date:
    """The date that a CPR number says, with the century of its seventh digit; ValueError when there is none."""
    day, month, year, seventh = int(cpr[:2]), int(cpr[2:4]), int(cpr[4:6]), int(cpr[6])
    if seventh <= 3:
        century = 1900
    elif seventh in (4, 9):
        century = 2000 if year <= 36 else 1900
    else:
        century = 2000 if year <= 57 else 1800
    return date(century + year, month, day)


class CprNumbers:
    """Hands out each invented number once."""

    def __init__(self, rng: Random, used: set[str] | None = None) -> None:
        """`used` are numbers given before."""
        self._rng = rng
        self._used = used if used is not None else set()

    def issue(self, born: date, koen: str) -> str:
        """A number for a birthday (never 1 January) and sex (K even, M odd)."""
        head = born.strftime("%d%m%y")
        while True:
            seventh = self._rng.randrange(4) if born.year < 2000 else self._rng.choice((4, 5, 6, 7, 8, 9))
            last = self._rng.randrange(5) * 2 + (koen == "M")
            number = f"{head}{seventh}{self._rng.randrange(100):02d}{last}"
            if number not in self._used and not passes_modulus_11(number):
                self._used.add(number)
                return number


def company_number(rng: Random) -> str:
    """An invented CVR number."""
    while True:
        number = str(rng.randrange(10_000_000, 99_999_999))
        if not passes_modulus_11(number):
            return number
