"""helhed export-model: the canonical content, or the hash that two databases are compared by."""

import json
from typing import Annotated

import typer
from rich.console import Console

from canonical_model import export
from canonical_model.store import StoreError
from helhed.settings import SettingsError

app = typer.Typer()
_err = Console(stderr=True, soft_wrap=True)


@app.command()
def export_model(
    digest: Annotated[bool, typer.Option("--digest", help="Only the hash of all lines.")] = False,
    current: Annotated[
        bool, typer.Option("--current", help="Only what is known now, without the times of registration.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="With --digest: also each table's hash.")] = False,
) -> None:
    """Write the canonical content as one line of JSON a fact (NDJSON), every id given at random replaced.

    The lines hold CPR numbers and all that is known of everybody: without --digest, send them only to where such
    data may lie. The hash is the same for two databases that say the same.
    """
    try:
        if not digest:
            for table, line in export.lines(current):
                typer.echo(f'{{"table": "{table}", "fact": {line}}}')
            return
        with _err.status("export-model ..."):
            done = export.digest(current)
    except (StoreError, SettingsError) as error:
        _err.print(str(error), markup=False, highlight=False)
        raise typer.Exit(1) from None
    if as_json:
        typer.echo(json.dumps({"sha256": done.sha256, "rows": done.rows, "tables": done.tables}))
    else:
        typer.echo(done.sha256)
        _err.print(f"{done.rows} rows")
