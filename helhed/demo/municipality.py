"""Korsbæk Kommune for the demo: its vendor systems running, and its configuration in place."""

from collections.abc import Callable

from helhed.settings import SettingsError, home

Say = Callable[[str], None]


def start(say: Say, citizens: int, seed: int, port: int) -> None:
    """Generate the town when there is none, start its servers, install its configuration.

    Stoettesystemerne want signed calls with a token, as in production; CPR and CVR are content with mutual TLS.
    """
    try:
        from helhed.commands.korsbaek import install
        from korsbaek import municipality, tokens
    except ImportError:
        raise SettingsError("The sample municipality is not installed: take the folder korsbaek/ along.") from None
    folder = home() / "korsbaek"
    systems = 5 + len(municipality.further())
    say(f"Korsbæk Kommune: {citizens} invented citizens, {systems} vendor systems ...")
    municipality.up(folder, citizens, seed, port, token=tokens.STOETTESYSTEMER, further=municipality.further())
    status = municipality.status(folder)
    install(home(), status)
    for name, system in status["systems"].items():
        say(f"  {name:6} {system['url']}")


def stop() -> None:
    """Stop the town's servers, when there are any."""
    from korsbaek import municipality

    if (home() / "korsbaek").is_dir():
        municipality.down(home() / "korsbaek")
