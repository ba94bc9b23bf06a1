"""The people of the tiny town: a family, someone who emigrated and someone who died. No such numbers were issued."""

from datetime import date

from korsbaek.model import Adresse, Navn, Periode, Person, Relativ, TidligereCpr

ANNA, ANNA_BEFORE, BENT, CARL, DORA = "2305810008", "2305810016", "1407790008", "0203130005", "1112340007"


def people() -> list[Person]:
    """Anna with her former number and protection, her child, Dora who died, Bent who left."""
    home = Adresse(date(2019, 5, 1), None, "0999", "0012", "Nørregade", "012A", "1", "TV", "9999", "Korsbæk")
    before = Adresse(date(2010, 1, 4), date(2019, 5, 1), "0461", "0345", "Algade", "007", "", "", "5000", "Odense C")
    anna = Person(
        1,
        ANNA,
        "K",
        date(1981, 5, 23),
        [
            Navn(date(1981, 5, 23), date(2012, 6, 2), "Anna", "", "Holm"),
            Navn(date(2012, 6, 2), None, "Anna", "Holm", "Brix"),
        ],
        [before, home],
        1,
        date(1981, 5, 23),
        "G",
        date(2012, 6, 2),
        tidligere=[TidligereCpr(ANNA_BEFORE, date(1981, 5, 23), date(2003, 9, 1))],
        aegtefaelle=Relativ(BENT, "Bent Brix"),
        boern=[Relativ(CARL, "Carl Brix", date(2013, 3, 2))],
        mor=Relativ(None, "Ingrid Holm", date(1950, 2, 3)),
        beskyttelser=[Periode(date(2025, 11, 1))],
        stilling="Pædagog",
    )
    carl = Person(
        2,
        CARL,
        "M",
        date(2013, 3, 2),
        [Navn(date(2013, 3, 2), None, "Carl", "", "Brix")],
        [home],
        1,
        date(2013, 3, 2),
        "U",
        date(2013, 3, 2),
        mor=Relativ(ANNA, "Anna Holm Brix"),
        far=Relativ(BENT, "Bent Brix"),
        foraeldremyndighed=[(ANNA, "3"), (BENT, "4")],
        digital_post=False,
    )
    dora = Person(
        3,
        DORA,
        "K",
        date(1934, 12, 11),
        [Navn(date(1934, 12, 11), None, "Dora", "", "Juhl")],
        [Adresse(date(1965, 4, 1), date(2026, 2, 20), "0999", "0012", "Nørregade", "003", "", "", "9999", "Korsbæk")],
        90,
        date(2026, 2, 20),
        "D",
        date(2026, 2, 20),
    )
    gone = Person(
        4,
        BENT,
        "M",
        date(1979, 7, 14),
        [Navn(date(1979, 7, 14), None, "Bent", "", "Brix")],
        [],
        80,
        date(2026, 1, 15),
        "G",
        date(2012, 6, 2),
        udrejst=Periode(date(2026, 1, 15)),
        udrejseland="Sverige",
    )
    return [anna, carl, dora, gone]
