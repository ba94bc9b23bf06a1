"""helhed deletions: what the guard holds back, and letting it go once the system's owner has confirmed."""

import json
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from canonical_model.store import StoreError
from connectors.errors import ConnectorError
from helhed.settings import SettingsError
from sync.ledger import held
from sync.night import sync_source

app = typer.Typer(no_args_is_help=True, help="Deletions that the guard holds back, and approving them.")
_out = Console(soft_wrap=True)
_err = Console(stderr=True, soft_wrap=True)
Json = Annotated[bool, typer.Option("--json", help="For machines.")]


@app.command("list")
def list_(as_json: Json = False) -> None:
    """Streams whose latest run would have deleted more than it may."""
    try:
        found = held()
    except (SettingsError, StoreError) as error:
        _err.print(f"[red]{error}[/red]", highlight=False)
        raise typer.Exit(2) from None
    if as_json:
        typer.echo(json.dumps(found, ensure_ascii=False, default=str))
        return
    table = Table("source", "stream", "held", "run", "owner", "why")
    for row in found:
        table.add_row(row["source"], row["stream"], str(row["held"]), str(row["run"]), row["systemejer"], row["error"])
    _out.print(table)


@app.command()
def approve(
    source: Annotated[str, typer.Argument(help="Id of the source.")],
    stream: Annotated[str, typer.Argument(help="Name of the stream.")],
    at_most: Annotated[int, typer.Option("--at-most", min=1, help="The number that was confirmed; never one more.")],
    as_json: Json = False,
) -> None:
    """Read the source again, and let the stream lose up to so many records; more than that deletes nothing."""
    try:
        result = sync_source(source, cause="manual", approve={stream: at_most})
    except (SettingsError, StoreError, ConnectorError) as error:
        _err.print(f"[red]{error}[/red]", highlight=False)
        raise typer.Exit(2) from None
    counts = result.streams.get(stream)
    if counts is None:
        _err.print(
            f"[red]{source} has no stream {stream}; there are: {', '.join(result.streams)}[/red]", highlight=False
        )
        raise typer.Exit(2)
    if as_json:
        typer.echo(json.dumps(counts.as_dict(), ensure_ascii=False))
    else:
        _out.print(f"{source} {stream}: {counts.gone} deleted. {counts.error or ''}", highlight=False)
    if counts.state != "succeeded":
        raise typer.Exit(1)
