"""roles.toml: the invented caseworkers of the local login. Production gets its principals from the login instead.

kommune = "Korsbæk Kommune"       # stands on the screen

[[bruger]]
id = "karin"                      # what is chosen at login
uuid = "…"                        # the user in FK Organisation
navn = "Karin Holst"
enhed = "Ydelser"
cvr = "11111111"
roller = ["soeg_borger", "se_overblik", "se_beskyttet_adresse"]
sikkerhedsprofiler = []           # UUIDs or URNs of profiles held

[[bruger.grant]]
kle = ["32.*"]
foelsomhed = 3                    # sees levels 1 to 3
cvr = "11111111"                  # may be left out: the user's own
"""

import tomllib
from pathlib import Path
from typing import Any
from uuid import UUID

from caseworker.principal import ROLLER, Grant, Principal
from helhed.settings import SettingsError, config_folder


def load_roles(path: Path | None = None) -> dict[str, Principal]:
    """The caseworkers by id. Raises SettingsError, one line, when the file is missing or wrong."""
    path = path or config_folder() / "roles.toml"
    if not path.is_file():
        raise SettingsError(f"No caseworkers: write {path.name} in HELHED_CONFIG (korsbaek/kommune has an example).")
    try:
        entries = tomllib.loads(path.read_text(encoding="utf-8")).get("bruger", [])
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"{path.name} is not TOML: {error}") from None
    found: dict[str, Principal] = {}
    for number, entry in enumerate(entries, start=1):
        try:
            person = _principal(entry)
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            what = f"{error} is missing" if isinstance(error, KeyError) else str(error)
            raise SettingsError(f"{path.name}, bruger number {number}: {what}") from None
        if person.id in found:
            raise SettingsError(f"{path.name}: two users are called {person.id}")
        found[person.id] = person
    return found


def load_municipality(path: Path | None = None) -> str:
    """The municipality's name as the screen shows it; call after load_roles has found the file right."""
    path = path or config_folder() / "roles.toml"
    return str(tomllib.loads(path.read_text(encoding="utf-8")).get("kommune", "Kommunen"))


def _principal(entry: dict[str, Any]) -> Principal:
    unknown = set(entry["roller"]) - ROLLER
    if unknown:
        raise ValueError(f"unknown role {sorted(unknown)[0]}; the roles are {', '.join(sorted(ROLLER))}")
    return Principal(
        uuid=UUID(entry["uuid"]),
        id=str(entry["id"]),
        navn=str(entry["navn"]),
        enhed=str(entry["enhed"]),
        cvr=str(entry["cvr"]),
        grants=tuple(
            Grant(str(g.get("cvr", entry["cvr"])), tuple(g["kle"]), int(g["foelsomhed"]))
            for g in entry.get("grant", [])
        ),
        roller=frozenset(entry["roller"]),
        sikkerhedsprofiler=frozenset(str(p).lower() for p in entry.get("sikkerhedsprofiler", [])),
    )
