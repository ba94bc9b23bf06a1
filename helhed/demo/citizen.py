"""One consolidated citizen in the terminal, as a caseworker sees her, at the end of the demo."""

from rich.console import Console

from helhed.settings import SettingsError, home

PURPOSE = "Fremvisning af Helhed"
CASEWORKER = "vibeke"


def show(console: Console) -> None:
    """Print the town's citizen with the fullest life, read and logged like any lookup."""
    from caseworker.roles import load_roles
    from helhed.commands.show import find_person, show_person
    from korsbaek import municipality

    principal = load_roles().get(CASEWORKER)
    if principal is None:
        raise SettingsError(f"The caseworker {CASEWORKER} is missing in roles.toml: 'make clean', then 'make demo'.")
    number = municipality.ledger(home() / "korsbaek")["showcase"]["cpr"]
    person = find_person(principal, number, PURPOSE)
    if person is None:
        raise SettingsError("The night brought nobody to show: see 'helhed runs' and 'helhed sources'.")
    show_person(principal, person, PURPOSE, console=console)
