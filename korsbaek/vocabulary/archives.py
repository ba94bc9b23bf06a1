"""What the cases of the town's other archives are about. Subjects follow KLE's main groups; titles are invented."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Emne:
    """A kind of archived case: title, KLE subject, unit, and the papers (title and direction I, U or N)."""

    titel: str
    kle: str
    kle_titel: str
    enhed: str
    papirer: tuple[tuple[str, str], ...]
    notat: str
    frist: str = ""
    """What the case's deadline is called; empty: it has none."""
    barn: bool = False
    """It is about a child: some archives then use the child's CPR number as the title."""


TEKNIK = (
    Emne("Rådighed over vejareal til container", "05.01.08", "Råden over veje", "BYG",
         (("Ansøgning om container på vejen", "I"), ("Tilladelse til container", "U")),
         "Talt med ansøger om afspærring.", "Tilladelsen udløber"),
    Emne("Klage over vejbelysning", "05.01.10", "Vejbelysning", "BYG",
         (("Klage over slukket gadelampe", "I"), ("Svar på klage", "U")), "Lampen er meldt.", "Svar til borger"),
    Emne("Rotteanmeldelse", "09.13.12", "Skadedyr", "BYG",
         (("Anmeldelse af rotter", "I"), ("Tilsynsrapport", "N")), "Besigtiget. Brønd er utæt.", "Opfølgende tilsyn"),
    Emne("Aktindsigt i egen sag", "85.02.02", "Aktindsigt", "BSV",
         (("Anmodning om aktindsigt", "I"), ("Følgebrev til udleverede akter", "U")), "", "Svar inden 7 arbejdsdage"),
    Emne("Erstatningskrav efter fald på fortov", "00.03.10", "Forsikringsforhold", "BSV",
         (("Erstatningskrav", "I"), ("Brev til forsikringsselskab", "U"), ("Afgørelse om erstatning", "U")),
         "Forsikringsselskabet afventer fotos.", "Partshøring"),
)  # fmt: skip
"""Technical matters and citizens' requests."""
BOERN = (
    Emne("Personlig børnesag", "17.13.08", "Undervisning af elever", "SKO",
         (("Pædagogisk-psykologisk vurdering", "N"), ("Udtalelse fra skolen", "I"), ("Brev til forældrene", "U")),
         "Møde med skolen aftalt.", "Revurdering", True),
    Emne("Befordring til skole", "17.15.03", "Befordring", "SKO",
         (("Ansøgning om befordring", "I"), ("Afgørelse om befordring", "U")), "Afstanden er målt til 3,2 km."),
    Emne("Plads i musikskole", "18.20.02", "Musikskoler", "SKO",
         (("Tilmelding", "I"), ("Bekræftelse", "U")), "På venteliste.", "Svar på venteliste"),
    Emne("Legitimationskort", "23.05.01", "Legitimation", "BSV", (("Ansøgning om legitimationskort", "I"),),
         "Foto er godkendt."),
    Emne("Klage over sagsbehandlingstid", "00.01.10", "Klager", "BSV",
         (("Klage", "I"), ("Svar på klage", "U")), "", "Svar på klage"),
)  # fmt: skip
"""School and citizens' service; some about a child."""
