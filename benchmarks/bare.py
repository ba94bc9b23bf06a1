"""The bare endpoint: the statements of a page as they are, one committed insert, and an empty reply.

python -m benchmarks.bare STATEMENTS PORT serves them as GET /{kind}/{n}; `recorded` writes the file that it reads.
"""

import pickle
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import uuid4

import uvicorn
from fastapi import FastAPI, Response
from psycopg import RawCursor

from canonical_model import store
from caseworker import reading

Statement = tuple[bytes, list[Any]]
"""The text as the driver gets it, and its parameters."""
INSERT = """insert into opslag
  (uid, svar, tid, bruger, brugernavn, enhed, handling, objekter, formaal, kanal, resultat, hidden)
values ($1, $1, now(), $1, 'Bare', 'Bare', 'open', 0, 'Bare', 'web', 'shown', 0)"""


class Recording(RawCursor[Any]):
    """Notes every statement that reads."""

    noted: list[Statement] = []

    def execute(self, query: Any, params: Any = None, **how: Any) -> Any:
        """As it is, noted."""
        Recording.noted.append((query, params))
        return super().execute(query, params, **how)


def recorded(asked: list[Callable[[], object]]) -> list[list[Statement]]:
    """The statements that each call reads with, in order."""
    plain, found = reading.RawCursor, []  # type: ignore[attr-defined]
    reading.RawCursor = Recording  # type: ignore[attr-defined]
    try:
        for call in asked:
            Recording.noted = []
            call()
            found.append(Recording.noted)
    finally:
        reading.RawCursor = plain  # type: ignore[attr-defined]
    return found


def application(statements: dict[str, list[list[Statement]]]) -> FastAPI:
    """The endpoint."""
    app, mine = FastAPI(openapi_url=None), threading.local()

    @app.get("/{kind}/{number}")
    def bare(kind: str, number: int) -> Response:
        if not hasattr(mine, "connection"):
            mine.connection = store.connect("view")
        with RawCursor(mine.connection) as cursor:
            for text, params in statements[kind][number]:
                cursor.execute(text, params, prepare=True).fetchall()
            mine.connection.commit()
            cursor.execute(INSERT, [uuid4()])
            mine.connection.commit()
        return Response()

    return app


if __name__ == "__main__":
    found = pickle.loads(Path(sys.argv[1]).read_bytes())
    uvicorn.run(application(found), host="127.0.0.1", port=int(sys.argv[2]), access_log=False, log_level="warning")
