"""`helhed demo`: everything from nothing to a caseworker looking at one consolidated citizen."""

import time
from typing import Annotated

import typer
from rich.console import Console

from helhed.children import ended_in_order
from helhed.demo import airflow_night, citizen, listening, municipality, store, view
from helhed.settings import home, load_home_environment

app = typer.Typer()


@app.command()
def demo(
    citizens: Annotated[int, typer.Option(help="How many invented citizens Korsbæk has.")] = 2000,
    seed: Annotated[int, typer.Option(help="The same seed gives the same town.")] = 1,
    once: Annotated[bool, typer.Option("--once", help="Stop after printing one consolidated citizen.")] = False,
    port: Annotated[int, typer.Option(help="The caseworker's view.")] = 8000,
    airflow_port: Annotated[int, typer.Option(help="Airflow's web page.")] = 8080,
    listen_port: Annotated[int, typer.Option(help="Where change messages are taken.")] = 8001,
    town_port: Annotated[int, typer.Option(help="The first port for the vendor systems; each takes the next.")] = 18100,
) -> None:
    """Start the database, Korsbæk's vendor systems, Airflow and the view; pull a night; show one citizen."""
    console, began = Console(highlight=False), time.monotonic()

    def say(text: str) -> None:
        console.print(f"[dim]{time.monotonic() - began:5.0f} s[/dim]  {text}")

    say(f"State is kept in {home()}; 'make clean' forgets it.")
    with ended_in_order():
        try:
            store.start(say)
            municipality.start(say, citizens, seed, town_port)
            load_home_environment()
            with airflow_night.airflow(airflow_port, say) as parts:
                airflow_night.pull(parts, say)
                with listening.listening(listen_port, say), view.serving(port, say):
                    citizen.show(console)
                    say("One night, from vendor systems to one citizen.")
                    if not once:
                        say(f"Caseworker: http://127.0.0.1:{port}  (choose who you are on the login page)")
                        say(f"Airflow:    http://127.0.0.1:{airflow_port}  (user admin, password {parts.password()})")
                        say(f"Messages:   helhed korsbaek night --push http://127.0.0.1:{listen_port}")
                        say("Ctrl-C stops everything.")
                        view.wait()
        finally:
            municipality.stop()
            store.stop()
            say("Stopped.")
