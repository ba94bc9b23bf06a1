"""Many digests in memory, in few bytes each (ADR 0122)."""

from collections.abc import Iterable, Iterator

from sync.sealing import DIGEST_SIZE

HEAD = 2
"""Bytes of a digest by which it is found."""
_TAIL = DIGEST_SIZE - HEAD
_NONE = bytearray()


class Digests:
    """Each as often as it is there, in about 20 bytes: by its first two, the rest of those that share them in a row."""

    def __init__(self, rows: Iterable[tuple[bytes, bytes]] = ()) -> None:
        """Of the first bytes, each with the rest of all that begin with them."""
        self._tails = {bytes(head): bytearray(tails) for head, tails in rows}

    def take(self, digests: Iterable[bytes]) -> list[bool]:
        """Whether each is there, of which one is then gone; at times one is not found beside others that hide it."""
        found, tails_of = list[bool](), self._tails.get
        for digest in digests:
            tails = tails_of(digest[:HEAD], _NONE)
            at = tails.find(digest[HEAD:])
            if at % _TAIL:  # -1, or by chance across two of them
                found.append(False)
            else:
                del tails[at : at + _TAIL]
                found.append(True)
        return found

    def __iter__(self) -> Iterator[bytes]:
        """Those that are there."""
        for head, tails in self._tails.items():
            for at in range(0, len(tails), _TAIL):
                yield head + tails[at : at + _TAIL]

    def __bool__(self) -> bool:
        """Whether any is."""
        return any(self._tails.values())
