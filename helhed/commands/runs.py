"""helhed runs: what the latest runs did, stream by stream."""

import json
from typing import Annotated, Any

import typer
from rich.console import Console

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
    for run in found:
        _show(run)


def _show(run: dict[str, Any]) -> None:
    _out.print(f"{run['source']}: run {run['run']}, {run['started']:%Y-%m-%d %H:%M}, {run['state']}", highlight=False)
    if run["error"] and not run["streams"]:
        _out.print(f"  {run['error']}", highlight=False, markup=False)
    for name, counts in (run["streams"] or {}).items():
        words = [f"{counts[what]:,} {what}" for what in RUN_COLUMNS if counts.get(what)]
        _out.print(f"  {name:<20} {', '.join(words) or 'nothing'}", highlight=False)
        if counts.get("unknown_fields"):
            _out.print(f"  {'':<20} unknown: {', '.join(counts['unknown_fields'])}", highlight=False, markup=False)
        if counts.get("error"):
            _out.print(f"  {'':<20} {counts['error']}", highlight=False, markup=False)
