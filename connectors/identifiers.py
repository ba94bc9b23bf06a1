"""National numbers and keys as the vendors write them, made equal; a wrong one raises RecordError naming the field."""

import re
from datetime import date
from functools import lru_cache
from uuid import UUID

from connectors.errors import RecordError

LONGEST_UUID = len("urn:uuid:") + 36
"""Characters of a UUID, however it is written."""
_CPR = re.compile(r"(\d{2})(\d{2})(\d{2})[- ]?(\d)(\d{3})", re.ASCII)


def cpr(value: object, field: str) -> str:
    """Ten digits of a CPR number, written with or without a dash or as urn:oio:cpr-nr.

    Modulus 11 is not asked for (numbers without it are issued since 2007); the day may have 60 added
    (administrative numbers). The date must exist in the century that the seventh digit gives.
    """
    if not isinstance(value, str):
        raise RecordError(field, "no CPR number")
    found = _CPR.fullmatch(value.removeprefix("urn:oio:cpr-nr:").strip())
    if not found:
        raise RecordError(field, "not a CPR number of ten digits")
    day, month, year, seventh = (int(found[i]) for i in range(1, 5))
    try:
        date(_century(seventh, year) + year, month, day - 60 if day > 60 else day)
    except ValueError:
        raise RecordError(field, "the CPR number begins with a date that does not exist") from None
    return "".join(found.groups())


def _century(seventh: int, year: int) -> int:
    """Century of birth by the seventh digit (CPR-kontoret, "Personnummeret i CPR")."""
    if seventh <= 3:
        return 1900
    if seventh in (4, 9):
        return 2000 if year <= 36 else 1900
    return 2000 if year <= 57 else 1800


def cvr(value: object, field: str) -> str:
    """Eight digits of a CVR number, also as urn:oio:cvr-nr."""
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    text = value.removeprefix("urn:oio:cvr-nr:").strip() if isinstance(value, str) else ""
    if not re.fullmatch(r"\d{8}", text, re.ASCII):
        raise RecordError(field, "not a CVR number of eight digits")
    return text


def uuid(value: object, field: str) -> UUID:
    """A UUID; the empty one (all zeros) is refused, since vendors send it for 'none'."""
    try:
        found = _uuid(value) if isinstance(value, str) and len(value) <= LONGEST_UUID else UUID(int=0)
    except ValueError:
        found = UUID(int=0)
    if found.int == 0:
        raise RecordError(field, "not a UUID")
    return found


@lru_cache(maxsize=4_096)
def _uuid(text: str) -> UUID:
    """The same few units and users stand in thousands of records. What is no UUID is not kept."""
    return UUID(text)
