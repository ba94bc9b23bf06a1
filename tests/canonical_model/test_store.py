"""The door to the database: what it opens, and what it says when it cannot."""

from contextlib import closing

import psycopg
import pytest
from sqlalchemy import text

from canonical_model import pool
from canonical_model import store as door

SECRET = "kodeord-der-ikke-maa-ses"


def test_one_engine_a_role_and_times_in_utc(store: dict[str, str]) -> None:
    assert door.engine("sync") is door.engine("sync")
    assert door.engine("sync") is not door.engine("view")
    with door.engine("view").connect() as connection:
        assert connection.scalar(text("select current_user")) == "helhed_view"
        assert connection.scalar(text("show timezone")) == "UTC"
    with door.connect("sync") as raw:
        assert raw.execute("select current_user").fetchone() == ("helhed_sync",)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda url: url.replace("127.0.0.1", "127.0.0.1").rsplit(":", 1)[0] + ":1/helhed", "helhed db up"),
        (lambda url: url.replace("helhed_sync:", f"helhed_sync:{SECRET}"), "login is refused"),
        (lambda url: f"postgresql+psycopg://{SECRET}@[", "cannot be read"),
    ],
)
def test_what_is_wrong_is_said_in_one_line(
    store: dict[str, str], monkeypatch: pytest.MonkeyPatch, change: "object", says: str
) -> None:
    assert callable(change)
    monkeypatch.setenv("HELHED_DATABASE_URL", change(store["sync"]))
    with pytest.raises(door.StoreError, match=says) as raw:
        door.connect("sync")
    with pytest.raises(door.StoreError) as pooled:
        door.engine("sync").connect()
    for caught in (raw, pooled):
        assert "\n" not in str(caught.value)
        assert SECRET not in str(caught.value)


def test_errors_of_the_engine_carry_no_parameters(store: dict[str, str]) -> None:
    with door.engine("sync").connect() as connection, pytest.raises(Exception) as caught:
        connection.execute(text("select * from nowhere where name = :name"), {"name": SECRET})
    assert SECRET not in str(caught.value)


def served() -> int:
    """The server's process behind a connection of the view's pool."""
    with closing(door.engine("view").raw_connection()) as pooled:
        return int(pooled.cursor().execute("select pg_backend_pid()").fetchone()[0])


def kill(*processes: int) -> None:
    """Let the server close these connections."""
    with door.connect("view") as another:
        for process in processes:
            another.execute("select pg_terminate_backend(%s, 5000)", (process,))


def test_a_connection_that_died_while_it_rested_is_replaced(
    store: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever was served a moment ago is not asked; whoever rested is, and nobody gets what the server has closed."""
    first = served()
    assert served() == first
    kill(first)
    monkeypatch.setattr(pool, "IDLE", 0.0)
    assert served() != first


def test_when_one_broke_all_others_are_asked(store: dict[str, str]) -> None:
    """A server that was started again fails one answer at most, however many connections there were."""
    open_ = [door.engine("view").raw_connection() for _ in range(4)]
    processes = [int(one.cursor().execute("select pg_backend_pid()").fetchone()[0]) for one in open_]
    for one in open_:
        one.close()
    kill(*processes)
    with pytest.raises(psycopg.OperationalError):
        served()
    assert {served() for _ in range(5)}.isdisjoint(processes)
