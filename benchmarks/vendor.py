"""SBSYS's server with its replies rendered beforehand: python -m benchmarks.vendor FOLDER; prints its port."""

import asyncio
import json
import sys
from pathlib import Path

TOKEN = b'{"access_token": "a", "expires_in": 36000, "token_type": "Bearer"}'


class Answer(asyncio.Protocol):
    """One connection: a token for every POST without JSON, a page for every search."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
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
        """The page that begins at Skip; after the last, an empty one."""
        search = json.loads(asked)
        path = self.folder / f"{search.get('Skip', 0) // 1000:06d}.json"
        return path.read_bytes() if path.is_file() else b'{"Results": [], "TotalNumberOfResults": 0}'


async def serve(folder: Path) -> None:
    """Until killed."""
    server = await asyncio.get_running_loop().create_server(lambda: Answer(folder), "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)  # noqa: T201
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(serve(Path(sys.argv[1])))
