"""Where sources disagree: what is shown, what lost, and the rule that chose."""

from collections.abc import Iterable

from caseworker.overblik.models import Afvigelse, Hvem, Sagskort
from caseworker.provenance import Felt


def build(hvem: Hvem, sager: Iterable[Sagskort]) -> list[Afvigelse]:
    """Disagreements over the citizen's own data first, then over the cases."""
    fields: list[tuple[str, Felt | None]] = [
        ("Navn", hvem.navn),
        ("Adresse", hvem.adresse),
        ("Civilstand", hvem.civilstand),
        ("Telefon", hvem.telefon),
        ("E-mail", hvem.email),
        ("Digital Post", hvem.digital_post),
    ]
    fields += [(f"Sag {s.sagsnummer or ''}".strip(), s.titel) for s in sager]
    return [
        Afvigelse(
            felt=name,
            vist=felt.vaerdi or "",
            vist_kilde=felt.kilde.kilde,
            anden=other.vaerdi,
            anden_kilde=other.kilde.kilde,
            regel=felt.regel,
        )
        for name, felt in fields
        if felt and felt.kilde
        for other in felt.uenig
    ]
