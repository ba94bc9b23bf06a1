"""What zeep's objects from the real WSDL say, as rows: written without the connectors, compared field by field."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

Row = tuple[str, dict[str, Any]]


def utc(value: datetime | None) -> datetime | None:
    """An instant of zeep's in UTC; without zone it is Danish."""
    if value is None:
        return None
    return (value if value.tzinfo else value.replace(tzinfo=ZoneInfo("Europe/Copenhagen"))).astimezone(UTC)


def fra_til(holder: Any) -> dict[str, Any]:
    """The limits of a Virkning."""
    v = holder.Virkning
    limits = [getattr(t, "TidsstempelDatoTid", None) for t in (v.FraTidspunkt, v.TilTidspunkt)]
    return {"virkning_fra": utc(limits[0]), "virkning_til": utc(limits[1])}


def many(holder: Any, name: str) -> list[Any]:
    """The repeated children of a name; zeep has None for an element without any children."""
    return getattr(holder, name, None) or []


def unik(value: Any) -> tuple[str | None, str | None]:
    """UUID and URN of a UnikIdType."""
    return (
        (getattr(value, "UUIDIdentifikator", None), getattr(value, "URNIdentifikator", None)) if value else (None, None)
    )


def extension(holder: Any, type_name: str) -> Any:
    """A typed element of a LokalUdvidelseListe, told by its type's name."""
    found = extensions(holder, type_name)
    return found[0] if found else None


def extensions(holder: Any, type_name: str) -> list[Any]:
    """All typed elements of that type."""
    liste = getattr(holder, "LokalUdvidelseListe", None)
    return [v for v in (liste._value_1 or ()) if v._xsd_type.name == type_name] if liste is not None else []


def undtaget(holder: Any, titel: str | None) -> dict[str, Any]:
    """Real and public title."""
    u = holder.OffentlighedUndtaget
    if u is None:
        return {"titel": titel, "titel_offentlig": titel, "offentlighed_hjemmel": None}
    hjemmel = u.OffentlighedUndtagetHjemmelTekst
    return {"titel": u.TitelAlternativTekst or titel, "titel_offentlig": titel, "offentlighed_hjemmel": hjemmel}


def relation(r: Any) -> dict[str, Any]:
    """Role, index, type and reference as sent."""
    return {
        **fra_til(r),
        "rolle": unik(r.Rolle)[0],
        "type": unik(r.Type)[0],
        "indeks": r.Indeks,
        "ref": unik(r.ReferenceID),
    }


def sag(billede: Any) -> list[Row]:
    """All facts of a Sag with one Registrering, roles as UUIDs."""
    r = billede.Registrering[0]
    rows: list[Row] = []
    for e in many(r.AttributListe, "Egenskaber"):
        rows.append(("sag", {
            **fra_til(e), "brugervendt_noegle": e.BrugervendtNoegle, "sagsnummer": e.Sagsnummer,
            "beskrivelse": e.Beskrivelse, "hjemmel": e.HjemmelSpecifikation, "kassationskode": e.Kassationskode,
            "afleveret": e.AfleveretIndikator, "principiel": e.PrincipielIndikator, **undtaget(e, e.Titel),
        }))  # fmt: skip
    for e in extensions(r.AttributListe, "EgenskaberType"):
        rows.append(("sagindeks", {
            **fra_til(e), "sagsstatus": e.Sagsstatus, "sagskategori": e.Sagskategori, "foelsomhed": e.Foelsomhed,
            "lokation": e.Lokation, "oprettet": utc(e.OprettetTidspunkt),
        }))  # fmt: skip
    rows += [("fremdrift", {**fra_til(f), "status": f.FremdriftStatusKode}) for f in many(r.TilstandListe, "Fremdrift")]
    for a in many(r.RelationListe, "Sagsaktoer"):
        x = extension(a, "SagsaktoerLokalUdvidelseType")
        rows.append(("sagsaktoer", {**relation(a), **_navne(x), "cvr": getattr(x, "CVR-Nummer", None)}))
    for k in many(r.RelationListe, "Sagsklasse"):
        x = extension(k, "SagsklasseLokalUdvidelseType")
        rows.append(("sagsklasse", {
            **relation(k), "brugervendt_noegle": getattr(x, "BrugervendtNoegle", None),
            "klassetitel": getattr(x, "Klassetitel", None), "facettitel": getattr(x, "Facettitel", None),
            "soegeord": [s.SoegeordIdentifikator for s in getattr(x, "Soegeord", [])] or None,
        }))  # fmt: skip
    for p in many(r.RelationListe, "Sagspart"):
        rows.append(("sagspart", {**relation(p), **_navne(extension(p, "SagspartLokalUdvidelseType"))}))
    for j in many(r.RelationListe, "Journalpost"):
        rows.append(_journal(j))
    for s in extensions(r.RelationListe, "SagsitsystemRelationType"):
        rows.append(("sagsitsystem", {**relation(s), "systemnavn": s.SystemNavn, "systemuri": s.SystemURI}))
    return rows


def _navne(x: Any) -> dict[str, Any]:
    return {"brugervendt_noegle": getattr(x, "BrugervendtNoegle", None), "fuldt_navn": getattr(x, "FuldtNavn", None)}


def _journal(j: Any) -> Row:
    e = j.JournalpostEgenskaber
    n = getattr(e, "JournalnotatEgenskaber", None)
    if n is not None:
        note = n.Notat.decode() if isinstance(n.Notat, bytes) else n.Notat
        return "journalnotat", {**fra_til(j), "indeks": j.Indeks, "titel": n.Titel, "notat": note, "format": n.Format}
    said = undtaget(e, e.Dokumenttitel) if e is not None else {"titel": None, "titel_offentlig": None}
    said["dokumenttitel"] = said.pop("titel")
    return "journalpost", {**relation(j), **said}


def plain(value: Any) -> Any:
    """A draft's value as zeep would have it."""
    if type(value).__name__ in ("UnsetType",):
        return None
    if isinstance(value, UUID):
        return str(value)
    if hasattr(value, "name") and hasattr(value, "value"):
        return value.name
    return Decimal(value) if isinstance(value, Decimal) else value
