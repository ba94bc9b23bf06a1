"""helhed runs: what the latest runs did, stream by stream."""

import json
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from canonical_model.store import StoreError
from helhed.settings import SettingsError
from sync.ledger import RUN_COLUMNS, latest_runs

app = typer.Typer(help="What the latest runs did, stream by stream.")
_out = Console(soft_wrap=True)


@app.command()
def runs(
    source: Annotated[str | None, typer.Argument(help="Id of a source; none: all.")] = None,
    last: Annotated[int, typer.Option(help="How many runs of each source.")] = 1,
    as_json: Annotated[bool, typer.Option("--json", help="For machines.")] = False,
) -> None:
    """Counts of records per stream: read, unchanged, changed, new, gone, quarantined, held."""
    try:
        found = latest_runs(source, last)
    except (SettingsError, StoreError) as error:
        Console(stderr=True, soft_wrap=True).print(f"[red]{error}[/red]", highlight=False)
        raise typer.Exit(2) from None
    if as_json:
        typer.echo(json.dumps(found, ensure_ascii=False, default=str))
        return
    every = [counts for run in found for counts in (run["streams"] or {}).values()]
    # What is nowhere anything but nothing would push the rest off the screen.
    columns = [c for c in RUN_COLUMNS if c == "read" or any(counts.get(c) for counts in every)]
    table = Table("source", "run", "started", "state", "stream", *columns, "unknown fields", "error")
    for run in found:
        head = [run["source"], str(run["run"]), f"{run['started']:%Y-%m-%d %H:%M}", run["state"]]
        for name, c in (run["streams"] or {"": {}}).items():
            numbers = [str(c.get(column, "")) for column in columns]
            why = c.get("error") or ("" if name else run["error"]) or ""
            table.add_row(*head, name, *numbers, ", ".join(c.get("unknown_fields") or []), why)
            head = [""] * 4
    _out.print(table)
