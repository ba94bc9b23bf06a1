"""helhed quarantine: records that could not be translated; never what they say."""

import json
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from canonical_model.store import StoreError
from helhed.settings import SettingsError
from sync import quarantine

app = typer.Typer(no_args_is_help=True, help="Records that could not be translated, and trying them again.")
_out = Console(soft_wrap=True)
Source = Annotated[str | None, typer.Argument(help="Id of a source; none: all.")]
Json = Annotated[bool, typer.Option("--json", help="For machines.")]


@app.command("list")
def list_(source: Source = None, as_json: Json = False) -> None:
    """Every record in quarantine: its key, the field and the reason."""
    try:
        found = quarantine.rows(source)
    except (SettingsError, StoreError) as error:
        _fail(error)
    if as_json:
        typer.echo(json.dumps([row._asdict() for row in found], ensure_ascii=False))
        return
    table = Table("source", "stream", "key", "field", "reason", "since")
    for row in found:
        table.add_row(*row)
    _out.print(table)


@app.command()
def replay(source: Source = None, as_json: Json = False) -> None:
    """Translate what is in quarantine again from its stored body, without the vendor."""
    try:
        done = quarantine.replay(source)
    except (SettingsError, StoreError) as error:
        _fail(error)
    if as_json:
        typer.echo(json.dumps(done, ensure_ascii=False))
        return
    for name, outcome in done.items():
        _out.print(
            f"{name}: {outcome.get('error') or '{cleared} cleared, {left} left'.format(**outcome)}", highlight=False
        )
    if not done:
        _out.print("Nothing is in quarantine.")


def _fail(error: Exception) -> None:
    Console(stderr=True, soft_wrap=True).print(f"[red]{error}[/red]", highlight=False)
    raise typer.Exit(2) from None
