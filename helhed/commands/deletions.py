"""helhed deletions: what the guard holds back, and letting it go once the system's owner has confirmed."""

import json
from typing import Annotated, NoReturn

import typer
from rich.console import Console
from rich.table import Table

from canonical_model.store import StoreError
from connectors.errors import ConnectorError
from helhed.settings import SettingsError
from sync import approvals
from sync.runs import BusyError

app = typer.Typer(no_args_is_help=True, help="Deletions that the guard holds back, and approving them.")
_out = Console(soft_wrap=True)
_err = Console(stderr=True, soft_wrap=True)
Json = Annotated[bool, typer.Option("--json", help="For machines.")]


@app.command("list")
def list_(as_json: Json = False) -> None:
    """Streams that would lose more records than they may: how many, since when, whose, and what they concern."""
    try:
        found = approvals.waiting()
    except (SettingsError, StoreError) as error:
        _fail(str(error))
    if as_json:
        typer.echo(json.dumps(found, ensure_ascii=False, default=str))
        return
    if not found:
        _out.print("No deletions wait.")
        return
    table = Table("source", "stream", "held", "allowed", "since", "concerns", "owner", "approved")
    for row in found:
        concerns = [f"{count:,} {kind}" for kind, count in row["kinds"].items()] + [f"{row['citizens']:,} citizens"]
        approved = f"at most {row['approved']:,} by {row['approved_by']}" if row["approved"] is not None else ""
        table.add_row(
            row["source"], row["stream"], f"{row['held']:,} of {row['of']:,}", f"{row['ceiling']:,}",
            f"{row['since']:%Y-%m-%d %H:%M}", "\n".join(concerns), f"{row['systemejer']}\n{row['kontakt']}", approved,
        )  # fmt: skip
    _out.print(table)


@app.command()
def approve(
    source: Annotated[str, typer.Argument(help="Id of the source.")],
    stream: Annotated[str, typer.Argument(help="Name of the stream.")],
    at_most: Annotated[int, typer.Option("--at-most", min=1, help="The number that was confirmed; never one more.")],
    by: Annotated[
        str, typer.Option("--by", envvar="HELHED_APPROVER", prompt="Who approves it", help="Who approves; kept.")
    ],
    as_json: Json = False,
) -> None:
    """Read the source again, and let the stream lose up to so many records; more than that deletes nothing."""
    if not by.strip():
        _fail("An approval has a name: say --by NAME.")
    try:
        result = approvals.approve(source, stream, at_most, by.strip())
    except BusyError:
        _fail(f"{source}: a run is under way, and acts on the approval if it has not read {stream} yet; else the next.")
    except (SettingsError, StoreError, ConnectorError) as error:
        _fail(str(error))
    counts = result.streams.get(stream)
    if counts is None:
        _fail(f"{result.error or f'{source} has no stream {stream} now'} The approval waits for the next run.")
    if as_json:
        typer.echo(json.dumps(counts.as_dict(), ensure_ascii=False))
    else:
        _out.print(f"{source} {stream}: {counts.gone} deleted. {counts.error or ''}", highlight=False)
    if counts.state != "succeeded":
        raise typer.Exit(1)


def _fail(line: str) -> NoReturn:
    _err.print(f"[red]{line}[/red]", highlight=False)
    raise typer.Exit(2)
