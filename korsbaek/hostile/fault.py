"""One fault of the file: what goes wrong, at which system and requests, and when."""

from datetime import UTC, date, datetime
from typing import Literal, get_args

import msgspec

Kind = Literal[
    "slow", "hang", "reset", "truncated",
    "status", "error_in_200", "token_expired",
    "half_page", "repeated_page", "endless", "empty", "duplicate_keys", "mass_deletion",
    "charset", "namespace", "missing", "renamed", "retyped", "nulls", "clock_ahead",
    "certificate_expired", "certificate_wrong_host", "client_refused",
]  # fmt: skip
"""Every way to misbehave; docs/hostile.md says what each does and where it makes sense."""
KINDS: tuple[str, ...] = get_args(Kind)
OF_THE_DOOR = ("certificate_expired", "certificate_wrong_host", "client_refused")
"""Kinds that strike a new connection, before there is a request."""
OF_A_FIELD = ("missing", "renamed", "retyped", "nulls")
"""Kinds that must name a field."""


class Fault(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What the file says of one fault. All that is left out holds always."""

    kind: Kind = "status"
    system: str = ""
    """cpr, sdi, ydi, nexus or sbsys; empty: each."""
    path: str = ""
    """Part of the request's path."""
    asking: str = ""
    """Part of the request's body: SoegDokument."""
    since: datetime | None = None
    until: datetime | None = None
    """Instants with a zone, by the machine's clock."""
    first_day: date | None = None
    last_day: date | None = None
    """Days of the town's clock, both included."""
    first: int = 1
    """Number of the first request that it strikes, of those that the conditions above pick; counted anew when the
    file changes. For kinds of the door: of the connections."""
    times: int | None = None
    """How many requests it strikes."""
    seconds: float = 2.0
    """slow: before the reply. clock_ahead: how far."""
    status: int = 503
    """status: the HTTP status."""
    retry_after: int | str | None = None
    """status: the header Retry-After."""
    code: str = "Server"
    """error_in_200, token_expired: the Fault's code at a SOAP service."""
    field: str = ""
    """The field's name, wherever it stands in a reply: a JSON key or an XML local name."""
    share: float = 0.5
    """half_page: what is kept of a page. mass_deletion: what is gone. reset, truncated: what is sent of the reply."""

    def __post_init__(self) -> None:
        """ValueError in one line when a fault makes no sense."""
        if self.kind in OF_A_FIELD and not self.field:
            raise ValueError(f"a fault of kind {self.kind} must name a field")
        if self.since and not self.since.tzinfo or self.until and not self.until.tzinfo:
            raise ValueError("since and until need a time zone")
        if not 0 <= self.share <= 1 or self.first < 1:
            raise ValueError("share lies between 0 and 1, and first is 1 or more")

    def concerns(self, system: str, path: str, body: str, day: date) -> bool:
        """Whether the conditions on system, request and time hold; the number of the request is not looked at."""
        now = datetime.now(UTC)
        return (
            self.system in ("", system)
            and self.path in path
            and self.asking in body
            and not (self.since and now < self.since)
            and not (self.until and now >= self.until)
            and not (self.first_day and day < self.first_day)
            and not (self.last_day and day > self.last_day)
        )

    def strikes(self, number: int) -> bool:
        """Whether the request of that number is struck."""
        return number >= self.first and (self.times is None or number < self.first + self.times)
