"""A port for a server that takes a while to start."""

import random
import socket


def free_port() -> int:
    """Free now, and below the ports that the system gives to outgoing connections, so that none of those takes it."""
    while True:
        port = random.randrange(20_000, 32_000)
        with socket.socket() as knock:
            try:
                knock.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
