"""Who answers: the owner of a source as its file says, else as the register last heard, else whoever is on duty."""

import logging
import tomllib
from collections.abc import Iterable
from typing import Any, NamedTuple

from helhed.settings import Duty, SettingsError, Sources, config_folder, duty, first_address
from sync.database import Connection

log = logging.getLogger(__name__)
NOBODY = "Ingen: skriv alarm.toml"


class Responsible(NamedTuple):
    """Whom an incident is about and who shall hear of it."""

    navn: str
    """What caseworkers call the system."""
    systemejer: str
    kontakt: str
    kontakt_mail: str | None
    leverandoer: str


def responsible(connection: Connection, ids: Iterable[str], known: Sources) -> dict[str, Responsible]:
    """The responsible of each source, and of the hub itself under the empty id."""
    on_duty = _on_duty()
    mail = on_duty.kontakt_mail if on_duty else None
    hub = Responsible("Helhed", on_duty.navn if on_duty else NOBODY, on_duty.kontakt if on_duty else NOBODY, mail, "-")
    rows = connection.execute("select id, navn, systemejer, kontakt, kontakt_mail, leverandoer from kilde").fetchall()
    mirrored = {row[0]: Responsible(*row[1:]) for row in rows}
    found = {"": hub}
    for source_id in ids:
        source = known.good.get(source_id)
        if source is not None:
            one = Responsible(
                source.navn, source.systemejer, source.kontakt, source.kontakt_mail, source.leverandoer
            )  # fmt: skip
        else:
            one = _as_written(source_id, hub) or mirrored.get(source_id) or hub._replace(navn=source_id)
        found[source_id] = one if one.kontakt_mail else one._replace(kontakt_mail=mail)
    return found


def _as_written(source_id: str, hub: Responsible) -> Responsible | None:
    """The owner that stands in a file which cannot be used for another reason."""
    try:
        path = config_folder() / "sources" / f"{source_id}.toml"
        given: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError):
        return None
    owner, contact = given.get("systemejer"), given.get("kontakt")
    if not (isinstance(owner, str) and owner.strip() and isinstance(contact, str) and contact.strip()):
        return None
    mail = first_address(str(given.get("kontakt_mail") or "")) or first_address(contact)
    return Responsible(
        str(given.get("navn") or source_id), owner.strip(), contact.strip(), mail, str(given.get("leverandoer") or "-")
    )


def _on_duty() -> Duty | None:
    try:
        return duty()
    except SettingsError as error:
        log.warning("%s", error)
        return None
