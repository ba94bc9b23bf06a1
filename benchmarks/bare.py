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

import psycopg
import uvicorn
from fastapi import FastAPI, Response

from canonical_model import store

Statement = tuple[str, Any]
"""The text as the driver gets it, and its parameters."""
INSERT = """insert into opslag
  (uid, svar, tid, bruger, brugernavn, enhed, handling, objekter, formaal, kanal, resultat, hidden)
values (%(uid)s, %(uid)s, now(), %(uid)s, 'Bare', 'Bare', 'open', 0, 'Bare', 'web', 'shown', 0)"""


class Recording(psycopg.Cursor[Any]):
    """Notes every statement that reads."""

    noted: list[Statement] = []

    def execute(self, query: Any, params: Any = None, **how: Any) -> Any:
        """As it is, noted."""
        if str(query).lstrip()[:6].lower() in ("select", "with q"):
            Recording.noted.append((str(query), params))
        return super().execute(query, params, **how)


def recorded(asked: list[Callable[[], object]]) -> list[list[Statement]]:
    """The statements that each call reads with, in order."""
    connect = store._connect

    def recording(*arguments: Any) -> Any:
        connection = connect(*arguments)
        connection.cursor_factory = Recording
        return connection

    store._connect = recording  # type: ignore[assignment]
    found = []
    for call in asked:
        Recording.noted = []
        call()
        found.append(Recording.noted)
    return found


def application(statements: dict[str, list[list[Statement]]]) -> FastAPI:
    """The endpoint."""
    app, mine = FastAPI(openapi_url=None), threading.local()

    @app.get("/{kind}/{number}")
    def bare(kind: str, number: int) -> Response:
        if not hasattr(mine, "connection"):
            mine.connection = store.connect("view")
        with mine.connection.cursor() as cursor:
            for text, params in statements[kind][number]:
                cursor.execute(text, params).fetchall()
            mine.connection.rollback()
            cursor.execute(INSERT, {"uid": uuid4()})
            mine.connection.commit()
        return Response()

    return app


if __name__ == "__main__":
    found = pickle.loads(Path(sys.argv[1]).read_bytes())
    uvicorn.run(application(found), host="127.0.0.1", port=int(sys.argv[2]), access_log=False, log_level="warning")
