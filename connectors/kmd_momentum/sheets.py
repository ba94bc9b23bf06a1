"""What comes in from KMD Momentum, and what is known and left out; anything else is reported as a change."""

from connectors.minimise import Sheet

SAGSBEHANDLER = Sheet(
    kept=frozenset({"id", "displayName"}),
    dropped=frozenset({"category", "description", "isActive"}),
)
"""Their mail addresses (description) stay out: the organisation has them."""

BORGER = Sheet(
    kept=frozenset(
        {"id", "cpr", "firstName", "lastName", "displayName", "mobile.number", "email.address", "isActive", "createdAt"}
    ),
    dropped=frozenset({"updatedAt"}),
)

_PUT_IN = {"borger", "cpr"}

FORLOEB = Sheet(
    kept=frozenset(
        _PUT_IN | {"id", "title", "caseNumber", "targetGroupCode", "targetGroupName", "start", "end"},
    ),
    dropped=frozenset({"citizenId"}),
)

ANSVARLIG = Sheet(
    kept=frozenset(
        _PUT_IN | {"id", "caseworkerId", "caseworkerName", "responsibilityName", "role", "startDate", "endDate"}
    ),
    dropped=frozenset({"caseworkerIsActive", "showInJobnet"}),
)

MARKERING = Sheet(
    kept=frozenset(_PUT_IN | {"id", "tag.title", "start", "end", "createdAt"}),
    dropped=frozenset({"referenceId", "tag.id", "updatedAt"}),
)

NOTAT = Sheet(
    kept=frozenset(_PUT_IN | {"id", "title", "body", "createdAt", "createdBy.displayName"}),
    dropped=frozenset({"referenceId", "createdBy.id"}),
)

OPGAVE = Sheet(
    kept=frozenset(_PUT_IN | {"id", "title", "description", "deadline", "status", "assignedActors.displayName"}),
    dropped=frozenset({"taskType", "reference", "assignedActors.id", "createdAt"}),
)
