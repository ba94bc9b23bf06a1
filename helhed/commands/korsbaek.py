"""helhed korsbaek: the sample municipality, with a real server process for each of its vendor systems."""

import json
import shutil
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from helhed.settings import SettingsError, config_folder, home

app = typer.Typer(no_args_is_help=True, help="Korsbæk Kommune: an invented municipality and its vendor systems.")
_out = Console()
_err = Console(stderr=True, soft_wrap=True)
Json = Annotated[bool, typer.Option("--json", help="For machines.")]


def _town() -> Any:
    try:
        from korsbaek import municipality
    except ModuleNotFoundError:
        _err.print("The sample municipality is not installed here (it is never in the production image).")
        raise typer.Exit(2) from None
    return municipality


def _folder() -> Path:
    return home() / "korsbaek"


def _done(work: Callable[[], Any]) -> Any:
    town = _town()
    try:
        return work()
    except (town.TownError, ValueError, FileExistsError) as error:
        _err.print(str(error), markup=False, highlight=False)
        raise typer.Exit(1) from None


@app.command()
def up(
    citizens: Annotated[int, typer.Option(help="How many people, when the town is made.", min=20)] = 2000,
    seed: Annotated[int, typer.Option(help="The same seed gives the same town.")] = 7,
    port: Annotated[int | None, typer.Option(help="The first of its ports; else free ones.")] = None,
    token: Annotated[
        list[str] | None,
        typer.Option(help="A SOAP service that wants a token (sdi, cvr, ...); may be repeated."),
    ] = None,
    faults: Annotated[
        Path | None, typer.Option(help="A file that says how the systems misbehave, and when (docs/hostile.md).")
    ] = None,
    further: Annotated[bool, typer.Option(help="A new town has all systems, or only the first five.")] = True,
    as_json: Json = False,
) -> None:
    """Make the town if there is none, start its systems, and give Helhed its configuration."""
    town = _town()
    with _err.status("Korsbæk Kommune ..."):
        asked = {"citizens": citizens, "seed": seed, "port": port, "faults": faults, "token": token}
        _done(lambda: town.up(_folder(), **asked, further=town.further() if further else ()))
        found = town.status(_folder())
        install(home(), found)
    _show(found, as_json)


@app.command()
def down() -> None:
    """Stop the systems; the town stays as it is."""
    town = _town()
    _done(lambda: town.down(_folder()))
    _out.print("Korsbæk Kommune's systems are stopped.")


@app.command()
def status(as_json: Json = False) -> None:
    """Each system's address, and the test credentials or certificate that open it."""
    town = _town()
    _show(_done(lambda: town.status(_folder())), as_json)


@app.command()
def night(
    mend: Annotated[bool, typer.Option("--mend", help="Mend every malformed record, not just one.")] = False,
    push: Annotated[
        str | None, typer.Option(help="Where change messages go: https://... or amqps://...?queue=...")
    ] = None,
    gone: Annotated[float | None, typer.Option(help="A mishap: this share of cases and grants vanishes.")] = None,
    as_json: Json = False,
) -> None:
    """Let a night pass in the town."""
    town = _town()
    found = _done(lambda: town.night(_folder(), mend=mend, push=push, gone=gone))
    if as_json:
        typer.echo(json.dumps(found, ensure_ascii=False))
        return
    _out.print(_night_table(found))
    if "messages" in found:
        _out.print(f"Change messages: {found['messages']['accepted']} accepted, {found['messages']['refused']} refused")


@app.command()
def ledger(as_json: Json = False) -> None:
    """What the town truly holds, what each night changed, and what of it the contracts can reveal."""
    town = _town()
    found = _done(lambda: town.ledger(_folder()))
    if as_json:
        typer.echo(json.dumps(found, ensure_ascii=False))
        return
    table = Table(title=f"Korsbæk Kommune, {found['day']}")
    for heading in ("Stream", "Records", "Reachable", "Malformed", "What the contract can reveal"):
        table.add_column(heading, justify="right" if heading in ("Records", "Reachable", "Malformed") else "left")
    for name, at in found["streams"].items():
        table.add_row(name, str(at["records"]), str(at["reachable"]), str(at["malformed"]), at["contract"])
    _out.print(table)
    for passed in found["nights"]:
        _out.print(_night_table(passed))


@app.command()
def twin(
    contract: Annotated[Path, typer.Argument(help="openapi.json or service.wsdl.")],
    port: Annotated[int, typer.Option(help="Where it answers; 0 takes a free one.")] = 0,
    records: Annotated[int, typer.Option(help="How many each list holds.", min=0)] = 25,
    seed: Annotated[int, typer.Option(help="The same seed gives the same records.")] = 7,
    faults: Annotated[
        Path | None, typer.Option(help="A file that says how it misbehaves (docs/hostile.md); its system is twin.")
    ] = None,
) -> None:
    """Serve any vendor's contract with invented records until stopped: a twin that misbehaves on demand."""
    _town()
    from korsbaek.twin import serve

    app = _done(lambda: serve.twin(contract, seed, records, faults))
    with suppress(KeyboardInterrupt), serve.running(app, port) as url:
        _out.print(f"The twin of {contract.name} answers at {url}; stop it with Ctrl-C.")
        threading.Event().wait()


def _night_table(passed: dict[str, Any]) -> Table:
    table = Table(title=f"Night {passed['night']}")
    for heading in ("Stream", "What changed", "Of which outside can see"):
        table.add_column(heading)
    for name, at in passed["streams"].items():
        shown = "; ".join(f"{by}: {_counts(counts)}" for by, counts in sorted(at["revealed"].items()))
        table.add_row(name, _counts(at["counts"]), shown)
    return table


def _counts(counts: dict[str, int]) -> str:
    return ", ".join(f"{count} {what}" for what, count in sorted(counts.items()))


def _show(found: dict[str, Any], as_json: bool) -> None:
    if as_json:
        typer.echo(json.dumps(found, ensure_ascii=False))
        return
    table = Table(title=f"Korsbæk Kommune, {found['day']}, {found['nights']} nights")
    for heading in ("System", "Address", "Answers", "Opens with"):
        table.add_column(heading)
    for system in found["systems"].values():
        auth = system["auth"] or {}
        table.add_row(system["id"], system["url"] or "-", "yes" if system["alive"] else "no", auth.get("type", "-"))
    _out.print(table)


def install(home: Path, status: dict[str, Any]) -> None:
    """Gives Helhed the municipality's own configuration (unless it has one) and an endpoint for each running system.

    Endpoints go to `home`/env, from where the command line takes them as defaults.
    """
    source = Path(_town().__file__).parent / "kommune"
    config = config_folder()
    if source.is_dir() and not (config / "sources").exists():
        shutil.copytree(source, config, dirs_exist_ok=True)
    for name in status["systems"]:
        sheet, kept = source.parent / "systems" / name / "source.toml", config / "sources" / f"{name}.toml"
        if sheet.is_file() and not kept.exists():
            shutil.copy(sheet, kept)
    lines = {}
    env = home / "env"
    if env.exists():
        lines = dict(line.split("=", 1) for line in env.read_text().splitlines() if "=" in line)
    for system in status["systems"].values():
        if system["url"]:
            lines[f"AIRFLOW_CONN_{system['id'].upper()}"] = json.dumps(connection(system))
    home.mkdir(parents=True, exist_ok=True)
    env.touch(mode=0o600)
    env.chmod(0o600)
    try:
        env.write_text("".join(f"{name}={value}\n" for name, value in lines.items()))
    except OSError as problem:
        raise SettingsError(f"{env} cannot be written: {problem.strerror}") from None


def connection(system: dict[str, Any]) -> dict[str, Any]:
    """One system's endpoint in Airflow's JSON form of a connection."""
    auth = dict(system["auth"])
    kind = auth.pop("type")
    made: dict[str, Any] = {"conn_type": "http", "host": system["url"], "extra": auth}
    if kind in ("password", "ntlm"):
        made["login"], made["password"] = auth.pop("username"), auth.pop("password")
    elif kind == "client_credentials":
        made["login"], made["password"] = auth["client_id"], auth["client_secret"]
    if kind == "idws":
        auth["auth"] = kind
    elif kind not in ("mtls", "ntlm"):
        auth["grant"] = kind
    return made
