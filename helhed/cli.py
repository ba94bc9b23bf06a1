"""The command line. Commands are found by name and imported when called, so that each starts fast and alone."""

import sys
from importlib import import_module
from typing import Any

import typer
from typer.core import TyperGroup
from typer.main import get_command

from helhed import private
from helhed.fault import said
from helhed.settings import SettingsError, load_home_environment

COMMANDS = {
    "connector": "connector",
    "db": "db",
    "deletions": "deletions",
    "demo": "demo",
    "export-model": "export_model",
    "incidents": "incidents",
    "korsbaek": "korsbaek",
    "listen": "listen",
    "log": "log",
    "messages": "messages",
    "quarantine": "quarantine",
    "retention": "retention",
    "runs": "runs",
    "serve": "serve",
    "show": "show",
    "sources": "sources",
    "sync": "sync",
}
"""Name on the command line to module in helhed.commands, each with a Typer `app`."""


class Commands(TyperGroup):
    """Finds a command's module by its name."""

    def list_commands(self, ctx: Any) -> list[str]:
        """All names, sorted."""
        return sorted(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """The command, or None when there is no such name."""
        if cmd_name not in COMMANDS:
            return None
        app: typer.Typer = import_module(f"helhed.commands.{COMMANDS[cmd_name]}").app
        command = get_command(app)
        command.name = cmd_name  # Typer gives none to an app of several commands, and the help would leave it blank
        return command


helhed = typer.Typer(
    cls=Commands,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


@helhed.callback()
def described() -> None:
    """Helhed: one consolidated view of the citizen, from all of a municipality's systems."""


def main() -> None:
    """Run the command line. What a user can mend is said in one line, with exit code 2; of a fault only the place."""
    load_home_environment()
    private.install()
    try:
        helhed(prog_name="helhed")
    except SettingsError as error:
        typer.echo(str(error), err=True)
        sys.exit(2)
    except Exception as error:
        typer.echo(said(error), err=True)
        sys.exit(1)


if __name__ == "__main__":
    main()
