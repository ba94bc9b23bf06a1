"""What a further system's contract offers, as its `records.py` says it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal


@dataclass(frozen=True)
class Stream:
    """One stream of a further system."""

    contract: str
    """What it can reveal, in words."""
    asked: bool | Literal["cvr"] = False
    """It is asked by CPR number (or by CVR number): only citizens (companies) whom listed systems name can be found."""
    removals: Literal["pull", "reconciliation", "never"] = "pull"
    """What shows that a record is gone: the next pull, a pass over all keys, or nothing."""
    kinds: tuple[str, ...] = ()
    """Kinds of records on the shelf that it delivers; none: the kind of its own name."""
    mended: Callable[[dict[str, Any], str], str] | None = None
    """For contracts with changes: writes the instant of mending into a body, gives its new `changed`."""
