"""What a case is about in KLE, the municipalities' classification: its subject, and the facet of what is done."""

import re
from collections.abc import Iterator

from canonical_model.draft import UNSET, Ref, Sent
from canonical_model.drafts import SagsklasseDraft

NUMMER = re.compile(r"\d{2}(\.\d{2}){0,2}", re.ASCII)
"""Number of a main group (05), a group (05.01) or a subject (05.01.08)."""


def klasser(sag: Ref, emne: str, handling: Sent[str] = UNSET, titel: Sent[str] = UNSET) -> Iterator[SagsklasseDraft]:
    """The subject as primaer_klasse, with its title where the source says it; a facet as handlingsklasse (G01)."""
    yield SagsklasseDraft(objekt=sag, rolle="primaer_klasse", brugervendt_noegle=emne, klassetitel=titel)
    if isinstance(handling, str) and handling:
        yield SagsklasseDraft(objekt=sag, rolle="handlingsklasse", brugervendt_noegle=handling)


__all__ = ["NUMMER", "klasser"]
