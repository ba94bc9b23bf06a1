"""Errors named for the remedy. None of them carries a vendor's reply or a citizen's data."""


class ConnectorError(Exception):
    """Something went wrong at a vendor's door; the text is one line that says what, at what, and what to do."""


class TransientError(ConnectorError):
    """Try again: the vendor was slow, busy or away."""

    def __init__(self, message: str, retry_after: float | None = None) -> None:
        super().__init__(message)
        self.retry_after = retry_after
        """Seconds that the vendor asked us to wait."""


class AccessError(ConnectorError):
    """A person must act: a certificate, secret or agreement is refused."""

    def __init__(self, message: str, token: bool = False) -> None:
        super().__init__(message)
        self.token = token
        """The token was refused: a fresh one may be worth one more try."""


class ContractError(ConnectorError):
    """A developer must act: the vendor does not keep the contract we know."""


class RecordError(ConnectorError):
    """Park this record and go on: one of its fields cannot be understood."""

    def __init__(self, field: str, reason: str) -> None:
        super().__init__(f"{field}: {reason}")
        self.field = field
        """The field's name or path in the vendor's words."""
        self.reason = reason
        """What is wrong, never with the value."""
