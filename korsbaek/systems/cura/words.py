"""What home care grants and what is written to it. Invented."""

YDELSER = (
    ("SYG-01", "Sygepleje, sårpleje", "Sundhedsloven § 138"),
    ("HJ-12", "Personlig pleje, morgen", "Serviceloven § 83"),
    ("HJ-20", "Praktisk hjælp, rengøring", "Serviceloven § 83"),
    ("HM-07", "Plejeseng, udlån", "Serviceloven § 112"),
    ("TR-03", "Vedligeholdende træning", "Serviceloven § 86"),
)
"""Code, name, legal paragraph."""
BESKEDER = (
    ("Udskrivningsrapport", "Korsbæk Sygehus, Medicinsk afdeling"),
    ("Genoptræningsplan", "Korsbæk Sygehus, Ortopædkirurgisk afdeling"),
    ("Korrespondance fra egen læge", "Lægerne i Algade"),
)
"""What a message is about, and who sent it."""
