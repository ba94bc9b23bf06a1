"""What a job centre writes: target groups, tags, notes and tasks. Titles and texts are invented."""

MAALGRUPPER = (
    ("6.2", "Jobparat kontanthjælpsmodtager"),
    ("6.3", "Aktivitetsparat kontanthjælpsmodtager"),
    ("6.6", "Sygedagpengemodtager"),
    ("6.1", "Dagpengemodtager"),
)
"""Target groups: a number of the law on employment (lov om en aktiv beskæftigelsesindsats § 6), and its name."""
MARKERINGER = (
    "Tolk nødvendig (arabisk)",
    "Fritaget for digital kommunikation",
    "Teknisk forlængelse - sygedagpenge",
    "1. fællessamtale i jobcentret gennemført",
    "Mentorstøtte bevilget",
)
NOTER = (
    ("Jobsamtale", "Borgeren søger primært inden for lager og transport. Aftalt to ansøgninger om ugen."),
    ("Telefonisk kontakt", "Borgeren oplyser, at praktikken går godt.\nNy samtale om fire uger."),
    ("Opfølgning på plan", "Min Plan gennemgået og godkendt. Kursus i truckkort drøftet."),
    ("Rundbordssamtale", "Deltagere: borger, a-kasse, virksomhedskonsulent. Virksomhedspraktik i seks uger."),
)
OPGAVER = (
    ("Book næste jobsamtale", "Samtalen skal holdes inden fristen efter kontaktforløbet."),
    ("Følg op på praktik", "Ring til virksomheden om forlængelse."),
    ("Indhent lægeattest", "LÆ 285 bestilt; rykkes, hvis den ikke er kommet."),
    ("Revurdér sygedagpenge", "Revurdering inden 22 uger."),
)
ROLLER = (("Beskæftigelsessagsbehandler", 1), ("Virksomhedskonsulent", 0), ("Mentor", 0))
"""What a caseworker is responsible for, and 1 for the primary one."""
