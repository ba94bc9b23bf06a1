"""helhed listen: take Beskedfordeler messages by REST push, and refresh what they name."""

import threading
from pathlib import Path
from typing import Annotated

import typer
import uvicorn
from rich.console import Console

from sync import anmodninger
from sync.listen import app as door
from sync.listen import arrived, work

app = typer.Typer(help="Take Beskedfordeler messages by REST push, and refresh what they name.")
_err = Console(stderr=True, soft_wrap=True)
File = Annotated[Path | None, typer.Option(exists=True, dir_okay=False)]


@app.command()
def listen(
    port: Annotated[int, typer.Option(help="Port to listen on.")] = 8001,
    host: Annotated[
        str, typer.Option(help="Address; anything but loopback needs --cert, --key and --ca.")
    ] = "127.0.0.1",
    cert: File = None,
    key: File = None,
    ca: Annotated[Path | None, typer.Option(exists=True, dir_okay=False, help="Who may knock (mutual TLS).")] = None,
) -> None:
    """Answer StandardRetur 20 once a message is stored; a worker refreshes the objects that it names."""
    if not (host in ("localhost", "::1") or host.startswith("127.")) and not (cert and key and ca):
        _err.print("[red]Beyond loopback messages come by mutual TLS only: give --cert, --key and --ca.[/red]")
        raise typer.Exit(2)
    stop = threading.Event()
    workers = [
        threading.Thread(target=target, args=(stop,), name=name, daemon=True)
        for name, target in (("inbox", work), ("anmodninger", anmodninger.work))
    ]
    for worker in workers:
        worker.start()
    arrived.set()
    _err.print(f"Listening on {host}:{port}")
    tls = {
        "ssl_certfile": cert,
        "ssl_keyfile": key,
        "ssl_ca_certs": str(ca) if ca else None,
        "ssl_cert_reqs": 2 if ca else 0,
    }
    # No access log: a vendor may put what it likes into an address.
    uvicorn.run(door, host=host, port=port, access_log=False, log_level="warning", **(tls if cert else {}))  # type: ignore[arg-type]
    stop.set()
    arrived.set()
    for worker in workers:
        worker.join(timeout=30)
