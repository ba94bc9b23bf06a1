"""Benefits that are paid, and care that is given."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Ydelsesslags:
    """A benefit: monthly amount from and to (kr.), and how it is paid."""

    navn: str
    ydelse: str
    kle: str
    kle_titel: str
    mindst: int
    mest: int
    frekvens: str
    forud_bagud: str
    begrundelse: str
    tilbagebetaling: bool | None = None
    loebende: bool = True


YDELSER = {
    "kontanthjaelp": Ydelsesslags(
        "Kontanthjælp",
        "Kontanthjælp, grundsats",
        "32.24.04",
        "Kontanthjælp og uddannelseshjælp",
        6600,
        16900,
        "Månedlig",
        "Bagud",
        "Borgeren har ikke formue og har været ude for en social begivenhed.",
        False,
    ),
    "helbredstillaeg": Ydelsesslags(
        "Helbredstillæg",
        "Udvidet helbredstillæg",
        "32.03.12",
        "Personlige tillæg til pension",
        400,
        5200,
        "Engangs",
        "Bagud",
        "Udgiften er nødvendig og den billigste.",
        None,
        False,
    ),
    "enkeltydelse": Ydelsesslags(
        "Enkeltydelse",
        "Hjælp til enkeltudgift",
        "32.24.16",
        "Hjælp i særlige tilfælde",
        300,
        9800,
        "Engangs",
        "Forud",
        "Rimeligt begrundet engangsudgift.",
        True,
        False,
    ),
    "tabtarbejde": Ydelsesslags(
        "Tabt arbejdsfortjeneste",
        "Tabt arbejdsfortjeneste, timer",
        "27.18.08",
        "Tabt arbejdsfortjeneste",
        2500,
        21000,
        "Månedlig",
        "Bagud",
        "Hensigtsmæssigt at mor eller far passer barnet.",
        None,
    ),
}
INDSATSER = (
    ("Personlig pleje, let", "27.36.04", "SEL § 83"),
    ("Praktisk hjælp, rengøring", "27.36.04", "SEL § 83"),
    ("Madservice, hovedret", "27.36.04", "SEL § 83"),
    ("Rehabiliteringsforløb", "27.36.08", "SEL § 83 a"),
    ("Sygepleje, medicindispensering", "29.30.02", "SUL § 138"),
    ("Sygepleje, sårbehandling", "29.30.02", "SUL § 138"),
    ("Genoptræning, almen", "29.18.02", "SUL § 140"),
    ("Nødkald", "27.60.04", "SEL § 112"),
    ("Rollator", "27.60.04", "SEL § 112"),
    ("Aflastning af ægtefælle", "27.36.12", "SEL § 84"),
)
LEVERANDOERER = ("Hjemmeplejen Nord", "Hjemmeplejen Syd", "Sygeplejen Korsbæk", "Åhavens Aktivitetscenter")
