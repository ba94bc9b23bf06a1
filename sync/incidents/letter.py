"""The mail that tells of an incident, in Danish; never with personal data."""

from pathlib import Path
from typing import Literal, NamedTuple, TypeAlias

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from canonical_model.incident import Incident
from helhed.private import mask
from sync.incidents.dansk import antal, tidspunkt

Event: TypeAlias = Literal["opened", "raised", "closed", "passed"]
_PAGES = Environment(loader=FileSystemLoader(Path(__file__).parent), autoescape=True, undefined=StrictUndefined,
                     trim_blocks=True, lstrip_blocks=True)  # fmt: skip
HEADINGS = {
    ("connector", "access"): "{navn} afviser vores adgang",
    ("connector", "contract"): "{navn} svarer anderledes end aftalt",
    ("connector", "transient"): "{navn} svarer ikke",
    ("connector", "settings"): "{navn} kan ikke hentes, fordi opsætningen er forkert",
    ("connector", "unexpected"): "{navn} kunne ikke hentes",
    ("freshness", "late"): "{navn} er ikke opdateret til tiden",
    ("certificate", "expires"): "Certifikatet til {navn} udløber snart",
    ("certificate", "expired"): "Certifikatet til {navn} er udløbet",
    ("certificate", "early"): "Certifikatet til {navn} gælder ikke endnu",
    ("certificate", "unreadable"): "Certifikatet til {navn} kan ikke læses",
    ("quarantine", "full"): "For mange poster fra {navn} kan ikke læses",
    ("deletions", "held"): "Sletninger fra {navn} venter på godkendelse",
    ("drift", "unknown"): "{navn} har fået nye felter",
    ("drift", "changed"): "{navn} har ændret sine felter",
    ("messages", "parked"): "Beskeder fra Beskedfordeleren kunne ikke behandles",
}
ADVICE = {
    "access": "Kontrollér certifikat, adgangskode og aftale hos leverandøren, og forny det, der er udløbet.",
    "contract": "Spørg leverandøren, hvad der er ændret, og giv dem, der vedligeholder Helhed, besked.",
    "transient": "Helhed prøver selv igen. Varer det ved, så spørg leverandøren, om der er driftsforstyrrelser.",
    "settings": "Ret opsætningen i Helhed. Den tekniske besked siger, hvad der mangler.",
    "unexpected": "Giv dem, der vedligeholder Helhed, besked. Grunden står i kørslens log.",
    "late": "Se efter, om den natlige hentning kører, og om systemet kan nås.",
    "expires": "Bestil et nyt certifikat, og læg det ind i Helhed, før det gamle udløber.",
    "expired": "Læg et nyt certifikat ind i Helhed. Indtil da kan systemet ikke hentes.",
    "early": "Læg et certifikat ind, der gælder nu, eller ret uret på maskinen.",
    "unreadable": "Kontrollér, at filen findes, kan læses og er i PEM-format.",
    "full": "Se, hvilke felter det gælder, og spørg leverandøren. De tidligere oplysninger bliver stående imens.",
    "held": "Spørg leverandøren, om posterne virkelig er slettet. Godkend i så fald antallet i Helhed.",
    "unknown": "Tag stilling til, om Helhed skal bruge de nye felter. De gemmes ikke, før det er besluttet.",
    "changed": "Spørg leverandøren, hvad der er ændret, så oversættelsen i Helhed kan rettes.",
    "parked": "Se grunden til hver besked i Helhed, og behandl dem igen, når den er rettet.",
}


class Letter(NamedTuple):
    """A mail that is to be sent, and what may be written down as told once it is."""

    incident: int
    event: Event
    level: int
    to: str | None
    """Empty: nobody's address is known."""
    subject: str
    html: str

    @property
    def message_id(self) -> str:
        """The same for the same telling, so that a mail sent twice can be known."""
        return f"<helhed-{self.incident}-{self.event}-{self.level}@helhed.invalid>"


def letter(incident: Incident) -> Letter:
    """What its owner has not been told of an incident."""
    assert incident.id is not None
    event = event_of(incident)
    heading = HEADINGS[incident.kind, incident.reason].format(navn=incident.navn)
    before = {"opened": "", "raised": "Haster mere: ", "closed": "Løst: ", "passed": "Løst igen: "}[event]
    html = _PAGES.get_template("letter.html").render(
        i=incident,
        overskrift=before + heading,
        siden=tidspunkt(incident.since),
        lukket=tidspunkt(incident.closed) if incident.closed else None,
        raad=ADVICE[incident.reason],
        borgere=antal(incident.borgere, "borger", "borgere"),
    )
    subject = " ".join(mask(f"Helhed: {before}{heading}").split())
    return Letter(incident.id, event, incident.level, incident.kontakt_mail, subject, mask(html))


def event_of(incident: Incident) -> Event:
    """opened, raised or closed; passed when it was over before anybody was told."""
    if incident.closed:
        return "closed" if incident.told else "passed"
    return "raised" if incident.told and incident.level > incident.told_level > 0 else "opened"
