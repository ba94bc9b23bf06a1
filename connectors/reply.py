"""What a vendor answered by HTTP, read to its end."""

from dataclasses import dataclass, field

import requests
import urllib3.exceptions
from requests.structures import CaseInsensitiveDict


@dataclass(frozen=True)
class Reply:
    """Named as requests names them, and holding on to no connection. Printed it says its status and nothing else."""

    status_code: int
    headers: CaseInsensitiveDict[str] = field(repr=False)
    content: bytes = field(repr=False)


_AS_REQUESTS_SAYS: dict[type[urllib3.exceptions.HTTPError], type[requests.RequestException]] = {
    urllib3.exceptions.ProtocolError: requests.exceptions.ChunkedEncodingError,
    urllib3.exceptions.DecodeError: requests.exceptions.ContentDecodingError,
    urllib3.exceptions.ReadTimeoutError: requests.exceptions.ConnectionError,
    urllib3.exceptions.SSLError: requests.exceptions.SSLError,
}


def read(streamed: requests.Response) -> Reply:
    """The whole of a reply that was asked for with stream=True. Its connection goes back to the pool, or is closed
    when the reading fails. Raises what requests raises of a body that breaks off, comes too late or is no such coding.
    """
    with streamed:
        try:
            # All at once: in pieces, as requests reads it, it takes four times as long. Requests has kept what a
            # recording has read before us.
            content = streamed.raw.read(decode_content=True) or streamed.content
        except tuple(_AS_REQUESTS_SAYS) as error:
            raise next(said for kind, said in _AS_REQUESTS_SAYS.items() if isinstance(error, kind))(error) from error
        return Reply(streamed.status_code, streamed.headers, content)
