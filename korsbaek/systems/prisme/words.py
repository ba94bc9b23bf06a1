"""What a municipality claims from its citizens: kinds of claims with amounts in kroner. Invented."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Fordring:
    """A kind of claim: `mindst` and `mest` in whole kroner, `alder` of whoever owes it."""

    navn: str
    tekst: str
    mindst: int
    mest: int
    alder: tuple[int, int]


FORDRINGER = (
    Fordring("Dagtilbud", "Forældrebetaling, dagtilbud", 1480, 3950, (24, 50)),
    Fordring("SFO", "Forældrebetaling, SFO", 890, 2100, (28, 52)),
    Fordring("Ejendomsbidrag", "Dækningsafgift og renovation", 2300, 9800, (26, 90)),
    Fordring("Madservice", "Madudbringning", 640, 1890, (65, 104)),
    Fordring("Bibliotek", "Erstatning og gebyr, bibliotek", 20, 620, (18, 80)),
    Fordring("Beboerindskud", "Lån til beboerindskud", 4000, 28000, (19, 70)),
)
TILBAGEBETALING = "Tilbagebetaling"
"""The kind of a claim for a benefit that was paid and must be paid back."""
ERHVERV = Fordring("Dagrenovation, erhverv", "Dagrenovation, erhverv", 1200, 15900, (0, 0))
STATUS = ("Open", "Reminded", "Instalments", "Collection")
"""How an unsettled claim stands: open, a reminder is sent, paid off by instalments, handed over for collection."""
