"""Endpoints and secrets: Airflow Connections in one format everywhere, AIRFLOW_CONN_<ID> (decision 13)."""

import json
import os
from dataclasses import dataclass, field
from typing import Any

from helhed.settings.environment import SettingsError


@dataclass(frozen=True)
class Connection:
    """One endpoint and what opens it."""

    url: str
    login: str = ""
    password: str = field(default="", repr=False)
    extra: dict[str, Any] = field(default_factory=dict, repr=False)


def has_connection(source: str) -> bool:
    """Whether the environment names an endpoint."""
    return bool(os.environ.get(f"AIRFLOW_CONN_{source.upper()}"))


def connection(source: str, schemes: tuple[str, str] = ("http://", "https://")) -> Connection:
    """The connection of a source, from AIRFLOW_CONN_<ID> in Airflow's JSON form; its host begins with one of the two
    schemes, the open and the closed one. Raises SettingsError."""
    variable = f"AIRFLOW_CONN_{source.upper()}"
    text = os.environ.get(variable)
    if not text:
        raise SettingsError(
            f'{source}: no endpoint: set {variable}, as {{"conn_type": "http", "host": "https://..."}}.'
        )
    try:
        given = json.loads(text)
        extra = given.get("extra") or {}
        extra = json.loads(extra) if isinstance(extra, str) else dict(extra)
        host = str(given["host"])
    except (ValueError, KeyError, TypeError, AttributeError):
        raise SettingsError(
            f'{source}: {variable} cannot be read: write it as {{"conn_type": "http", "host": "https://..."}}.'
        ) from None
    if not host.startswith(schemes):
        free, closed = schemes
        raise SettingsError(f"{source}: the host in {variable} must begin with {closed} (or {free} on loopback).")
    if given.get("port") and host.count(":") == 1:
        host = f"{host}:{int(given['port'])}"
    return Connection(host, str(given.get("login") or ""), str(given.get("password") or ""), extra)
