"""helhed retention: what sources have deleted, and what has been kept long enough, is physically erased."""

import json
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from canonical_model.store import StoreError
from connectors.errors import ConnectorError
from helhed.settings import SettingsError
from sync.erasure import erase

app = typer.Typer(no_args_is_help=True, help="Physical erasure of what may be kept no longer.")
_out = Console(soft_wrap=True)
_err = Console(stderr=True, soft_wrap=True)


@app.callback()
def retention() -> None:
    """Physical erasure of what may be kept no longer."""


@app.command()
def run(
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would be erased, and erase nothing.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="For machines.")] = False,
) -> None:
    """Erase what is due everywhere but in the log of lookups, and say in counts what went from where."""
    try:
        done = erase(dry_run)
    except (SettingsError, StoreError, ConnectorError) as error:
        _err.print(f"[red]{error}[/red]", highlight=False)
        raise typer.Exit(2) from None
    if as_json:
        typer.echo(json.dumps({"dry_run": dry_run, "erased": done.as_rows(), "left": done.left}, ensure_ascii=False))
    elif done.erased:
        table = Table("source", "place", "why", "would be erased" if dry_run else "erased")
        for row in done.as_rows():
            table.add_row(row["source"], row["place"], row["reason"], f"{row['erased']:,}")
        _out.print(table)
    else:
        _out.print("Nothing is due.")
    for line in done.left:
        _err.print(f"[yellow]{line}[/yellow]", highlight=False)
