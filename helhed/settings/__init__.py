"""Environment and HELHED_CONFIG as typed values. Imports nothing of ours, so that everyone may import it."""

from helhed.settings.alarm import Duty, duty
from helhed.settings.connections import Connection, connection, has_connection
from helhed.settings.environment import (
    Role,
    SettingsError,
    admin_database_url,
    config_folder,
    contracts,
    database_url,
    home,
    key,
    load_home_environment,
    now,
)
from helhed.settings.sources import Mail, Source, Sources, first_address, sources

__all__ = [
    "Connection",
    "Duty",
    "Mail",
    "Role",
    "SettingsError",
    "Source",
    "Sources",
    "admin_database_url",
    "config_folder",
    "connection",
    "contracts",
    "database_url",
    "has_connection",
    "duty",
    "first_address",
    "home",
    "key",
    "load_home_environment",
    "now",
    "sources",
]
