"""`helhed connector`: which connectors there are, whether a source's door opens, and recording for the tests."""

import json
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import urlsplit

import typer
from rich.console import Console
from rich.table import Table

from canonical_model.draft import Nummer
from connectors import recording, registry
from connectors.contract import Access, Connector
from connectors.errors import AccessError, ConnectorError, RecordError, TransientError
from connectors.registry import load, names
from connectors.replay import REPLIES, SECOND, Scene, scene
from helhed.commands.connector_new import new
from helhed.kit import drafts as paper
from helhed.kit import masked
from helhed.kit.invented import numbers, of_nobody
from helhed.kit.page import page
from helhed.kit.parts import lacking
from helhed.kit.tier import judge
from helhed.settings import SettingsError, Source, connection, key, now, sources

app = typer.Typer(help="The doors to vendor systems.", no_args_is_help=True)
_out = Console(highlight=False, soft_wrap=True)
_err = Console(stderr=True, highlight=False, soft_wrap=True)

Json = Annotated[bool, typer.Option("--json", help="For machines.")]


app.command()(new)


@app.command("list")
def list_(
    as_json: Json = False,
    as_page: Annotated[bool, typer.Option("--page", help="As docs/connectors.md has it.")] = False,
) -> None:
    """Name, system, streams with their shapes, and the tier that its quality sheet computes to."""
    if as_page:
        typer.echo(page(), nl=False)
        return
    rows, broken = [], []
    for name in names():
        try:
            found = load(name)
        except ConnectorError as error:
            broken.append(str(error))
            continue
        streams = [{"name": s.name, "shape": s.shape.value, "asks": s.asks} for s in found.streams]
        row: dict[str, Any] = {"name": name, "system": found.system, "streams": streams, "tier": judge(name).tier}
        rows.append(row)
    if as_json:
        typer.echo(json.dumps({"connectors": rows, "broken": broken}, ensure_ascii=False))
    else:
        table = Table("connector", "system", "streams", "tier", box=None)
        for row in rows:
            shown = (f"{s['name']} ({s['shape']}{' by ' + s['asks'] if s['asks'] else ''})" for s in row["streams"])
            table.add_row(str(row["name"]), str(row["system"]), ", ".join(shown), row["tier"] or "none")
        _out.print(table)
    for line in broken:
        _err.print(line)
    raise typer.Exit(1 if broken else 0)


@app.command()
def check(source: Annotated[str, typer.Argument(help="A source's id: its file's name, without .toml.")]) -> None:
    """Open the door of a source, knock once, and say what a person must do when it stays shut."""
    try:
        connector, access = _of(source)
        host = urlsplit(access.url).netloc.rpartition("@")[2]  # somebody may have written user and password before it
        _err.print(f"{source}: knocking at {host} ...")
        connector.check(connector.open(access))
    except SettingsError as error:
        _stop(str(error))
    except AccessError as error:
        _stop(f"{source}: no access. {error}")
    except TransientError as error:
        _stop(f"{source}: not now. {error}")
    except ConnectorError as error:
        _stop(f"{source}: not as agreed. {error}")
    _out.print(f"{source}: {connector.system} opens at {host}.")


@app.command()
def record(
    source: Annotated[str, typer.Argument(help="A source's id.")],
    folder: Annotated[
        Path | None, typer.Option(help="Where connectors stand, a folder each; else beside their code.")
    ] = None,
    mask: Annotated[bool, typer.Option("--mask", help="Invented people instead of the vendor's.")] = False,
    second: Annotated[
        bool, typer.Option("--second", help="It is another town with other settings: kept beside the first recording.")
    ] = False,
    persons: Annotated[
        Path | None,
        typer.Option(help="CPR numbers to ask for, a line each; else those that all sources name."),
    ] = None,
) -> None:
    """Keep a few replies in the connector's folder, and what they say.

    Replies are kept as they are only from this machine, where everybody is invented; from anywhere else, and where a
    number in them may be somebody's, only with --mask: names, numbers, places and texts are then invented ones, before
    anything is written.
    """
    try:
        connector, access = _of(source)
        if not mask and urlsplit(access.url).hostname not in ("127.0.0.1", "::1", "localhost"):
            _stop(f"{source}: only the sample municipality on this machine may be recorded as it is; say --mask.")
        asked = persons.read_text(encoding="utf-8").split() if persons else _persons()
        if mask:
            index, bodies = masked.record(connector, access, asked, now(), key())
        else:
            index, bodies = recording.record(connector, access, asked, now())
            if somebody := [n for n in numbers(bodies.values(), asked) if not of_nobody(n)]:
                # A vendor may be reached through a tunnel that ends on this machine.
                _stop(f"{source}: {len(somebody)} numbers in it may belong to somebody; nothing is kept; say --mask.")
    except (SettingsError, ConnectorError, OSError) as error:
        _stop(f"{source}: {error}")
    at = (folder / connector.name if folder else registry.folder(connector.name)) / (SECOND if second else REPLIES)
    recording.save(at, index, bodies)
    size = sum(map(len, bodies.values())) // 1024
    _out.print(f"{source}: {len(index.exchanges)} replies, {size} KB, kept in {at}.")
    if second:
        return
    said = paper.snapshot(Scene(connector, index, bodies))
    at.with_name(paper.FILE).write_text(said, encoding="utf-8")
    _out.print(f"{source}: what they say stands in {at.with_name(paper.FILE)}; let a caseworker read it.")


@app.command()
def drafts(
    name: Annotated[str, typer.Argument(help="A connector.")],
) -> None:
    """Say a connector's recorded replies in the shared words again, after a change of its translation."""
    try:
        said = paper.snapshot(scene(load(name)))
    except (ConnectorError, AssertionError) as error:
        _stop(f"{name}: {error}")
    kept = registry.folder(name) / paper.FILE
    kept.write_text(said, encoding="utf-8")
    _out.print(f"{name}: {len(said.splitlines())} lines in {kept}; let a caseworker read what has changed.")
    for line in lacking(name):
        _out.print(f"{name} still lacks {line}")


def _of(name: str) -> tuple[Connector[Any], Access]:
    found = sources()
    source = found.good.get(name)
    if source is None:
        bad = next((line for line in found.bad if line.startswith(f"sources/{name}.toml")), "")
        raise SettingsError(bad or f"there is no source '{name}'; there are: {', '.join(found.good) or 'none'}")
    return load(source.connector), access_of(source)


def access_of(source: Source) -> Access:
    """The endpoint of a source with its file's settings."""
    found = connection(source.id)
    return Access(
        url=found.url,
        login=found.login,
        password=found.password,
        extra=found.extra,
        myndighed=source.myndighed,
        options=source.options,
    )


def _persons() -> list[str]:
    """Numbers of persons that listed and changed streams of all sources speak of, most often named first."""
    named: dict[str, int] = {}
    for source in sources().good.values():
        try:
            for number in _named(source):
                named[number] = named.get(number, 0) + 1
        except (SettingsError, ConnectorError) as error:
            _err.print(f"Passed over: {error}")
    return sorted(named, key=lambda n: (-named[n], n))


def _named(source: Source) -> Iterator[str]:
    connector = load(source.connector)
    streams = [s for s in connector.streams if s.read is not None]
    api = connector.open(access_of(source)) if streams else None
    for stream in streams:
        for found in recording.read_all(stream, api, now()):
            with suppress(RecordError):
                for draft in list(stream.translate(stream.parse(found.body))):
                    part = getattr(draft, "part", None)
                    if isinstance(part, Nummer) and part.art == "cpr":
                        yield part.nummer


def _stop(line: str) -> None:
    _err.print(line)
    raise typer.Exit(1)
