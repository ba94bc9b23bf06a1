"""Writing to a vendor: kept apart from reading, declared per system, done once by its key, never blindly tried again.

A connector that may write has a `writing.py` with WRITES; nothing that reads imports it, and nothing here retries. A
write that was sent and not answered is UNKNOWN until the vendor is asked for it by its key (docs/kit.md).
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import Enum
from hashlib import blake2b
from typing import Any, Generic, Protocol, TypeVar

import msgspec

from connectors import registry
from connectors.contract import Access
from connectors.errors import AccessError, ContractError, TransientError

Api = TypeVar("Api")


class NotSentError(TransientError):
    """The vendor never had the write, or declined before looking at it: it may be sent another time."""


class State(Enum):
    """What is known of a write."""

    UNKNOWN = "unknown"
    """It was sent, or was about to be; whether the vendor did it must be asked."""
    DONE = "done"
    """The vendor has it."""
    REFUSED = "refused"
    """The vendor said no; it will again until a person has acted."""
    WAITING = "waiting"
    """It was not sent; another time."""


@dataclass(frozen=True, kw_only=True)
class Write:
    """One thing to be written."""

    key: str
    """The write's own, a UUID; the same key is the same write for ever."""
    objekt: str
    """The vendor's id of what is written on."""
    content: dict[str, Any]
    """What is written, in the declaration's words."""

    def mark(self) -> str:
        """Tells another content under the same key; says nothing of the content to who has not the key."""
        whole = msgspec.json.encode([self.objekt, self.content], order="deterministic")
        return blake2b(whole, digest_size=16, key=self.key.encode()[:64]).hexdigest()


@dataclass(frozen=True, kw_only=True)
class Receipt:
    """How a write stands."""

    state: State
    mark: str
    sent: datetime | None = None
    """When it was last about to be sent."""
    reference: str = ""
    """The vendor's id of what was written."""
    why: str = ""
    """One line without personal data, unless it is done."""


class Book(Protocol):
    """Where receipts are kept; `note` must have committed when it returns."""

    def found(self, key: str) -> Receipt | None:
        """The last receipt of a key."""

    def note(self, key: str, receipt: Receipt) -> None:
        """Keeps it."""


@dataclass(frozen=True, kw_only=True)
class Writing(Generic[Api]):
    """One kind of write that a vendor system takes."""

    name: str
    open: Callable[[Access], Api]
    """A door of its own: its user may be another than the reader's."""
    send: Callable[[Api, Write], str]
    """Sends exactly once; the vendor's id of what was written. NotSentError, AccessError and ContractError say that
    nothing was written; any other TransientError leaves it unknown."""
    seek: Callable[[Api, Write], str | None]
    """The vendor's id of what was written under this key; empty when there is nothing. Reads only."""
    settles: timedelta
    """After which a write that cannot be found has not happened; nought where the vendor itself refuses a second write
    under the same key."""


def writes(name: str) -> dict[str, Writing[Any]]:
    """What a connector may write, by name; nothing for most."""
    if not (registry.folder(name) / "writing.py").is_file():
        return {}
    found: tuple[Writing[Any], ...] = registry.module(name, "writing").WRITES
    return {w.name: w for w in found}


def perform(writing: Writing[Api], api: Api, write: Write, book: Book, now: datetime) -> Receipt:
    """Does a write, or goes on with one that was begun, and gives its receipt, which the book has too.

    At most one message is sent. Called again with the same key it never writes twice: what is done or refused stays so,
    what is unknown is asked for first. Raises ContractError for other content under a known key.
    """
    before = book.found(write.key)
    if before is not None and before.mark != write.mark():
        raise ContractError(f"write {writing.name}: the key stands for another content; make a new key")
    if before is not None and before.state in (State.DONE, State.REFUSED):
        return before
    receipt = before or Receipt(state=State.WAITING, mark=write.mark())
    if receipt.state is State.UNKNOWN:
        receipt = _settle(writing, api, write, receipt, now)
    if receipt.state is State.WAITING:
        # Kept before the message leaves: whatever stops us from here on, the next one asks first.
        receipt = replace(receipt, state=State.UNKNOWN, sent=now, why="sent, and not yet answered")
        book.note(write.key, receipt)
        receipt = _send(writing, api, write, receipt)
    book.note(write.key, receipt)
    return receipt


def let_try_again(key: str, book: Book) -> None:
    """A person has acted on a refusal: the same write may be sent another time."""
    before = book.found(key)
    if before is not None and before.state is State.REFUSED:
        book.note(key, replace(before, state=State.WAITING))


def _settle(writing: Writing[Api], api: Api, write: Write, receipt: Receipt, now: datetime) -> Receipt:
    """What the vendor says of a write whose fate is unknown."""
    try:
        found = writing.seek(api, write)
    except (TransientError, AccessError, ContractError) as error:
        return replace(receipt, why=f"not known, and the vendor cannot be asked: {error}")
    if found is not None:
        return replace(receipt, state=State.DONE, reference=found, why="")
    if receipt.sent is not None and now < receipt.sent + writing.settles:
        return replace(receipt, why="not there yet; it may still be on its way")
    return replace(receipt, state=State.WAITING, why="the vendor does not have it")


def _send(writing: Writing[Api], api: Api, write: Write, receipt: Receipt) -> Receipt:
    try:
        reference = writing.send(api, write)
    except NotSentError as error:
        return replace(receipt, state=State.WAITING, why=str(error))
    except (AccessError, ContractError) as error:
        return replace(receipt, state=State.REFUSED, why=str(error))
    except TransientError as error:
        return replace(receipt, why=f"not known: {error}")
    return replace(receipt, state=State.DONE, reference=reference, why="")


__all__ = ["Book", "NotSentError", "Receipt", "State", "Write", "Writing", "let_try_again", "perform", "writes"]
