"""helhed db: the embedded PostgreSQL, for the demo, tests and development."""

import json
from typing import Annotated

import typer
from rich.console import Console

from canonical_model.store import StoreError, migrate
from helhed import database
from helhed.settings import SettingsError

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
