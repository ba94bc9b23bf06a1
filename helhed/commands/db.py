"""helhed db: the embedded PostgreSQL, for the demo, tests and development."""

import json
from typing import Annotated, get_args
from urllib.parse import urlsplit

import psycopg
import typer
from rich.console import Console

from canonical_model.store import StoreError, migrate
from helhed import cluster_roles, database
from helhed.settings import Role, SettingsError, admin_database_url, database_url

app = typer.Typer(no_args_is_help=True, help="The embedded PostgreSQL (production sets HELHED_DATABASE_URL instead).")
_out = Console()
_err = Console(stderr=True, soft_wrap=True)


@app.command()
def up() -> None:
    """Start the server, making it first if there is none, and bring the schema up to date."""
    try:
        with _err.status("PostgreSQL ..."):
            done = database.up()
            migrate()
    except (database.DatabaseError, StoreError, SettingsError) as error:
        _fail(error)
    _out.print(f"PostgreSQL runs on 127.0.0.1:{done.port}; addresses and passwords are in {done.folder}/urls.json")


@app.command()
def down() -> None:
    """Stop the server."""
    try:
        ran = database.down()
    except database.DatabaseError as error:
        _fail(error)
    _out.print("PostgreSQL is stopped." if ran else "PostgreSQL was not running.")


@app.command()
def roles() -> None:
    """On a server of your own (HELHED_ADMIN_DATABASE_URL): make the roles and databases that are missing.

    Their passwords are those of HELHED_DATABASE_URL and its like.
    """
    try:
        addresses = {role: database_url(role) for role in get_args(Role)}
        passwords = {role: urlsplit(address).password or "" for role, address in addresses.items()}
        if not all(passwords.values()):
            raise SettingsError("Every role's address needs a password: see docs/configuration.md.")
        cluster_roles.ensure(admin_database_url(), passwords)
    except SettingsError as error:
        _fail(error)
    except psycopg.Error as error:
        # Its text may hold the password.
        _fail(SettingsError(f"The server refuses its administrator ({type(error).__name__}): is the address right?"))
    _out.print(f"Roles {', '.join(cluster_roles.ROLES.values())} and their databases are there.")


@app.command("migrate")
def migrate_schema() -> None:
    """Bring the schema up to date, as the owner: once at the beginning, and after each upgrade."""
    try:
        migrate()
    except (StoreError, SettingsError) as error:
        _fail(error)
    _out.print("The schema is up to date.")


@app.command()
def status(as_json: Annotated[bool, typer.Option("--json", help="For machines.")] = False) -> None:
    """Whether it runs, and where."""
    try:
        now = database.status()
    except database.DatabaseError as error:
        _fail(error)
    if as_json:
        typer.echo(json.dumps({"running": now.running, "port": now.port, "pid": now.pid, "folder": str(now.folder)}))
    elif now.running:
        _out.print(f"PostgreSQL runs on 127.0.0.1:{now.port} (process {now.pid}); folder {now.folder}")
    else:
        _out.print("PostgreSQL is not running; start it with 'helhed db up'.")
    raise typer.Exit(0 if now.running else 3)


def _fail(error: Exception) -> None:
    _err.print(str(error), markup=False, highlight=False)
    raise typer.Exit(1)
