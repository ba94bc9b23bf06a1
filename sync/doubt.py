"""Answers about persons that are not believed, because the guard held what they would have deleted."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sync.database import Connection


def doubt(
    connection: Connection, where: tuple[str, str], persons: Sequence[UUID], before: dict[UUID, datetime]
) -> None:
    """Nobody's answer is younger than it was before the run, and whoever had none has never been asked.

    Else the receipt would say of a person that everything is there as of tonight, and a rotating stream would not ask
    again until the next round. `where`: source and stream; `before`: when each person was asked until then.
    """
    known = [person for person in persons if person in before]
    with connection.transaction():
        connection.execute(
            "delete from asked where source = %s and stream = %s and objekt = any(%s)",
            (*where, [person for person in persons if person not in before]),
        )
        connection.execute(
            "update asked set asked = n.at from unnest(%s::uuid[], %s::timestamptz[]) as n(person, at)"
            " where source = %s and stream = %s and objekt = n.person",
            (known, [before[person] for person in known], *where),
        )
