"""helhed incidents: what is broken now, who answers for it, and whom it affects."""

import json
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from canonical_model.store import StoreError
from helhed.settings import SettingsError
from sync.incidents import listed, review_all

app = typer.Typer(help="What is broken now, who answers for it, and whom it affects.")
_out = Console(soft_wrap=True)


@app.command()
def incidents(
    source: Annotated[str | None, typer.Argument(help="Id of a source; none: all.")] = None,
    history: Annotated[bool, typer.Option("--history", help="Those that are mended too.")] = False,
    look: Annotated[bool, typer.Option("--look", help="Review every source first, as the alarm does.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="For machines.")] = False,
) -> None:
    """Open incidents: owner, vendor, since when, how many citizens' pages are affected; exit code 1 if there is any."""
    try:
        if look:
            review_all()
        found = listed(source, history)
    except (SettingsError, StoreError) as error:
        Console(stderr=True, soft_wrap=True).print(f"[red]{error}[/red]", highlight=False)
        raise typer.Exit(2) from None
    if as_json:
        typer.echo(json.dumps(found, ensure_ascii=False, default=str))
    elif not found:
        _out.print("Nothing is broken.")
    else:
        table = Table("nr", "kind", "system", "since", "closed", "owner", "told", "citizens", "units", "what")
        for i in found:
            table.add_row(
                str(i["id"]), f"{i['kind']} {i['level']}", f"{i['source']} {i['stream']}".strip() or i["navn"],
                f"{i['since']:%Y-%m-%d %H:%M}", f"{i['closed']:%Y-%m-%d %H:%M}" if i["closed"] else "",
                f"{i['systemejer']}\n{i['kontakt']}\n{i['leverandoer']}",
                f"{i['told']:%Y-%m-%d %H:%M}" if i["told"] else ("not yet" if i["kontakt_mail"] else "no address"),
                str(i["borgere"]), ", ".join(i["enheder"]), i["line"],
            )  # fmt: skip
        _out.print(table)
    if any(i["closed"] is None for i in found):
        raise typer.Exit(1)
