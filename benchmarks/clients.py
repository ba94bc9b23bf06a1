"""So many clients at once, each on a connection of its own: python -m benchmarks.clients, what to ask on stdin.

Prints how many answers came, and the 50th and 95th percentile of how long one took, in milliseconds.
"""

import json
import sys
import threading
import time
from http.client import HTTPConnection
from itertools import cycle
from statistics import quantiles
from typing import Any

WARM = 0.1
"""Share of the time in which answers do not count yet."""


def main() -> None:
    """{"port": n, "seconds": s, "clients": [[{"method", "path", "body", "headers", "status"}, ...], ...]}."""
    asked = json.load(sys.stdin)
    took: list[float] = []
    wrong: list[str] = []
    begin = time.perf_counter()
    count, end = begin + WARM * asked["seconds"], begin + asked["seconds"]

    def client(requests: list[dict[str, Any]]) -> None:
        server = HTTPConnection("127.0.0.1", asked["port"], timeout=60)
        for request in cycle(requests):
            sent = time.perf_counter()
            if sent > end or wrong:
                return
            server.request(request["method"], request["path"], request.get("body"), request.get("headers") or {})
            answer = server.getresponse()
            answer.read()
            if answer.status != request.get("status", 200):
                wrong.append(f"{request['method']} {request['path']}: {answer.status}")
            elif sent > count:
                took.append(time.perf_counter() - sent)

    threads = [threading.Thread(target=client, args=(requests,)) for requests in asked["clients"]]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if wrong or len(took) < 2:
        raise SystemExit(f"the server did not answer: {wrong[:1]}")
    cuts = quantiles(took, n=100)
    print(json.dumps({"answers": len(took), "p50": 1e3 * cuts[49], "p95": 1e3 * cuts[94]}))  # noqa: T201


if __name__ == "__main__":
    main()
