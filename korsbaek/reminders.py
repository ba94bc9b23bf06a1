"""Which states of a case SBSYS reminds of."""

from korsbaek.model import Sag


def erindringer(sag: Sag) -> list[int]:
    """The places, in its newest Registrering, of the states that have a reminder: all but the last of a case's life."""
    return [n for n, state in enumerate(sag.nu.fremdrift) if state.status != "Afsluttet"]


def number(sag: Sag, n: int) -> int:
    """SBSYS's number of the reminder of a case's n-th state."""
    return (sag.sbsys or 0) * 10 + n
