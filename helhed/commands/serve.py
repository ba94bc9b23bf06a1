"""helhed serve: the caseworker's view on this machine."""

from typing import Annotated

import typer
import uvicorn

from caseworker.app import create_app
from helhed.settings import SettingsError

app = typer.Typer(help="The caseworker's view and its JSON API, on 127.0.0.1.")


@app.callback(invoke_without_command=True)
def serve(
    port: Annotated[int, typer.Option(help="Port on 127.0.0.1.")] = 8000,
    host: Annotated[str, typer.Option(help="127.0.0.1 or localhost; the local login refuses anything else.")] = (
        "127.0.0.1"
    ),
) -> None:
    """Serve until stopped."""
    try:
        application = create_app(host)
    except SettingsError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(2) from None
    uvicorn.run(application, host=host, port=port, access_log=False, log_level="warning", server_header=False)
