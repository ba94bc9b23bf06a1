"""helhed messages: what Beskedfordeler sent that nothing could be done with; never what it says."""

import json
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from canonical_model.store import StoreError
from helhed.settings import SettingsError
from sync import inbox
from sync.refresh import handle_inbox

app = typer.Typer(no_args_is_help=True, help="Messages that nothing could be done with, and trying them again.")
_out = Console(soft_wrap=True)
Json = Annotated[bool, typer.Option("--json", help="For machines.")]


@app.command("list")
def list_(as_json: Json = False) -> None:
    """Every parked message: its BeskedId, when it came and why it is parked."""
    try:
        found = inbox.parked()
    except (SettingsError, StoreError) as error:
        _fail(error)
    if as_json:
        typer.echo(json.dumps([row._asdict() for row in found], ensure_ascii=False))
        return
    table = Table("BeskedId", "received", "reason")
    for row in found:
        table.add_row(*row)
    _out.print(table if found else "No message is parked.")


@app.command()
def replay(
    besked_id: Annotated[str | None, typer.Argument(help="One parked message; none: all.")] = None,
    as_json: Json = False,
) -> None:
    """Read parked messages again, and refresh what they name; exit code 1 when some stay parked."""
    try:
        counts = inbox.replay(besked_id)
        handled = handle_inbox()
    except (SettingsError, StoreError) as error:
        _fail(error)
    left = counts["parked"] + handled.parked
    done = {"replayed": counts["replayed"], "parked": left, "runs": handled.runs}
    if as_json:
        typer.echo(json.dumps(done, ensure_ascii=False))
    else:
        runs = ", ".join(f"{source} {state}" for source, state in handled.runs.items()) or "nothing to refresh"
        _out.print(f"{counts['replayed']} replayed, {left} parked; {runs}", highlight=False)
    if left:
        raise typer.Exit(1)


@app.command()
def discard(besked_id: Annotated[str, typer.Argument(help="As 'helhed messages list' says it.")]) -> None:
    """Forget a parked message that nobody will ever be able to act on."""
    try:
        gone = inbox.discard(besked_id)
    except (SettingsError, StoreError) as error:
        _fail(error)
    _out.print("Discarded." if gone else "No such message is parked.")
    if not gone:
        raise typer.Exit(1)


def _fail(error: Exception) -> None:
    Console(stderr=True, soft_wrap=True).print(f"[red]{error}[/red]", highlight=False)
    raise typer.Exit(2) from None
