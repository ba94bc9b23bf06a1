"""What comes in from Pladsanvisning; anything else is reported as a change at the vendor."""

from connectors.minimise import Sheet

ANSOEGNING = Sheet(
    kept=frozenset(
        {"id", "nummer", "tilbud", "oensketInstitution", "oensketFra", "modtaget", "status", "afgjort"}
        | {"forventetSvar", "bemaerkning", "barn.cpr", "barn.navn", "ansoeger.cpr", "ansoeger.navn"}
    )
)
PLADS = Sheet(
    kept=frozenset({"id", "ansoegning", "tilbud", "institution", "fra", "til", "barn.cpr", "barn.navn"}),
    dropped=frozenset({"timerPrUge"}),
)
