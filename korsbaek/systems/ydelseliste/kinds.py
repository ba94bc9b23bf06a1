"""What KSD and Udbetaling Danmark pay, to whom, and when."""

from dataclasses import dataclass
from typing import Any

KY, KSD, UDK = "KY", "KSD", "Udbetaling Danmark"
UDK_CVR = "99000018"
"""Udbetaling Danmark's invented CVR number here."""


@dataclass(frozen=True)
class Slags:
    """One benefit: amounts in kr. a month, who has it (ages, children), what share of them, how it is paid.

    `udbetalinger`: days from the town's day, and whether a municipality may be shown the payment.
    """

    system: str
    instans: str
    ydelse: str
    kle: str
    mindst: int
    mest: int
    fra_alder: int
    til_alder: int
    boern: bool
    andel: float
    siden: int
    udbetalinger: tuple[tuple[int, bool], ...]

    @property
    def udk(self) -> bool:
        """It is Udbetaling Danmark's."""
        return self.system == UDK

    def til(self, age: int, boern: int) -> bool:
        """Whether somebody of this age, with so many children, can have it."""
        return self.fra_alder <= age < self.til_alder and (boern > 0 or not self.boern)

    def grund(self) -> dict[str, Any]:
        """What every grant of the kind says."""
        return {
            "system": self.system,
            "instans": self.instans,
            "ydelse": self.ydelse,
            "benaevnelse": self.ydelse,
            "kle": self.kle,
            "frekvens": "Månedlig",
            "forud_bagud": "Bagud",
            "begrundelse": f"Betingelserne for {self.ydelse.lower()} er opfyldt.",
            "cvr": UDK_CVR if self.udk else None,
            "afdeling": "Udbetaling Danmark, Hillerød" if self.udk else "Ydelse og Kontrol",
        }


_HERE = ((-65, True), (-35, True), (-5, True), (25, True))
_UDK = ((-160, False), (-70, True), (-40, True), (-10, True), (20, False))
YDELSER = (
    Slags(KSD, "ksd-korsbaek", "Sygedagpenge", "32.45.04", 9800, 21000, 18, 67, False, 0.12, 80, _HERE),
    Slags(UDK, "udk", "Folkepension", "32.03.04", 6900, 14900, 67, 120, False, 0.95, 200, _UDK),
    Slags(UDK, "udk", "Boligstøtte", "32.15.04", 400, 4300, 18, 120, False, 0.15, 200, _UDK),
    Slags(UDK, "udk", "Børne- og ungeydelse", "32.30.04", 900, 1700, 18, 60, True, 0.9, 200, _UDK),
)
