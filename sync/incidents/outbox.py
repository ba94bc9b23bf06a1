"""What is to be told of incidents. It stays to be told until a mail server has taken it: twice rather than never."""

from sqlmodel import Session, col, select

from canonical_model.incident import Incident
from canonical_model.store import engine
from helhed.settings import now
from sync.database import connect
from sync.incidents.letter import Letter, letter

_TOLD = """
    update incident set told = %(at)s, told_level = %(level)s, told_closed = %(closed)s,
        untold = level > %(level)s or (closed is not null and not %(closed)s) or kontakt_mail is distinct from %(to)s
    where id = %(id)s
"""


def waiting() -> list[Letter]:
    """The mails that are to be sent, oldest incident first."""
    with Session(engine("sync")) as session:
        found = session.exec(select(Incident).where(col(Incident.untold)).order_by(col(Incident.id))).all()
        return [letter(incident) for incident in found]


def told(sent: Letter) -> None:
    """The mail server has taken it. What changed since it was written is told by another one."""
    values = {
        "at": now(),
        "id": sent.incident,
        "to": sent.to,
        "level": sent.level,
        "closed": sent.event in ("closed", "passed"),
    }
    with connect() as connection:
        connection.execute(_TOLD, values)
