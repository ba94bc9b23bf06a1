"""helhed listen: take Beskedfordeler messages by REST push and AMQP, refresh what they name, and fetch again."""

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer
import uvicorn
from rich.console import Console

from helhed.settings import SettingsError
from sync import anmodninger
from sync.amqp import Consumer, broker
from sync.inbox import receive
from sync.listen import app as door
from sync.listen import arrived, consumers, work

app = typer.Typer(help="Take Beskedfordeler messages, refresh what they name, and fetch again what is asked for.")
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
    """Store each message before it is acknowledged, and refresh the objects that it names.

    REST push is answered StandardRetur 20 once stored. AIRFLOW_CONN_BESKEDFORDELER names the queue to read beside it.
    """
    if not (host in ("localhost", "::1") or host.startswith("127.")) and not (cert and key and ca):
        _err.print("[red]Beyond loopback messages come by mutual TLS only: give --cert, --key and --ca.[/red]")
        raise typer.Exit(2)
    stop = threading.Event()
    try:
        queue = broker()
    except SettingsError as error:
        _err.print(f"[red]{error}[/red]", highlight=False)
        raise typer.Exit(2) from None
    tasks: list[tuple[str, Callable[[threading.Event], None]]] = [("inbox", work), ("anmodninger", anmodninger.work)]
    if queue:
        consumers.append(Consumer(queue, receive, arrived.set))
        tasks.append(("amqp", consumers[-1].run))
    workers = [threading.Thread(target=target, args=(stop,), name=name, daemon=True) for name, target in tasks]
    for worker in workers:
        worker.start()
    arrived.set()
    where = f", and to the queue on {queue.host}:{queue.port}" if queue else ""
    _err.print(f"Listening on {host}:{port}{where}", highlight=False)
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
