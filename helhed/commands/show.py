"""helhed show: one consolidated citizen in the terminal, read as a caseworker, logged like any lookup."""

import sys
from typing import Annotated, NoReturn
from uuid import UUID

import typer
from rich.console import Console
from rich.table import Table

from canonical_model.store import StoreError
from caseworker.identity import skriv_cpr
from caseworker.opslag import FORMAAL, LogDown, Logged, formaal_tekst, log
from caseworker.overblik import Borgeroverblik, UnknownPerson, read_borger
from caseworker.overblik.models import TRIN
from caseworker.principal import SE_OVERBLIK, SOEG_BORGER, Principal
from caseworker.provenance import Felt
from caseworker.render import skriv_beloeb
from caseworker.roles import load_roles
from caseworker.search import search
from caseworker.tid import skriv_dato, skriv_tid, tid
from helhed.settings import SettingsError

app = typer.Typer(help="One consolidated citizen. Asks for the CPR number, the caseworker and the purpose.")


@app.callback(invoke_without_command=True)
def show(
    as_known_on: Annotated[str | None, typer.Option(help="As the hub knew it then (date or instant).")] = None,
    as_true_on: Annotated[str | None, typer.Option(help="As it was true then (date or instant).")] = None,
    json: Annotated[bool, typer.Option("--json", help="For machines.")] = False,
) -> None:
    """Show one citizen. The three answers come from the prompt, or from standard input, a line each."""
    try:
        tid(as_known_on, as_true_on)
    except (ValueError, OverflowError):
        _fail("A date is written 2026-11-22, an instant 2026-11-22T08:00:00+01:00.")
    number, caseworker, purpose = _ask()
    try:
        principal = load_roles().get(caseworker)
        if principal is None:
            _fail("No such caseworker: the ids stand in roles.toml of HELHED_CONFIG.")
        purpose = formaal_tekst(purpose)
        person = find_person(principal, number, purpose)
        if person is None:
            _fail("Nobody is known by that number.")
        show_person(principal, person, purpose, known_on=as_known_on, true_on=as_true_on, as_json=json)
    except PermissionError as refused:
        _fail(str(refused))
    except ValueError:
        _fail("A purpose is needed, of at least three letters.")
    except UnknownPerson:
        _fail("Nobody is known by that number.")
    except LogDown:
        _fail("The lookup cannot be logged, so nothing is shown.")
    except (SettingsError, StoreError) as error:
        _fail(str(error))


def find_person(principal: Principal, number: str, purpose: str) -> UUID | None:
    """The person of a CPR number, former or in force; logged. Raises PermissionError without the role."""
    _need(principal, SOEG_BORGER, purpose)
    found = search(principal, number, tid())
    hits = found.borgere if found.art == "cpr" else []
    person = hits[0].person if hits else None
    log(principal, "search", purpose, "cli", person=person, kriterium=found.art, objekter=len(hits))
    return person


def show_person(
    principal: Principal,
    person: UUID,
    purpose: str,
    *,
    known_on: str | None = None,
    true_on: str | None = None,
    as_json: bool = False,
    console: Console | None = None,
) -> Borgeroverblik:
    """Read, log and print one citizen. Raises UnknownPerson, LogDown, PermissionError; then nothing is printed."""
    _need(principal, SE_OVERBLIK, purpose, person)
    try:
        view = read_borger(principal, person, tid(known_on, true_on))
    except UnknownPerson:
        log(principal, "open", formaal_tekst(purpose), "cli", person=person, resultat="refused")
        raise
    opslag = log(
        principal,
        "open",
        formaal_tekst(purpose),
        "cli",
        objekter=len(view.sager) + len(view.dokumenter) + len(view.ydelser) + len(view.udbetalinger) + len(view.krav),
        hidden=view.skjult.ialt,
        # The family stands in the answer for machines only.
        omtalte=[o for o in view.omtalte if as_json or not o.beside],
    )
    if as_json:
        sys.stdout.write(view.model_dump_json(indent=2)[:-2] + f',\n  "opslag": "{opslag.uid}"\n}}\n')
    else:
        _print(view, opslag, console or Console(highlight=False))
    return view


def _need(principal: Principal, rolle: str, purpose: str, person: UUID | None = None) -> None:
    if not principal.may(rolle):
        log(principal, "refused", formaal_tekst(purpose), "cli", person=person, resultat="refused")
        raise PermissionError("That caseworker may not look citizens up; the refusal is logged.")


def _ask() -> tuple[str, str, str]:
    questions = ("CPR number", "Caseworker (id in roles.toml)", f"Purpose ({', '.join(FORMAAL)}, or your own words)")
    if sys.stdin.isatty():
        return typer.prompt(questions[0], hide_input=True), typer.prompt(questions[1]), typer.prompt(questions[2])
    lines = [line.strip() for line in sys.stdin.read().splitlines() if line.strip()]
    if len(lines) != 3:
        _fail("Give three lines on standard input: the CPR number, the caseworker's id, the purpose.")
    return lines[0], lines[1], lines[2]


def _print(view: Borgeroverblik, opslag: Logged, out: Console) -> None:
    h = view.hvem
    out.rule(f"[bold]{_said(h.navn) or 'Navn ikke oplyst'}[/bold]  {skriv_cpr(h.cpr)}")
    if view.rejser:
        out.print(f"[yellow]Som kendt {skriv_tid(view.kendt)}, gældende {skriv_tid(view.sand)}[/yellow]")
    if h.beskyttet:
        until = f" til {skriv_dato(h.beskyttet_til)}" if h.beskyttet_til else ""
        out.print(f"[bold red]Navne- og adressebeskyttelse{until}. Adressen vises ikke.[/bold red]")
    if h.doed:
        out.print(f"[bold]Død {skriv_dato(h.doedsdato)}[/bold]")
    who = [f"{h.alder} år" if h.alder is not None else None, _said(h.civilstand), _said(h.adresse), _said(h.telefon)]
    out.print(" · ".join(part for part in [*who, _said(h.email)] if part), markup=False)
    if h.tidligere_cpr:
        out.print(f"Tidligere CPR-numre: {', '.join(skriv_cpr(n) for n in h.tidligere_cpr)}")
    _table(out, "Sager", ["Sag", "Nummer", "KLE", "Fremdrift", "Ansvarlig", "Kilder"], [
        [s.titel.vaerdi, s.sagsnummer, s.kle, TRIN[s.trin], _said(s.behandler) or _said(s.ansvarlig),
         ", ".join(s.kilder)]
        for s in view.sager
    ])  # fmt: skip
    if view.skjult.ialt:
        out.print(
            f"{view.skjult.sager} sager og {view.skjult.ialt - view.skjult.sager} andre vises ikke med din rolle."
        )
    _table(out, "Frister", ["Frist", "Dato", "Status", "Kilder"], [
        [f.titel, skriv_dato(f.dato), f.tilstand_tekst, ", ".join(f.kilder)] for f in view.frister
    ])  # fmt: skip
    _table(out, "Ydelser", ["Ydelse", "Fra", "Til", "Beløb", "Kilder"], [
        [y.navn, skriv_dato(y.fra), skriv_dato(y.til), skriv_beloeb(y.beloeb), ", ".join(y.kilder)]
        for y in view.ydelser
    ])  # fmt: skip
    _table(out, "Udbetalinger", ["Dato", "Ydelse", "Beløb", ""], [
        [skriv_dato(u.dato), u.navn, skriv_beloeb(u.beloeb), "kommende" if u.kommende else ""]
        for u in view.udbetalinger[:8]
    ])  # fmt: skip
    _table(out, "Dokumenter", ["Dato", "Dokument", "Retning", "Sag", "Kilder"], [
        [skriv_dato(d.dato), d.titel.vaerdi, d.type, d.sagsnummer, ", ".join(d.kilder)] for d in view.dokumenter[:8]
    ])  # fmt: skip
    for a in view.afvigelser:
        out.print(f"Uenighed om {a.felt}: {a.vist} ({a.vist_kilde}), ikke {a.anden} ({a.anden_kilde})", markup=False)
    _table(out, "Dækning", ["System", "Status", "Hentet", "Fejler siden", "Ulæselige", "Systemejer"], [
        [k.navn, k.status_tekst, skriv_tid(k.complete_as_of), skriv_tid(k.failing_since) if k.failing_since else "",
         str(k.parkeret or ""), f"{k.systemejer}, {k.kontakt}" if k.status == "failed" else k.systemejer]
        for k in view.coverage.kilder
    ])  # fmt: skip
    out.print(f"Opslaget er registreret {skriv_tid(opslag.tid)} med formålet: {opslag.formaal}", markup=False)


def _table(out: Console, title: str, columns: list[str], lines: list[list[str | None]]) -> None:
    if not lines:
        return
    table = Table(*columns, title=title, title_justify="left", title_style="bold", expand=False)
    for line in lines:
        table.add_row(*(("–" if cell is None else cell.replace("[", r"\[")) for cell in line))
    out.print(table)


def _said(felt: Felt | None) -> str | None:
    return felt.vaerdi if felt and felt.vaerdi else None


def _fail(message: str) -> NoReturn:
    typer.echo(message, err=True)
    raise typer.Exit(2)
