"""helhed sources: every connected system, who answers for it, and how fresh it is."""

import json
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from canonical_model.store import StoreError
from helhed.settings import SettingsError
from helhed.settings import sources as known_sources
from sync.ledger import standing
from sync.register import mirror

app = typer.Typer(help="Every connected system, who answers for it, and how fresh it is.")
_out = Console(soft_wrap=True)
_err = Console(stderr=True, soft_wrap=True)


@app.command()
def sources(as_json: Annotated[bool, typer.Option("--json", help="For machines.")] = False) -> None:
    """Owner, freshness, failing since and fields that changed, per stream; files that cannot be read, one line each."""
    try:
        files = known_sources()
        mirror(files)
        found = standing()
    except (SettingsError, StoreError) as error:
        _err.print(f"[red]{error}[/red]", highlight=False)
        raise typer.Exit(2) from None
    if as_json:
        typer.echo(json.dumps({"sources": found, "bad_files": files.bad}, ensure_ascii=False, default=str))
        return
    table = Table(
        "source", "system", "owner", "stream", "complete as of", "failing since", "error", "fields that changed"
    )
    broken = [i for kilde in found for i in kilde["incidents"]]
    for kilde in found:
        head = [kilde["id"], kilde["navn"], f"{kilde['systemejer']}\n{kilde['kontakt']}"]
        for stream in kilde["streams"] or [{}]:
            as_of, since = stream.get("complete_as_of"), stream.get("failing_since")
            fresh = "never" if as_of is None else f"{as_of:%Y-%m-%d %H:%M}" + (" late" if stream["late"] else "")
            table.add_row(
                *head, stream.get("stream", ""), fresh, f"{since:%Y-%m-%d %H:%M}" if since else "",
                stream.get("error") or "", "\n".join(_changed(row) for row in stream.get("drift") or ()),
            )  # fmt: skip
            head = [""] * 3
    _out.print(table)
    for i in broken:
        where = f"{i['source']}/{i['stream']}" if i["stream"] else i["source"]
        _out.print(f"[red]{i['kind']}[/red] {where} since {i['since']:%Y-%m-%d %H:%M}: {i['line']}", highlight=False)
    for line in files.bad:
        _err.print(f"[red]{line}[/red]", highlight=False)


def _changed(row: dict[str, Any]) -> str:
    """One field that is not as it was, in a line."""
    became = {"renamed": f", probably renamed to {row['became']}", "retyped": f", {row['became']}"}.get(row["kind"], "")
    kind = "missing" if row["kind"] == "renamed" else row["kind"]
    return f"{row['field']}: {kind}{became} since {row['since']:%Y-%m-%d}, {row['records']:,} records"
