"""What a citizen is granted, where a grant is of one service: its Bevilling, BevilgetYdelse and ydelsesmodtager."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from canonical_model.draft import UNSET, Draft, Ref, Sent
from canonical_model.drafts import BevilgetYdelseDraft, BevillingDraft, BevillingspartDraft
from connectors.dates import day


def bevilget(
    objekt: Ref, ydelse_id: str, navn: str, modtager: Ref, start: datetime | None, slut: datetime | None,
    *, bevilling: dict[str, Any] | None = None, fuldt_navn: Sent[str] = UNSET, **ydelse: Any,
) -> Iterator[Draft]:  # fmt: skip
    """The grant `objekt` of the service `navn`. What else is known of them: `bevilling` are fields of BevillingDraft,
    `ydelse` those of BevilgetYdelseDraft."""
    fra, til = day(start) if start else UNSET, day(slut) if slut else UNSET
    yield BevillingDraft(objekt=objekt, startdato=fra, slutdato=til, **(bevilling or {}))
    yield BevilgetYdelseDraft(
        objekt=objekt, ydelse_id=ydelse_id, navn=navn, ydelsesnavn=navn, startdato=start or UNSET,
        slutdato=slut or UNSET, **ydelse,
    )  # fmt: skip
    yield BevillingspartDraft(
        objekt=objekt, rolle="ydelsesmodtager", type="person", part=modtager, fuldt_navn=fuldt_navn
    )


__all__ = ["bevilget"]
