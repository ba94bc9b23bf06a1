"""What may be written to SBSYS: a note on a case. SBSYS knows no keys, so the note carries its own."""

from datetime import timedelta
from html import escape

from connectors.auth import by_grant
from connectors.contract import Access
from connectors.errors import TransientError
from connectors.rest_writing import RestWriter
from connectors.writing import Write, Writing

SETTLES = timedelta(minutes=30)
"""SBSYS may work on a message that nobody waits for any more (inferred)."""


def open_(access: Access) -> RestWriter:
    """The API, with the right to write notes."""
    return RestWriter(access, by_grant(access, "password"))


def send(api: RestWriter, write: Write) -> str:
    """A note with its title and text (inferred: notes are posted where they are read, and the reply names the Id)."""
    text = f"<p>{escape(str(write.content['notat']))}</p>{_mark(write)}"
    body = {"Overskrift": str(write.content["titel"]), "Note": text}
    reply = api.post(f"api/sag/{write.objekt}/journalarknotes", body, write.key)
    if not isinstance(reply, dict) or not isinstance(reply.get("Id"), int | str):
        raise TransientError("POST api/sag/{id}/journalarknotes: the reply does not say which note it made")
    return str(reply["Id"])


def seek(api: RestWriter, write: Write) -> str | None:
    """The Id of the case's note that carries the key."""
    notes = api.read.find(f"api/sag/{write.objekt}/journalarknotes") or []
    marked = (n for n in notes if isinstance(n, dict) and _mark(write) in str(n.get("Note")))
    return next((str(n.get("Id") or n.get("Uuid")) for n in marked), None)


def _mark(write: Write) -> str:
    return f"<!-- helhed {escape(write.key)} -->"


WRITES = (Writing(name="journalnotat", open=open_, send=send, seek=seek, settles=SETTLES),)

__all__ = ["WRITES"]
