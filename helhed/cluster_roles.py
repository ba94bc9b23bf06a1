"""The embedded cluster's roles and databases: what a database administrator makes by hand in production."""

import secrets
from collections.abc import Mapping
from urllib.parse import urlsplit

import psycopg
from psycopg import sql

ROLES: dict[str, str] = {
    "owner": "helhed_owner",
    "sync": "helhed_sync",
    "view": "helhed_view",
    "airflow": "airflow",
}
"""Role in urls.json to role in the database."""

DATABASES: dict[str, tuple[str, ...]] = {
    "helhed": ("helhed_owner", "helhed_sync", "helhed_view"),
    "airflow": ("airflow",),
}
"""Database to the roles that may connect; the first owns it."""


def ensure(admin: str, passwords: Mapping[str, str]) -> dict[str, str]:
    """Make what is missing, and give each role's SQLAlchemy address. Roles without a password get a random one."""
    port = urlsplit(admin).port
    words = {short: passwords.get(short) or secrets.token_urlsafe(24) for short in ROLES}
    with psycopg.connect(admin, autocommit=True, connect_timeout=10) as server:
        roles = {row[0] for row in server.execute("select rolname from pg_roles")}
        databases = {row[0] for row in server.execute("select datname from pg_database")}
        for short, role in ROLES.items():
            name = sql.Identifier(role)
            if role not in roles:
                server.execute(sql.SQL("create role {} login").format(name))
            if role not in roles or short not in passwords:
                server.execute(sql.SQL("alter role {} password {}").format(name, sql.Literal(words[short])))
        server.execute("revoke connect on database postgres, template1 from public")
        for database, allowed in DATABASES.items():
            if database not in databases:
                create(server, database, allowed)
    addresses = {}
    for short, role in ROLES.items():
        database = "airflow" if short == "airflow" else "helhed"
        addresses[short] = f"{driver(short)}://{role}:{words[short]}@127.0.0.1:{port}/{database}"
    return addresses


def driver(role: str) -> str:
    """SQLAlchemy's name of the driver: psycopg 3, but psycopg2 for Airflow, which knows no other."""
    return "postgresql+psycopg2" if role == "airflow" else "postgresql+psycopg"


def create(
    server: "psycopg.Connection[tuple[object, ...]]",
    database: str,
    allowed: tuple[str, ...] = DATABASES["helhed"],
    template: str = "template0",
) -> None:
    """Make a database that the first of `allowed` owns and that nobody else may connect to."""
    name, owner = sql.Identifier(database), sql.Identifier(allowed[0])
    others = sql.SQL(", ").join(sql.Identifier(role) for role in allowed)
    server.execute(sql.SQL("create database {} owner {} template {}").format(name, owner, sql.Identifier(template)))
    server.execute(sql.SQL("revoke all on database {} from public").format(name))
    server.execute(sql.SQL("grant connect, temporary on database {} to {}").format(name, others))
