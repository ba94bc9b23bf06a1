"""The register: source files mirrored to Kilde, and precedence.toml to dated rows of Praecedens."""

import tomllib
from datetime import datetime
from typing import Any

from canonical_model.kilde import Kilde
from helhed.settings import SettingsError, Sources, config_folder, now
from sync.database import Connection, connect

COLUMNS = tuple(Kilde.model_fields)
FIELDS = ("navn", "adresse", "civilstand", "kontakt", "digitalpost", "sag")
"""What precedence.toml may rank sources for."""

_SAME = ", ".join(f"kilde.{c}" for c in COLUMNS)
_MIRROR = f"""
    insert into kilde ({", ".join(COLUMNS)}) values ({", ".join(f"%({c})s" for c in COLUMNS)})
    on conflict (id) do update set {", ".join(f"{c} = excluded.{c}" for c in COLUMNS if c != "id")}
    where ({_SAME}) is distinct from ({_SAME.replace("kilde.", "excluded.")})
"""


def mirror(sources: Sources) -> None:
    """Write what the configuration says now; what is as it was is not touched.

    A source whose file is gone becomes inactive; one whose file cannot be read stays as it was. Raises SettingsError
    when precedence.toml cannot be read, after the sources are written; the former rules stay.
    """
    here = {path.stem for path in (config_folder() / "sources").glob("*.toml")}
    with connect() as connection, connection.transaction():
        connection.execute("select pg_advisory_xact_lock(hashtext('helhed register'))")
        for source in sources.good.values():
            connection.execute(_MIRROR, {c: getattr(source, c) for c in COLUMNS})
        connection.execute("update kilde set aktiv = false where aktiv and id <> all(%s)", (list(here),))
    ranks = precedence()
    if ranks is not None:
        with connect() as connection, connection.transaction():
            connection.execute("select pg_advisory_xact_lock(hashtext('helhed register'))")
            _rank(connection, ranks, now())


def precedence() -> dict[str, list[str]] | None:
    """precedence.toml: for each field the sources in the order in which they win; None when there is no file.

    A source that is not named comes after those that are.
    """
    path = config_folder() / "precedence.toml"
    if not path.is_file():
        return None
    try:
        given: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"precedence.toml: not readable: {error}. Mend the line and run again.") from None
    for felt, names in given.items():
        if felt not in FIELDS:
            raise SettingsError(f"precedence.toml: unknown field '{felt}'; there are: {', '.join(FIELDS)}.")
        if not isinstance(names, list) or not all(isinstance(n, str) for n in names) or len(set(names)) < len(names):
            raise SettingsError(f'precedence.toml: \'{felt}\' must be a list of source ids, e.g. ["cpr", "nexus"].')
    return given


def _rank(connection: Connection, ranks: dict[str, list[str]], at: datetime) -> None:
    """Close the rules that no longer hold, open the new ones: what was known on a day keeps that day's rules."""
    wanted = {(felt, name): rank for felt, names in ranks.items() for rank, name in enumerate(names, 1)}
    rows = connection.execute("select felt, source, rang from praecedens where kendt_til is null").fetchall()
    held = {(str(felt), str(name)): rank for felt, name, rank in rows}
    for pair in held:
        if wanted.get(pair) != held[pair]:
            connection.execute(
                "update praecedens set kendt_til = %s where felt = %s and source = %s and kendt_til is null",
                (at, *pair),
            )
    for pair, rank in wanted.items():
        if held.get(pair) != rank:
            connection.execute(
                "insert into praecedens (felt, source, kendt_fra, rang) values (%s, %s, %s, %s)"
                " on conflict (felt, source, kendt_fra) do update set rang = excluded.rang, kendt_til = null",
                (*pair, at, rank),
            )
