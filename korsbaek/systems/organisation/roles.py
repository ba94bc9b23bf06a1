"""Role and type UUIDs of SF1500.

Those without a mark are in public code (kombit/org-graphql, OS2sync, itk-dev); "invented" ones are not public.
"""

ENHED_POST = "80b610c6-314b-485a-a014-a9a1d7070bc4"
ENHED_TELEFON = "8dcfa714-5ed3-4000-b551-2ba520e7d8ad"
BRUGER_TELEFON = "5ef6be2d-59f4-4652-a680-585929924ba9"
BRUGER_EMAIL = "5d13e891-162a-456b-abf2-fd9b864df96d"
ADRESSE_ENHED = "9b33c0a0-a566-4ec0-8200-325cb1e5bb9a"
ADRESSE_BRUGER = "71a08d28-3af7-4bb4-9964-bc2b76b93d64"
STILLING = "02e61900-33e0-407f-a2a7-22f70221f003"
"""Funktionstype of a position: who works where."""
LEDER = "46c73630-f7ad-4000-9624-c06131cde671"
"""Funktionstype of whoever leads a unit."""
HENVENDELSESSTED = "7368482a-177e-4e04-8574-f558e6f1ef45"
"""Funktionstype of a contact unit; nobody's place of work."""
