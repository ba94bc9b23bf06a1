"""SBSYS's server with its replies rendered beforehand: python -m benchmarks.vendor FOLDER; prints its port."""

import asyncio
import json
import mmap
import sys
from pathlib import Path

import numpy

from benchmarks.records import ENDS, RECORDS, reply

TOKEN = b'{"access_token": "a", "expires_in": 36000, "token_type": "Bearer"}'


class Answer(asyncio.Protocol):
    """One connection: a token for every POST without JSON, a page for every search."""

    def __init__(self, held: mmap.mmap, ends: list[int]) -> None:
        self.held, self.ends = held, ends
        self.waiting = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep where to write."""
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport

    def data_received(self, data: bytes) -> None:
        """Answer each whole request."""
        self.waiting += data
        while True:
            head, found, rest = self.waiting.partition(b"\r\n\r\n")
            if not found:
                return
            length = next((int(x[15:]) for x in head.split(b"\r\n") if x[:15].lower() == b"content-length:"), 0)
            if len(rest) < length:
                return
            body, self.waiting = rest[:length], rest[length:]
            content = self.page(body) if body.startswith(b"{") else TOKEN
            self.transport.write(
                b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n" % len(content)
            )
            self.transport.write(content)

    def page(self, asked: bytes) -> bytes:
        """The records from Skip on, as many as Limit says and there are."""
        search = json.loads(asked)
        skip = min(search["Skip"], len(self.ends))
        until = min(skip + search["Limit"], len(self.ends))
        first, after = (self.ends[n - 1] if n else 0 for n in (skip, until))
        return reply(self.held[first : max(first, after - 1)], len(self.ends))


async def serve(folder: Path) -> None:
    """Until killed."""
    ends = numpy.fromfile(folder / ENDS, numpy.int64).tolist()
    with (folder / RECORDS).open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as held:
        server = await asyncio.get_running_loop().create_server(lambda: Answer(held, ends), "127.0.0.1", 0)
        print(server.sockets[0].getsockname()[1], flush=True)  # noqa: T201
        await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(serve(Path(sys.argv[1])))
