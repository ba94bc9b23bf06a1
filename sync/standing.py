"""Under which digests a stream's records stand: what comes in the same bytes again asks nobody (ADR 0122)."""

from collections.abc import Iterable, Iterator

from sync.database import Connection
from sync.sealing import DIGEST_SIZE

_HEAD = 2
_TAIL = DIGEST_SIZE - _HEAD
_NONE = bytearray()
_AT_ONCE = 2_000
"""Rows that are fetched together."""
_DIGESTS = f"""
    select substring(sent for {_HEAD}), string_agg(substring(sent from {_HEAD + 1}), ''::bytea) from landed
    where source = %s and stream = %s and octet_length(sent) = {DIGEST_SIZE} and unknown is null group by 1
"""
"""What is parked has no digest, and a record with names that nobody knows is told of each time it comes."""


class Standing:
    """Digests of the bytes in which a stream's records were last sent: about 20 bytes a record.

    They are kept by their first two bytes, the rest of those that share them in a row.
    """

    def __init__(self, connection: Connection, where: tuple[str, str]) -> None:
        """As the store has them now of this source and stream. Not in a transaction."""
        with connection.transaction(), connection.cursor("standing", binary=True) as cursor:
            cursor.itersize = _AT_ONCE
            self._tails = {bytes(head): bytearray(tails) for head, tails in cursor.execute(_DIGESTS, where)}

    def take(self, digests: Iterable[bytes]) -> list[bool]:
        """Whether a record stands under each; from now on it stands no more."""
        found, tails_of = list[bool](), self._tails.get
        for digest in digests:
            tails = tails_of(digest[:_HEAD], _NONE)
            at = tails.find(digest[_HEAD:])
            if at % _TAIL:  # -1, or by chance across two of them
                found.append(False)
            else:
                del tails[at : at + _TAIL]
                found.append(True)
        return found

    def left(self) -> Iterator[bytes]:
        """Those that nothing came under."""
        for head, tails in self._tails.items():
            for at in range(0, len(tails), _TAIL):
                yield head + tails[at : at + _TAIL]
