"""Knocking at a register that answers for one national number at a time: by a number that nobody has."""

from collections.abc import Callable

from connectors.contract import Api

NO_PERSON = "0000000000"
NO_COMPANY = "10000000"
"""Its check digit is wrong."""


def knock(ask: Callable[[Api, str], object], nobody: str) -> Callable[[Api], None]:
    """A connector's check: asks for nobody. Anything but a refusal or a broken contract means that the door opens:
    address, certificate, token and agreement are in order."""

    def check(api: Api) -> None:
        ask(api, nobody)

    return check


__all__ = ["NO_COMPANY", "NO_PERSON", "knock"]
