"""helhed log: seal the lookup log, and prove that nobody has touched what is sealed."""

import time
from typing import Annotated, NoReturn

import typer

from canonical_model.store import StoreError
from caseworker.opslag import seal as seal_block
from caseworker.opslag import verify as verify_blocks

app = typer.Typer(no_args_is_help=True, help="The lookup log: sealed in hash-chained blocks.")


@app.command()
def seal(every: Annotated[float, typer.Option(help="Seal again after so many seconds; 0: once.")] = 0) -> None:
    """Close the newest rows into a block: once, or for as long as it runs (decision 11: each minute)."""
    while True:
        try:
            count = seal_block()
        except StoreError as error:
            _fail(str(error))
        if not every:
            typer.echo(f"{count} rows sealed" if count else "Nothing to seal")
            return
        time.sleep(every)


@app.command()
def verify() -> None:
    """Check every block against the rows and the block before; exit 1 when something does not hold."""
    try:
        faults = verify_blocks()
    except StoreError as error:
        _fail(str(error))
    for fault in faults:
        typer.echo(fault)
    if faults:
        raise typer.Exit(1)
    typer.echo("The log holds.")


def _fail(message: str) -> NoReturn:
    typer.echo(message, err=True)
    raise typer.Exit(2)
