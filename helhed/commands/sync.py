"""helhed sync: a night without airflow, for all sources or some."""

import json
from datetime import datetime
from typing import Annotated
from uuid import UUID
from zoneinfo import ZoneInfo

import typer
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from canonical_model.store import StoreError
from helhed.settings import SettingsError
from helhed.settings import sources as known_sources
from sync.citizen import Said, refetch, whole
from sync.consolidate import consolidate, consolidate_persons
from sync.night import sync_all
from sync.register import mirror
from sync.runs import Counts, RunResult

app = typer.Typer(help="Bring sources up to date and consolidate what changed.")
_out = Console(soft_wrap=True)
_err = Console(stderr=True, soft_wrap=True)
_COLOUR = {"succeeded": "green", "partial": "yellow", "failed": "red"}


@app.command()
def sync(
    source: Annotated[list[str] | None, typer.Argument(help="Ids of sources; none: every active one.")] = None,
    full: Annotated[bool, typer.Option("--full", help="Forget cursors, and ask about everybody.")] = False,
    since: Annotated[
        datetime | None, typer.Option(help="Read again what changed from this day on, where the system can tell.")
    ] = None,
    until: Annotated[datetime | None, typer.Option(help="With --since: what changed before this day only.")] = None,
    person: Annotated[UUID | None, typer.Option(help="Ask every system about this citizen, now.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="For machines.")] = False,
) -> None:
    """Read, land, place and consolidate; exit code 1 when a source was not brought wholly up to date."""
    if person and (source or full or since or until):
        _err.print("[red]--person asks every system that can be asked about one citizen: give nothing beside it.[/red]")
        raise typer.Exit(2)
    if person:
        _citizen(person, as_json)
        return
    if until and (since is None or until <= since):
        _err.print("[red]--until needs an earlier --since.[/red]", highlight=False)
        raise typer.Exit(2)
    try:
        found = known_sources()
        try:
            mirror(found)
        except SettingsError as error:
            found.bad.append(str(error))
        for line in found.bad:
            _err.print(f"[red]{line}[/red]", highlight=False)
        with Progress(
            SpinnerColumn(), TextColumn("{task.description}"), TextColumn("{task.completed:,.0f} records"),
            TimeElapsedColumn(), console=_err, disable=as_json, transient=True,
        ) as bar:  # fmt: skip
            tasks: dict[tuple[str, str], object] = {}

            def tell(source_id: str, stream: str, counts: Counts) -> None:
                key = (source_id, stream)
                task = tasks.get(key)
                if task is None:
                    task = tasks[key] = bar.add_task(f"{source_id} {stream}", total=None)
                bar.update(task, completed=counts.read)  # type: ignore[arg-type]

            results = sync_all(
                source, cause="manual", full=full, since=_danish(since), until=_danish(until), progress=tell
            )
        done = consolidate()
    except (SettingsError, StoreError) as error:
        _err.print(f"[red]{error}[/red]", highlight=False)
        raise typer.Exit(2) from None
    if as_json:
        runs = [
            {"source": r.source, "run": r.run_id, "state": r.state, "error": r.error, "streams": r.counts()}
            for r in results
        ]
        typer.echo(json.dumps({"runs": runs, "consolidated": done, "bad_files": found.bad}, ensure_ascii=False))
    else:
        for result in results:
            _show(result)
        _out.print(f"Persons looked at: {done['persons']}, written: {done['written']}")
    if any(result.state != "succeeded" for result in results) or found.bad:
        raise typer.Exit(1)


def _citizen(person: UUID, as_json: bool) -> None:
    """Exit code 1 when a system that can be asked did not answer wholly; 2 when the store or the register is away."""
    try:
        mirror(known_sources())
        with _err.status("Asking every system that can be asked about one citizen ..."):
            answers = refetch(person)
        consolidate_persons([person])
    except (SettingsError, StoreError) as error:
        _err.print(f"[red]{error}[/red]", highlight=False)
        raise typer.Exit(2) from None
    state = whole(answers)
    if as_json:
        systems = [said.as_dict() for said in answers]
        typer.echo(json.dumps({"person": str(person), "state": state, "systems": systems}, ensure_ascii=False))
    else:
        _receipt(answers, state)
    if state != "succeeded":
        raise typer.Exit(1)


def _receipt(answers: list[Said], state: str) -> None:
    for said in answers:
        counts = ", ".join(f"{number} {what}" for what, number in said.counts.items())
        words = said.error or counts or ("knows nothing of the citizen" if said.asked else "hands out whole lists only")
        _out.print(f"[{_COLOUR.get(said.state, 'dim')}]{said.navn}: {said.state}[/]  {words}", highlight=False)
        if said.asked and said.not_asked:
            _out.print(
                f"  not asked, since they come as whole lists only: {', '.join(said.not_asked)}", highlight=False
            )
        if said.state in ("failed", "partial"):
            _out.print(f"  {said.systemejer}, {said.kontakt}", highlight=False)
    _out.print(f"[{_COLOUR[state]}]{state}[/]")


def _danish(day: datetime | None) -> datetime | None:
    """A day as it was typed is a Danish one."""
    return day.replace(tzinfo=day.tzinfo or ZoneInfo("Europe/Copenhagen")) if day else None


def _show(result: RunResult) -> None:
    _out.print(f"[{_COLOUR[result.state]}]{result.source}: {result.state}[/]  {result.error or ''}", highlight=False)
    for name, c in result.streams.items():
        words = [f"{getattr(c, what):,} {what}" for what in ("read", "new", "changed", "gone", "quarantined", "held")]
        _out.print(
            f"  {name:<24} {', '.join(w for w in words if not w.startswith('0 ')) or 'nothing'}", highlight=False
        )
