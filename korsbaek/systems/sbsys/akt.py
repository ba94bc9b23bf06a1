"""What lies on a case: documents (metadata) and journal notes."""

from html import escape
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from korsbaek.model import Dokument, Journalnotat, Sag
from korsbaek.systems.malformed import sent
from korsbaek.systems.sbsys.house import House
from korsbaek.systems.sbsys.times import moment

_ART = {"indgaaende": (1, "Indgående"), "udgaaende": (2, "Udgående"), "internt": (3, "Internt")}
_MIME = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "msg": "application/vnd.ms-outlook",
    "jpg": "image/jpeg",
}


def dokument(house: House, found: Dokument, on: Sag) -> dict[str, Any]:
    """DokumentMetadataDto of one document on a case."""
    ending = found.filendelse.lstrip(".")
    ident, art = _ART.get(found.retning, (9, found.retning))
    said: dict[str, Any] = {
        "DokumentID": found.id,
        "DokumentIdentity": found.uuid,
        "DokumentRegistreringIdentity": str(uuid5(NAMESPACE_URL, f"korsbaek-sbsys-registrering-{found.id}")),
        "SagID": on.sbsys,
        "DokumentNavn": found.titel,
        "Beskrivelse": found.beskrivelse or None,
        "RegistreringsDato": moment(found.tidspunkt),
        "Behandler": house.bruger(found.bruger),
        "DokumentArt": {"Id": ident, "Navn": art},
        "Filer": [
            {
                "Id": found.fil,
                "Filnavn": f"{found.id}.{ending}",
                "Filendelse": f".{ending}",
                "ErPrimaerFil": True,
                "MimeType": _MIME.get(ending, "application/octet-stream"),
                "DokumentDataInfoType": "Fil",
            }
        ],
        "Mail": None,
        "OmfattetAfAktindsigt": found.undtaget_hjemmel is None,
        "DeletedState": 0,
        "DeletedDate": None,
        "DeletedReason": None,
    }
    return sent(said, found.fejl, "sbsys")


def note(house: House, found: Journalnotat, on: Sag) -> dict[str, Any]:
    """One journalarknote; its text is HTML."""
    said: dict[str, Any] = {
        "Id": found.id,
        "Uuid": found.uuid,
        "SagID": on.sbsys,
        "Overskrift": found.titel,
        "Note": "".join(f"<p>{escape(line, quote=False)}</p>" for line in found.tekst.split("\n")),
        "Oprettet": moment(found.skrevet),
        "OprettetAf": house.bruger(found.forfatter),
        "KontaktTidspunkt": moment(found.skrevet),
    }
    return sent(said, found.fejl, "sbsys")
