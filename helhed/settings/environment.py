"""Where things are, what time it is, and the keys: each read from the environment when asked for."""

import json
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from cryptography.fernet import Fernet

Role = Literal["owner", "sync", "view", "airflow"]

_URL_VARIABLES: dict[str, str] = {
    "owner": "HELHED_OWNER_DATABASE_URL",
    "sync": "HELHED_DATABASE_URL",
    "view": "HELHED_VIEW_DATABASE_URL",
    "airflow": "HELHED_AIRFLOW_DATABASE_URL",
}


class SettingsError(Exception):
    """A setting is missing or wrong; the text is one line that says which and what to do."""


def home() -> Path:
    """The folder of everything that this installation keeps (HELHED_HOME; default .helhed in the working folder)."""
    return Path(os.environ.get("HELHED_HOME", ".helhed")).absolute()


def config_folder() -> Path:
    """The folder that holds the municipality's configuration (HELHED_CONFIG; default home()/config)."""
    given = os.environ.get("HELHED_CONFIG")
    return Path(given).absolute() if given else home() / "config"


def contracts() -> Path:
    """The folder of the real WSDL and XSD files (HELHED_CONTRACTS; default ../shared/wsdl beside the project)."""
    given = os.environ.get("HELHED_CONTRACTS")
    return Path(given).absolute() if given else Path(__file__).resolve().parents[3] / "shared" / "wsdl"


def now() -> datetime:
    """The hub's clock in UTC. HELHED_NOW (ISO 8601 with zone) stops it for rehearsals and tests."""
    given = os.environ.get("HELHED_NOW")
    if not given:
        return datetime.now(UTC)
    try:
        stopped = datetime.fromisoformat(given)
    except ValueError:
        raise SettingsError("HELHED_NOW is no ISO 8601 instant: write it as 2026-11-23T05:00:00+01:00") from None
    if stopped.tzinfo is None:
        raise SettingsError("HELHED_NOW has no time zone: write it as 2026-11-23T05:00:00+01:00")
    return stopped.astimezone(UTC)


def database_url(role: Role) -> str:
    """SQLAlchemy address of the database for one of its roles. Raises SettingsError when there is none."""
    given = os.environ.get(_URL_VARIABLES[role])
    if given:
        return given
    urls = home() / "db" / "urls.json"
    if not urls.is_file():
        raise SettingsError(f"No database: set {_URL_VARIABLES[role]}, or start the embedded one with 'helhed db up'.")
    return str(json.loads(urls.read_text())[role])


def admin_database_url() -> str:
    """Address of the server's administrator, who makes roles and databases. Raises SettingsError when there is none."""
    given = os.environ.get("HELHED_ADMIN_DATABASE_URL")
    if not given:
        raise SettingsError("HELHED_ADMIN_DATABASE_URL is missing: set it to postgresql://postgres:...@host/postgres")
    return given


def key() -> bytes:
    """The key that landed records are encrypted with (HELHED_KEY; else made once in home()/key, mode 0600)."""
    given = os.environ.get("HELHED_KEY")
    if given:
        return given.encode()
    path = home() / "key"
    if not path.is_file():
        home().mkdir(parents=True, exist_ok=True)
        fresh = path.with_suffix(f".{os.getpid()}")
        fresh.touch(mode=0o600)
        fresh.write_bytes(Fernet.generate_key())
        try:
            os.link(fresh, path)
        except FileExistsError:
            pass
        finally:
            fresh.unlink()
    return path.read_bytes().strip()


def load_home_environment() -> None:
    """Take KEY=VALUE lines of home()/env as defaults, so that a shell beside a running demo needs no exports."""
    path = home() / "env"
    if not path.is_file():
        return
    for line in path.read_text().splitlines():
        name, found, value = line.partition("=")
        if found and not name.startswith("#"):
            os.environ.setdefault(name.strip(), value)
