"""What a vendor answered by HTTP, read to its end."""

from dataclasses import dataclass, field

import requests
from requests.structures import CaseInsensitiveDict

PIECE = 1 << 16
"""Bytes read at a time: pieces of 10 kB, which requests takes by itself, cost twice what decoding them does."""


@dataclass(frozen=True)
class Reply:
    """Named as requests names them, and holding on to no connection. Printed it says its status and nothing else."""

    status_code: int
    headers: CaseInsensitiveDict[str] = field(repr=False)
    content: bytes = field(repr=False)


def read(streamed: requests.Response) -> Reply:
    """The whole of a reply that was asked for with stream=True. Its connection goes back to the pool, or is closed
    when the reading fails. Raises what requests raises of a body that breaks off, comes too late or is no such coding.
    """
    with streamed:
        return Reply(streamed.status_code, streamed.headers, b"".join(streamed.iter_content(PIECE)))
