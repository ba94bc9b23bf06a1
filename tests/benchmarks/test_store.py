"""The benchmarks' own server: what it makes in a folder that is kept is there the next time."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import psycopg
import pytest

from benchmarks import night
from benchmarks.store import ROLES, Server, database_of, plain, running

OWNER = ROLES["owner"]


@pytest.fixture
def folder() -> Iterator[Path]:
    """Not tmp_path, which is closed to the user that PostgreSQL runs as."""
    made = Path(tempfile.mkdtemp(prefix="helhed-test-"))
    made.chmod(0o711)
    yield made
    shutil.rmtree(made, ignore_errors=True)


def tables(server: Server, where: dict[str, str]) -> set[str]:
    with psycopg.connect(plain(where[OWNER])) as store:
        return {name for (name,) in store.execute("select relname from pg_class where relkind = 'r'").fetchall()}


def test_a_store_in_a_kept_folder_is_found_again_with_the_tables_of_now(folder: Path) -> None:
    with running(folder / "server") as server:
        bare = server.fresh(migrated=False)
        assert "landed" not in tables(server, bare)
        name = database_of(bare[OWNER])
    with running(folder / "server") as server:
        again = server.again(name)
        assert database_of(again[OWNER]) == name and {"landed", "sag"} <= tables(server, again)
        server.drop(again)
        with pytest.raises(psycopg.OperationalError):
            tables(server, again)
    assert (folder / "server").is_dir()


def test_after_other_work_the_servers_memory_holds_nothing_of_ours(folder: Path) -> None:
    hits = "select heap_blks_read, heap_blks_hit from pg_statio_user_tables where relname = 'much'"
    with running(folder / "server") as server:
        where = server.fresh(migrated=False)
        with psycopg.connect(plain(where[OWNER])) as store:
            store.execute("create table much as select n from generate_series(1, 100000) n")
            store.execute("create index much_n on much (n)")
        server.warm(where, ["much"])
        for _ in range(2):
            server.other_work()
            with psycopg.connect(plain(where[OWNER])) as store:
                read, hit = store.execute(hits).fetchone() or (0, 0)
                assert store.execute("select count(n) from much").fetchone() == (100_000,)
            with psycopg.connect(plain(where[OWNER])) as store:
                now, then = store.execute(hits).fetchone() or (0, 0)
            assert now - read > 400 and then - hit < 50


def test_a_server_in_no_folder_of_its_own_leaves_nothing() -> None:
    with running() as server:
        where = server.folder
    assert not where.exists()


@pytest.mark.parametrize(("kept", "loads", "stays"), [
    (True, True, True), (True, False, False), (False, True, False),
])  # fmt: skip
def test_a_town_stays_with_its_store_when_it_is_to_and_was_loaded(
    folder: Path, monkeypatch: pytest.MonkeyPatch, kept: bool, loads: bool, stays: bool
) -> None:
    """Of the town's process only what it leaves behind is played; the databases are real."""
    used = []

    def measured(*_: str, environment: dict[str, str]) -> dict[str, str]:
        used.append(environment)
        if not loads:
            raise RuntimeError("the load broke off")
        (folder / "town").mkdir(exist_ok=True)
        (folder / "town" / night.LOADED).write_text(database_of(environment[OWNER]))
        return {}

    monkeypatch.setattr(night.process, "measured", measured)
    with running(folder / "server") as server:
        for _ in range(2):
            with suppress(RuntimeError):
                night.town(server, folder / "town", 20, 1, kept)
        first, second = (database_of(where[OWNER]) for where in used)
        with psycopg.connect(server.admin) as all_of:
            there = {name for (name,) in all_of.execute("select datname from pg_database where datname like 'bench%'")}
    assert (first == second) is stays and there == ({first} if stays else set())
    assert (folder / "town").exists() is stays
