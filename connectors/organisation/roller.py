"""Roles and kinds that both doors of the register tell apart, by their UUIDs."""

TELEFON = (
    "8dcfa714-5ed3-4000-b551-2ba520e7d8ad", "02826f64-5613-468e-ace5-3f089cb3ed20",
    "5ef6be2d-59f4-4652-a680-585929924ba9", "47c05422-5379-4c27-9ddf-e02b52b3d961",
)  # fmt: skip
"""Rolle of an Adresse that is a telephone number: of a unit, its landline; of a user, theirs (OS2sync)."""
STILLING, LEDER = "02e61900-33e0-407f-a2a7-22f70221f003", "46c73630-f7ad-4000-9624-c06131cde671"
"""Funktionstype: somebody's position in a unit, and somebody's leading it (OS2sync, itk-dev)."""
